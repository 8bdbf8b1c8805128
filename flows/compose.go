package flows

// compose puts a text into a variable: `compose: words`, with `text`. Unlike what an
// expression makes, the text can be put into another language.
type compose struct {
	as   string
	text *wording
}

func (l *flowLoader) compose(n *node, m *mapping) block {
	b := &compose{as: m.text("compose"), text: l.wording(m, "text", n.id+".text")}
	l.declare(m.lineOf("compose"), b.as, textVar)
	return b
}

func (b *compose) take(r *run, n *node) (*node, bool) {
	r.assign(b.as, textValue(b.text.say(r, nil)))
	return n.after, false
}

func (b *compose) leads(n *node) []lead { return onward(n) }
