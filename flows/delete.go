package flows

// deletion deletes everything that is kept about the person, and them with it: now,
// or in a while, or after all not.
type deletion struct{ when string }

const (
	deleteNow   = "everything"
	deleteLater = "later"
	deleteNever = "never"
)

// wayBack is after how many days everything goes that is deleted later.
const wayBack = 30

func (l *flowLoader) deletion(_ *node, m *mapping) block {
	return deletion{oneOf(m, "delete", deleteNow, []string{deleteNow, deleteLater, deleteNever})}
}

// take has what the flow says after a deletion be the last that they hear.
func (b deletion) take(r *run, n *node) (*node, bool) {
	switch b.when {
	case deleteNow:
		r.do(Delete{})
		r.forgetRest()
	case deleteLater:
		r.know(Leaving, textValue((r.today() + wayBack).String()))
	case deleteNever:
		r.know(Leaving, textValue(""))
	}
	return n.after, false
}

// forgetRest leaves nothing to go on with behind the flow that deletes: neither what
// it was begun in front of, nor what was set aside.
func (r *run) forgetRest() {
	c := r.s.Front
	c.Frames, c.Trail = c.Frames[len(c.Frames)-1:], nil
	r.s.Parked, r.s.Unplaced, r.s.Coming = nil, "", nil
}

func (deletion) leads(n *node) []lead { return onward(n) }
