package flows

import (
	"regexp"
	"slices"
	"strings"
)

// set gives variables, or facts about the person, new values.
type set struct{ changes []change }

type change struct {
	name  string
	field string // of the person, if it is one
	value *expression
	// clock says that a time of day stands in it, which nobody has chosen.
	clock bool
}

// clockIn finds a time of day within an expression.
var clockIn = regexp.MustCompile(`["'][0-9]{2}:[0-9]{2}["']`)

func (l *flowLoader) set(_ *node, m *mapping) block {
	b := &set{}
	list := m.pairs("set")
	if len(list) == 0 {
		l.fault(m.lineOf("set"), "set wants names with values")
	}
	b.changes = make([]change, len(list))
	for i, p := range list {
		b.changes[i].name, b.changes[i].clock = p.key, clockIn.MatchString(p.value)
		if strings.HasPrefix(p.key, "person.") {
			b.changes[i].field = l.personField(p.line, p.key)
		}
		l.put(func() { b.changes[i].value = l.changeValue(p) })
	}
	return b
}

func (l *flowLoader) personField(line int, name string) string {
	if _, ok := personFields[name]; !ok {
		l.fault(line, "%q is no fact about a person that a flow can save", name)
	}
	return strings.TrimPrefix(name, "person.")
}

func (l *flowLoader) changeValue(p pair) *expression {
	want, ok := personFields[p.key]
	if !ok {
		want, ok = l.flow.vars[p.key]
	}
	if !ok {
		l.fault(p.line, "%q is not a variable of this flow: give it a first value under vars%s", p.key, didYouMean(p.key, l.flow.varNames()))
		return nil
	}
	e, err := compileExpression(p.value, l.sees(), want)
	if err != nil {
		l.fault(p.line, "set %s: %s", p.key, err)
		return nil
	}
	l.noteCouple(e)
	return e
}

func (f *Flow) varNames() []string {
	var names []string
	for name := range f.vars {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (b *set) take(r *run, n *node) (*node, bool) {
	for _, c := range b.changes {
		v := c.value.run(r)
		if c.field != "" {
			r.know(c.field, personFields[c.name].stored(v))
			continue
		}
		r.assign(c.name, r.flow().vars[c.name].stored(v))
	}
	return n.after, false
}

func (b *set) leads(n *node) []lead { return onward(n) }
