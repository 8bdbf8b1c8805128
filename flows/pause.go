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

// comesBack ends the pause of somebody who was away, and says so in nothing: who holds
// the phone is not known.
func (r *run) comesBack() {
	if r.turn.Person.About[Pause] != PauseAway {
		return
	}
	r.know(Pause, textValue(""))
	r.returned = true
}
