package flows

// deleteAll deletes everything that is kept about the person, and them with it. What
// the flow says after it is the last they hear.
type deleteAll struct{}

func (l *flowLoader) deleteAll(_ *node, m *mapping) block {
	if m.text("delete") != "everything" {
		l.fault(m.lineOf("delete"), "delete wants the word everything")
	}
	return deleteAll{}
}

func (deleteAll) take(r *run, n *node) (*node, bool) {
	r.do(Delete{})
	return n.after, false
}

func (deleteAll) leads(n *node) []lead { return onward(n) }
