package flows

import "go.yaml.in/yaml/v3"

// branch goes on at the first arm whose condition holds, or else elsewhere.
type branch struct {
	arms      []arm
	otherwise *node
}

type arm struct {
	when   *expression
	source string
	then   *node
}

// goesOn is the word for "nothing special: go on after the branch".
const goesOn = "continue"

func (l *flowLoader) branch(n *node, m *mapping) block {
	b := &branch{otherwise: n.after}
	list := m.list("branch")
	b.arms = make([]arm, len(list))
	for i, y := range list {
		l.arm(n, y, &b.arms[i])
	}
	if len(list) == 0 {
		l.fault(m.lineOf("branch"), "a branch needs at least one arm with `when` and `then`")
	}
	if !m.has("else") {
		l.fault(m.line, "branch %q has no else: say where to go when no arm fits, or `else: continue`", n.id)
		return b
	}
	l.way(n, m, "else", func(to *node) { b.otherwise = to })
	return b
}

func (l *flowLoader) arm(n *node, y *yaml.Node, a *arm) {
	m := l.mapping(y)
	if m == nil {
		return
	}
	if !m.has("when") || !m.has("then") {
		l.fault(m.line, "an arm of a branch needs `when` and `then`")
	}
	a.source = m.text("when")
	if m.has("when") {
		l.expression(m, "when", truthVar, func(e *expression) { a.when = e })
	}
	l.way(n, m, "then", func(to *node) { a.then = to })
	m.finish()
}

// way reads where to go on: a step's id, `continue`, or steps of its own.
func (l *flowLoader) way(n *node, m *mapping, key string, use func(*node)) {
	y := m.node(key)
	if y == nil {
		return
	}
	if y.Kind == yaml.SequenceNode {
		use(l.steps(y.Content, n.after, n.each))
		return
	}
	id, line := m.text(key), m.lineOf(key)
	if id == goesOn {
		use(n.after)
		return
	}
	l.put(func() {
		if to := l.target(line, id); to != nil {
			use(to)
		}
	})
}

func (b *branch) take(r *run, n *node) (*node, bool) {
	for _, a := range b.arms {
		if a.when.true(r) {
			r.leaveLoops(n, a.then)
			return a.then, false
		}
	}
	r.leaveLoops(n, b.otherwise)
	return b.otherwise, false
}

func (b *branch) leads(*node) []lead {
	var out []lead
	for _, a := range b.arms {
		out = append(out, lead{a.source, a.then})
	}
	return append(out, lead{"else", b.otherwise})
}

// goTo goes on at another step.
type goTo struct{ to *node }

func (l *flowLoader) goTo(_ *node, m *mapping) block {
	b := &goTo{}
	id, line := m.text("goto"), m.lineOf("goto")
	l.put(func() { b.to = l.target(line, id) })
	return b
}

func (b *goTo) take(r *run, n *node) (*node, bool) {
	r.leaveLoops(n, b.to)
	return b.to, false
}

func (b *goTo) leads(*node) []lead { return []lead{{to: b.to}} }

// end ends the flow, with a last word if it has one.
type end struct{ text *wording }

func (l *flowLoader) end(n *node, m *mapping) block {
	b := &end{}
	if words := m.texts("end"); len(words) > 0 && words[0] != "" {
		b.text = l.words(n.id+".end", m.lineOf("end"), words)
	}
	return b
}

func (b *end) take(r *run, _ *node) (*node, bool) {
	if b.text != nil {
		r.say(Message{Text: b.text.say(r, nil)})
	}
	return nil, false
}

func (b *end) leads(*node) []lead { return []lead{{}} }
