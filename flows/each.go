package flows

import "fmt"

// each goes through a list, and takes its steps once for each item. The item is in the variable
// that `as` names.
type each struct {
	items  *expression
	source string
	as     string
	body   *node
}

func (l *flowLoader) each(n *node, m *mapping) block {
	b := &each{source: m.text("each"), as: m.text("as")}
	l.expression(m, "each", listVar, func(e *expression) { b.items = e })
	if b.as == "" {
		l.fault(m.line, "each needs `as`: the variable that holds the item")
	} else if l.flow.vars[b.as] != itemVar { // one declared as an item takes each in turn
		l.declare(m.lineOf("as"), b.as, textVar)
	}
	steps := m.list("steps")
	if len(steps) == 0 {
		l.fault(m.line, "each needs steps")
	}
	around := append(append([]*node{}, n.each...), n)
	b.body = l.steps(steps, n, around)
	return b
}

// take begins the round of the next item. That it is not the first round shows in
// the frame's count for this step.
func (b *each) take(r *run, n *node) (*node, bool) {
	items := toStrings(b.items.run(r))
	f := r.frame()
	round, again := f.Loops.get(n.id)
	if again {
		round++
	}
	if int(round) >= len(items) {
		f.Loops = f.Loops.without(n.id)
		return n.after, false
	}
	f.Loops = f.Loops.set(n.id, round)
	r.forgetRound(n)
	r.assign(b.as, textValue(items[round]))
	return b.body, false
}

// forgetRound takes back what was asked in the round before: an answer about one item
// says nothing about the next.
func (r *run) forgetRound(loop *node) {
	for _, n := range r.flow().nodes {
		a, ok := n.block.(*ask)
		if ok && a.field == "" && inside(n, loop) && r.frame().Vars.has(a.save) {
			r.assign(a.save, r.flow().initial.get(a.save))
		}
	}
}

func (b *each) leads(n *node) []lead {
	return []lead{{"each " + b.source, b.body}, {"then", n.after}}
}

// leaveLoops forgets the rounds of each loop that a jump leaves behind.
func (r *run) leaveLoops(from, to *node) {
	for _, loop := range from.each {
		if to == nil || !inside(to, loop) {
			f := r.frame()
			f.Loops = f.Loops.without(loop.id)
		}
	}
}

func inside(n, loop *node) bool {
	if n == loop {
		return true
	}
	for _, around := range n.each {
		if around == loop {
			return true
		}
	}
	return false
}

// toStrings takes a list out of an expression, which may have made it of anything.
func toStrings(v any) []string {
	switch v := v.(type) {
	case []string:
		return v
	case []any:
		out := make([]string, len(v))
		for i, item := range v {
			out[i] = fmt.Sprint(item)
		}
		return out
	}
	return nil
}
