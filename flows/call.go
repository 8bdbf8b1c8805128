package flows

import "fmt"

// call runs another flow as part of this one, then goes on.
type call struct {
	flow  string
	line  int
	give  []handover // to their variables, from ours, before
	bring []handover // to our variables, from theirs, after
}

type handover struct {
	to, from string
	line     int
}

func (l *flowLoader) call(_ *node, m *mapping) block {
	return &call{
		flow: m.text("call"), line: m.lineOf("call"),
		give: handovers(m.pairs("give")), bring: handovers(m.pairs("take")),
	}
}

func handovers(pairs []pair) []handover {
	var out []handover
	for _, p := range pairs {
		out = append(out, handover{p.key, p.value, p.line})
	}
	return out
}

// check holds the call against the flow it names, once all are loaded.
func (b *call) check(f *Flow, book *Book) []Problem {
	var out []Problem
	fault := func(line int, format string, args ...any) {
		out = append(out, Problem{File: f.File, Line: line, Text: fmt.Sprintf(format, args...)})
	}
	other := book.flow(b.flow)
	if other == nil {
		fault(b.line, "there is no flow %q%s", b.flow, didYouMean(b.flow, book.ids()))
		return out
	}
	if other.opens() {
		fault(b.line, "flow %s opens another, so nothing can call it", b.flow)
	}
	pass := func(h handover, to, from *Flow) {
		t, ok := to.vars[h.to]
		if !ok {
			fault(h.line, "flow %s has no variable %q%s", to.ID, h.to, didYouMean(h.to, to.varNames()))
			return
		}
		if u, ok := from.vars[h.from]; !ok {
			fault(h.line, "flow %s has no variable %q%s", from.ID, h.from, didYouMean(h.from, from.varNames()))
		} else if t != u {
			fault(h.line, "%q is %s in %s, and %q is %s in %s", h.to, t, to.ID, h.from, u, from.ID)
		}
	}
	for _, h := range b.give {
		pass(h, other, f)
	}
	for _, h := range b.bring {
		pass(h, f, other)
	}
	return out
}

// take puts the other flow on top of this one. Its own end comes back through
// [run.finishFrame].
func (b *call) take(r *run, n *node) (*node, bool) {
	f := r.frame()
	f.Step = n.id
	var given Answers
	for _, h := range b.give {
		if v := f.Vars.get(h.from); !v.none() {
			given = given.set(h.to, v)
		}
	}
	return r.push(b.flow, given), false
}

// back takes over what the other flow found out.
func (b *call) back(r *run, theirs Frame) {
	for _, h := range b.bring {
		if v := theirs.Vars.get(h.from); !v.none() {
			r.assign(h.to, v)
		}
	}
}

// callOf gives the call that a step makes, if it makes one.
func callOf(b block) *call {
	switch b := b.(type) {
	case *call:
		return b
	case *reveal:
		return &b.call
	case *relay:
		return &b.call
	case *agreement:
		return &b.call
	}
	return nil
}

func isCall(b block) bool { return callOf(b) != nil }

func (b *call) leads(n *node) []lead { return onward(n) }
