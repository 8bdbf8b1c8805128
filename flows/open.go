package flows

// open ends the flow and begins another, as if the person had asked for it.
type open struct {
	flow string // or [openParked], or a variable that holds one
	give []handover
	line int
}

// openParked goes on with what was set aside last.
const openParked = "parked"

func (l *flowLoader) open(_ *node, m *mapping) block {
	return &open{flow: m.text("open"), give: handovers(m.pairs("give")), line: m.lineOf("open")}
}

// named says whether what is opened is what a variable holds.
func (b *open) named(f *Flow) bool {
	t, variable := f.vars[b.flow]
	return variable && (t == textVar || t == choiceVar)
}

// checkOpens looks whether what a flow opens is there.
func (b *Book) checkOpens(f *Flow) {
	for _, n := range f.nodes {
		o, ok := n.block.(*open)
		if ok && o.flow != openParked && !o.named(f) && b.heading(o.flow) == nil {
			b.fault(f.Heading, o.line, "there is no flow %q to open%s", o.flow, didYouMean(o.flow, b.ids()))
		}
	}
}

// opens says whether a flow opens another: what calls it would never be gone on with.
func (f *Flow) opens() bool {
	for _, n := range f.nodes {
		if _, ok := n.block.(*open); ok {
			return true
		}
	}
	return false
}

// take notes what to open. It begins once this flow is over, see [run.afterwards].
func (b *open) take(r *run, _ *node) (*node, bool) {
	r.opening, r.given = b.flow, nil
	vars := r.frame().Vars
	if b.named(r.flow()) {
		r.opening = vars.get(b.flow).text
	}
	to := r.book.flow(r.opening)
	for _, h := range b.give {
		// What is opened by a variable may be without one of these.
		if t, known := r.flow().vars[h.from]; to != nil && known && to.vars[h.to] == t {
			r.given = r.given.set(h.to, vars.get(h.from))
		}
	}
	return nil, false
}

func (b *open) leads(*node) []lead { return []lead{{}} }

// openNext begins what the flow that has just ended opens.
func (r *run) openNext() {
	flow := r.opening
	r.opening = ""
	if flow != openParked {
		r.openFlow(&Offer{Flow: flow})
		return
	}
	if c := r.parkedLast(); c != nil {
		flow = c.bottom().Flow
	}
	r.carryOn(&Offer{Kind: parkedOffer, Flow: flow})
}

// parkedLast gives what was set aside last. Left out is what the engine offers the way
// back to by itself, what no export tells of, and what is gone.
func (r *run) parkedLast() *Conversation {
	for i := len(r.s.Parked) - 1; i >= 0; i-- {
		c := r.s.Parked[i]
		if f := r.book.heading(c.bottom().Flow); f != nil && !f.unexported() && !c.Interrupted {
			return c
		}
	}
	return nil
}

// parked gives the title of what was set aside last, or "" if the person last took part
// in it more than so many days ago.
func (r *run) parked(days int) string {
	c := r.parkedLast()
	if c == nil || r.daysAgo(c.At) > days {
		return ""
	}
	return r.titleOf(c)
}
