package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// nudge has something come back to the person by itself, or come back no more.
type nudge struct {
	id    string
	opens string // the flow that it leads to
	at    string // a variable with a time of day
	on    string // a variable with a rhythm; empty: every day
	off   bool
	line  int
}

// rhythms are the ids that a choice behind `on` may have.
var rhythms = []string{"daily", "weekdays", "weekly"}

func (l *flowLoader) nudge(n *node, m *mapping) block {
	b := &nudge{id: m.text("nudge"), off: m.flag("off"), line: m.line}
	if !idForm.MatchString(b.id) || strings.Contains(b.id, ".") {
		l.fault(m.lineOf("nudge"), "nudge wants a short id, in small letters")
	}
	if b.off {
		return b
	}
	b.opens, b.at, b.on = m.text("opens"), m.text("at"), m.text("on")
	if b.opens == "" || b.at == "" {
		l.fault(m.line, "nudge %q needs `opens` (a flow) and `at` (a variable with a time)", n.id)
	}
	l.put(func() { l.checkNudge(m, b) })
	return b
}

func (l *flowLoader) checkNudge(m *mapping, b *nudge) {
	if b.at != "" && l.flow.vars[b.at] != clockVar {
		l.fault(m.lineOf("at"), "%q is no variable with a time of day", b.at)
	}
	if b.on == "" {
		return
	}
	if l.flow.vars[b.on] != choiceVar {
		l.fault(m.lineOf("on"), "%q is no variable with a choice", b.on)
	}
	for id := range l.flow.labels[b.on] {
		if !slices.Contains(rhythms, id) {
			l.fault(m.lineOf("on"), "a rhythm is one of %s, and %q offers %q", strings.Join(rhythms, ", "), b.on, id)
		}
	}
}

// take sets the nudge. A time that was left sets nothing.
func (b *nudge) take(r *run, n *node) (*node, bool) {
	if b.off {
		r.do(DropNudge{ID: b.id})
		return n.after, false
	}
	var hour, minute int
	if _, err := fmt.Sscanf(r.frame().Vars.get(b.at).text, "%d:%d", &hour, &minute); err == nil {
		rule := fmt.Sprintf("%d %d * * %s", minute, hour, r.weekdaysOf(r.frame().Vars.get(b.on).text))
		r.do(SetNudge{ID: b.id, Rule: rule, Flow: b.opens})
	}
	return n.after, false
}

func (b *nudge) leads(n *node) []lead { return onward(n) }

// weekdaysOf gives the weekdays of a rhythm as cron has them; once a week is on the
// weekday of today.
func (r *run) weekdaysOf(rhythm string) string {
	switch rhythm {
	case "weekdays":
		return "1-5"
	case "weekly":
		return fmt.Sprint(int(r.now().Weekday()))
	}
	return "*"
}

// reminder is a nudge as a text sees it.
type reminder struct{ Title, When string }

// Nudges gives what comes back to the person, each with when.
func (s scene) Nudges() []reminder {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []reminder{{"One good thing", "every day at 21:30"}}
	}
	var out []reminder
	for _, n := range r.turn.Facts.Nudges() {
		if f := r.book.flows[n.Flow]; f != nil {
			out = append(out, reminder{f.title.say(r, nil), r.when(n.Rule)})
		}
	}
	return out
}

// when says in words when a rule of ours comes.
func (r *run) when(rule string) string {
	var hour, minute int
	var weekdays string
	if _, err := fmt.Sscanf(rule, "%d %d * * %s", &minute, &hour, &weekdays); err != nil {
		return ""
	}
	key, weekday := "rhythm-weekly", ""
	switch weekdays {
	case "*":
		key = "rhythm-daily"
	case "1-5":
		key = "rhythm-weekdays"
	default:
		weekday = r.phraseAt("weekdays", int(weekdays[0]-'0')%7, nil)
	}
	return r.phrase(key, scene{"time": fmt.Sprintf("%02d:%02d", hour, minute), "weekday": weekday})
}

// hasNudge says whether something comes back under an id.
func (r *run) hasNudge(id string) bool {
	return slices.ContainsFunc(r.turn.Facts.Nudges(), func(n Nudge) bool { return n.ID == id })
}

const (
	// inTheMiddle is how lately somebody must have taken part for nothing to come
	// between.
	inTheMiddle = 30 * time.Minute
	// laterToday is after how long something comes that was put off.
	laterToday = 2 * time.Hour
)

// nudged offers what comes back, in words that tell nothing to somebody who sees the
// screen. It waits while the person is in the middle of something.
func (r *run) nudged(id, flow string) {
	if r.book.flows[flow] == nil {
		r.do(DropNudge{ID: id})
		return
	}
	c, o := r.s.Front, r.s.Offer
	busy := c != nil && r.now().Sub(time.Unix(c.At, 0)) < inTheMiddle
	if busy || o != nil && o.Kind == heldOffer {
		r.do(Snooze{ID: id, Flow: flow, At: r.now().Add(inTheMiddle)})
		return
	}
	r.offer(&Offer{Kind: nudgeOffer, Flow: flow, Text: id})
}

// nudgePrompt offers to begin, now or later today if there is enough left of it.
func (r *run) nudgePrompt() prompt {
	p := prompt{text: r.phrase("nudge", nil), options: []option{{nowID, r.phrase("nudge-now", nil)}}}
	if later := r.now().Add(laterToday); later.Day() == r.now().Day() {
		p.options = append(p.options, option{laterID, r.phrase("nudge-later", nil)})
	}
	p.options = append(p.options, option{leaveItID, r.phrase("nudge-skip", nil)})
	return p
}

// putOff has a nudge come again later today.
func (r *run) putOff(o *Offer) {
	at := r.now().Add(laterToday)
	r.do(Snooze{ID: o.Text, Flow: o.Flow, At: at})
	r.tell("nudge-put-off", scene{"time": at.Format("15:04")})
}
