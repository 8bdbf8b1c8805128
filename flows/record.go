package flows

import (
	"fmt"
	"strconv"
	"time"
)

// record keeps an entry in the person's journal.
type record struct {
	kind   string
	text   *wording
	values []string // variables kept behind the text
}

func (l *flowLoader) record(n *node, m *mapping) block {
	b := &record{kind: m.text("record"), text: l.wording(m, "text", n.id+".text"), values: m.texts("values")}
	if !idForm.MatchString(b.kind) {
		l.fault(m.lineOf("record"), "record wants the kind of entry, in small letters")
	}
	l.checkValues(m, b.values)
	return b
}

// checkValues wants what is kept behind a text to be variables.
func (l *flowLoader) checkValues(m *mapping, values []string) {
	l.put(func() {
		for _, name := range values {
			if _, ok := l.flow.vars[name]; !ok {
				l.fault(m.lineOf("values"), "%q is not a variable of this flow%s", name, didYouMean(name, l.flow.varNames()))
			}
			if (l.flow.vars[name] == photoVar) != (name == photoValue) {
				l.fault(m.lineOf("values"), "a photo that is kept, and nothing else, is in the variable %q", photoValue)
			}
		}
	})
}

func (b *record) take(r *run, n *node) (*node, bool) {
	place := r.place(n)
	at := r.recordingTime(place)
	r.do(Record{
		ID: fmt.Sprintf("%d/%s/%d", r.s.Front.ID, place, at),
		At: time.UnixMilli(at).In(r.now().Location()), Kind: b.kind, Text: b.text.say(r, nil), Flow: r.frame().Flow,
		Values: behind(r.frame(), b.values),
	})
	return n.after, false
}

// recordingTime gives the time of a record, in Unix milliseconds: that of the record
// it replaces if /back has gone behind one, and otherwise now. The trail notes it.
func (r *run) recordingTime(place string) int64 {
	c := r.s.Front
	at, again := c.Redo.get(place)
	if !again {
		at = r.newRecordTime()
	}
	c.Redo = c.Redo.without(place)
	if n := len(c.Trail); n > 0 {
		c.Trail[n-1].Made = append(c.Trail[n-1].Made, Count{place, at})
	}
	return at
}

// newRecordTime gives the time for a record: now, or just after the last one.
func (r *run) newRecordTime() int64 {
	r.s.Recorded = max(r.now().UnixMilli(), r.s.Recorded+1)
	return r.s.Recorded
}

// behind gives the answers to the variables named, those that there are.
func behind(f *Frame, names []string) map[string]any {
	var out map[string]any
	for _, name := range names {
		if v := f.Vars.get(name); !v.none() {
			if out == nil {
				out = map[string]any{}
			}
			out[name] = v.plain()
		}
	}
	return out
}

func (b *record) leads(n *node) []lead { return onward(n) }

// place names a step within its conversation, each round of a loop apart.
func (r *run) place(n *node) string {
	place := strconv.Itoa(len(r.s.Front.Frames)) + "/" + n.id
	for _, loop := range n.each {
		round, _ := r.frame().Loops.get(loop.id)
		place += "." + strconv.FormatInt(round, 10)
	}
	return place
}
