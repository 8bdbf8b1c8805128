package flows

// here gives the step that the person stands at, waiting for them. When the flow
// has changed so that there is none, it tells them, goes on from where they can,
// and gives nil. What they said in vain is shown back, so that it isn't lost.
func (r *run) here(said string) *node {
	for r.flow() == nil { // the whole flow is gone
		if !r.dropFrame() {
			return nil
		}
	}
	f := r.frame()
	n := r.flow().stands(f.Step)
	if n != nil && waits(n.block) && r.s.Front.Form == n.block.(waiter).form() {
		f.Step = n.id
		r.tidyLoops(n)
		return n
	}
	r.tellChanged(said)
	c := r.s.Front
	c.Misses, c.Partial, c.Sure = 0, nil, nil
	r.advance(r.standing())
	r.afterwards()
	return nil
}

func (r *run) tellChanged(said string) {
	if said == "" {
		r.lead(r.phrase("changed", nil))
		return
	}
	r.lead(r.phrase("changed-words", scene{"said": said}))
}

// standing gives the step to go on at: the one they stood at, under its name of
// today; where that is gone, whatever follows the nearest earlier step that stands;
// and where none of those stands, the beginning. The answers stay either way.
func (r *run) standing() *node {
	flow, f := r.flow(), r.frame()
	n := flow.stands(f.Step)
	if n == nil {
		n = flow.first
		for i := len(f.Past) - 1; i >= 0; i-- {
			if earlier := flow.stands(f.Past[i]); earlier != nil {
				r.tidyLoops(earlier)
				return r.behind(earlier)
			}
		}
	}
	r.tidyLoops(n)
	return n
}

// behind gives the step to go on at behind one that was gone through. What decides
// the way is asked again, and in a loop under way the round is begun again.
func (r *run) behind(n *node) *node {
	switch b := n.block.(type) {
	case *branch, *recall, *goTo:
		return n
	case *each:
		if _, under := r.frame().Loops.get(n.id); under {
			return b.body
		}
	}
	return n.after
}

// tidyLoops gives the rounds of loops the names of today, and forgets those of loops
// that do not stand around n.
func (r *run) tidyLoops(n *node) {
	var kept Counts
	for _, c := range r.frame().Loops {
		if loop := r.flow().stands(c.Name); loop != nil && n != nil && inside(n, loop) {
			kept = append(kept, Count{loop.id, c.N})
		}
	}
	r.frame().Loops = kept
}

// stands gives the step that has this id today, or had it when it was released.
func (f *Flow) stands(id string) *node {
	for range len(f.moved) + 1 {
		if n := f.byID[id]; n != nil {
			return n
		}
		id = f.moved[id]
	}
	return nil
}

// dropFrame takes away a flow that no longer exists. It says whether there is one
// beneath to go on with.
func (r *run) dropFrame() bool {
	c := r.s.Front
	c.Frames = c.Frames[:len(c.Frames)-1]
	c.dropDeepMarks()
	c.Form = ""
	if len(c.Frames) > 0 {
		return true
	}
	r.s.Front = nil
	r.closeQuestion()
	r.tell("gone", nil)
	return false
}
