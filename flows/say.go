package flows

// say sends a text and goes on.
type say struct{ text *wording }

func (l *flowLoader) say(n *node, m *mapping) block {
	return &say{l.wording(m, "say", n.id+".say")}
}

func (b *say) take(r *run, n *node) (*node, bool) {
	r.say(Message{Text: b.text.say(r, nil)})
	return n.after, false
}

func (b *say) leads(n *node) []lead { return onward(n) }
