package flows

import "slices"

// recall puts the values of an item back into the variables they came from.
type recall struct {
	item      string // the variable with its id
	otherwise *node  // where to go on if it is not there, or no longer open
}

func (l *flowLoader) recall(n *node, m *mapping) block {
	b := &recall{item: m.text("recall"), otherwise: n.after}
	l.itemAt(m, "recall", b.item)
	l.way(n, m, "else", func(to *node) { b.otherwise = to })
	return b
}

func (b *recall) take(r *run, n *node) (*node, bool) {
	item, found := r.item(r.frame().Vars.get(b.item).text)
	if !found || item.State != openState {
		r.leaveLoops(n, b.otherwise)
		return b.otherwise, false
	}
	f := r.flow()
	for _, name := range f.varNames() {
		t := f.vars[name]
		v := valueOf(item.Values[name])
		switch {
		case t == itemVar:
		case !v.none() && t.fits(v):
			r.assign(name, v)
		case v.none() && slices.Contains(f.recalled, name):
			r.assign(name, Value{})
		}
	}
	return n.after, false
}

func (b *recall) leads(n *node) []lead {
	if b.otherwise == n.after {
		return onward(n)
	}
	return []lead{{"open", n.after}, {"not open", b.otherwise}}
}

// valueOf reads what [Value.plain] wrote, also when it has been JSON meanwhile. What
// is none of its forms is none.
func valueOf(v any) Value {
	switch v := v.(type) {
	case string:
		return textValue(v)
	case float64:
		return numberValue(v)
	case bool:
		return truthValue(v)
	case []string, []any:
		return listValue(toStrings(v))
	}
	return Value{}
}
