package flows

// hide takes what was said out of sight as far as the platform lets it, and leaves
// nothing in front that would come up again by itself.
type hide struct{}

func (l *flowLoader) hide(_ *node, m *mapping) block {
	if m.text("hide") != "chat" {
		l.fault(m.lineOf("hide"), "hide wants the word chat")
	}
	return hide{}
}

func (hide) take(r *run, n *node) (*node, bool) {
	for _, c := range r.s.Parked {
		c.Interrupted = false
	}
	r.s.Unplaced, r.s.Queue = "", nil
	r.forgetPhotos()
	r.do(Hide{})
	return n.after, false
}

func (hide) leads(n *node) []lead { return onward(n) }
