package flows

import (
	"slices"
	"strings"
)

// picturing sends a picture that is made from what the person has kept. Its text says in
// words what is shown.
type picturing struct {
	kind   string
	of     string   // the kind of entry
	days   int      // how many, up to today
	values []string // of that entry
	back   string   // a variable with how many months before this one
	text   *wording
}

// mostPictureDays keeps the days apart on a phone.
const mostPictureDays = 26 * 7

func (l *flowLoader) picture(n *node, m *mapping) block {
	b := &picturing{kind: m.text("picture"), of: m.text("of"), back: m.text("back"), values: m.texts("values"), text: l.wording(m, "text", n.id+".text")}
	if !slices.Contains(pictureKinds, b.kind) {
		l.fault(m.lineOf("picture"), "there is no picture %q: it is one of %s", b.kind, strings.Join(pictureKinds, ", "))
	}
	if b.kind == weeksPicture {
		b.days = int(m.number("days", 56))
		if b.days < 7 || b.days > mostPictureDays {
			l.fault(m.lineOf("days"), "weeks can show 7 to %d days", mostPictureDays)
		}
	}
	if b.of == "" && slices.Contains([]string{calendarPicture, dialsPicture, boardPicture}, b.kind) {
		l.fault(m.lineOf("picture"), "%s wants `of`: the kind of entry that it shows", b.kind)
	}
	if b.kind == dialsPicture && len(b.values) == 0 {
		l.fault(m.lineOf("picture"), "dials want `values`: those of the entry")
	}
	for _, name := range b.values {
		if _, ok := phraseFields[dialPrefix+name]; !ok {
			l.fault(m.lineOf("values"), "there is no phrase %q to name the dial by", dialPrefix+name)
		}
	}
	if line := m.lineOf("back"); b.back != "" {
		l.put(func() {
			if l.flow.vars[b.back] != wholeVar {
				l.fault(line, "a picture wants `back`: a variable with a whole number")
			}
		})
	}
	return b
}

func (b *picturing) take(r *run, n *node) (*node, bool) {
	spec := PictureSpec{Kind: b.kind, Of: b.of, Values: b.values}
	switch b.kind {
	case weeksPicture:
		spec.From, spec.To = r.daysBack(b.days).String(), r.today().String()
	case calendarPicture:
		from, to := r.month(int(r.frame().Vars.get(b.back).number))
		spec.From, spec.To = from.String(), to.String()
	case oursPicture:
		r.lookedAtBoard()
	}
	r.say(Message{Text: b.text.say(r, nil), Picture: &spec})
	return n.after, false
}

func (b *picturing) leads(n *node) []lead { return onward(n) }
