package flows

import (
	"time"

	"kintsugi/flows/schedule"
)

// pause lets nothing come by itself for a while, or has things come again.
type pause struct {
	until  string        // open, away, over, or a variable with a date
	length time.Duration // instead of a date
}

// pauseOver ends a pause.
const pauseOver = "over"

func (l *flowLoader) pauseBlock(_ *node, m *mapping) block {
	b := &pause{until: m.text("pause")}
	switch b.until {
	case PauseOpen, PauseAway, pauseOver:
		return b
	}
	line := m.lineOf("pause")
	if d, err := readPause(b.until); err == nil && d >= 24*time.Hour {
		b.length = d
		return b
	}
	l.put(func() {
		if l.flow.vars[b.until] != dateVar {
			l.fault(line, "pause wants open, away, over, a length such as 3d, or a variable with a date")
		}
	})
	return b
}

func (b *pause) take(r *run, n *node) (*node, bool) {
	switch until := b.value(r); {
	case until == pauseOver:
		r.know(Pause, textValue(""))
	case until == PauseAway:
		r.goesAway()
	case until != "":
		r.know(Pause, textValue(until))
	}
	return n.after, false
}

// value is what is kept of the pause; empty for a date that was left.
func (b *pause) value(r *run) string {
	switch {
	case b.length > 0:
		return schedule.DateOf(r.now().Add(b.length), r.now().Location()).String()
	case b.until == PauseOpen || b.until == PauseAway || b.until == pauseOver:
		return b.until
	}
	return r.frame().Vars.get(b.until).text
}

func (b *pause) leads(n *node) []lead { return onward(n) }

// goesAway has nothing come until they do anything at all. A pause that they chose
// outlasts it.
func (r *run) goesAway() {
	if before := r.turn.Person.About[Pause]; before != "" && before != PauseAway {
		r.know(pausedBefore, textValue(before))
	}
	r.know(Pause, textValue(PauseAway))
}

// comesBack ends the pause of somebody who was away, and says so in nothing: who holds
// the phone is not known.
func (r *run) comesBack() {
	about := r.turn.Person.About
	if about[Pause] != PauseAway {
		return
	}
	r.returned = true
	before := about[pausedBefore]
	if day, err := schedule.ParseDate(before); err == nil && day <= r.today() {
		before = ""
	}
	r.know(Pause, textValue(before))
	if about[pausedBefore] != "" {
		r.know(pausedBefore, textValue(""))
	}
}

// justGreets says whether somebody who had gone out of sight is met with a hello and
// no more. A button of earlier, or a word about what was open, would tell whoever holds
// the phone what went on; only a command that they know themselves is done.
func (r *run) justGreets() bool {
	if !r.returned || r.s.Front != nil || r.s.Offer != nil {
		return false
	}
	name, command := commandIn(r.turn.Event.Text)
	return r.turn.Event.Kind != Said || !command || r.book.commands[name] == r.book.heading(r.book.greeting)
}
