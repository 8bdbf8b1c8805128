package flows

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// reminder is a nudge as a text sees it.
type reminder struct{ Title, When string }

// Nudges gives what comes back to the person, each with when. What is about an item
// stands with the item, see [scene.Items].
func (s scene) Nudges() []reminder {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []reminder{{"One good thing", "every day at 21:30"}}
	}
	var out []reminder
	for _, n := range r.turn.Facts.Nudges() {
		if f := r.book.heading(n.Flow); f != nil && n.About == "" && !(n.Unrequested && f.Traceless) {
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
		return r.whenDated(rule)
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

// whenDated says it of a rule with a day: the day that it comes on, which a lead may
// have moved.
func (r *run) whenDated(rule string) string {
	next, ok := r.occasion(rule, r.now().Add(-time.Minute))
	if !ok {
		return ""
	}
	on := r.dayOf(next.Slot.Date())
	fields := strings.Fields(rule)
	nth := on.Day()
	if fields[0] == "monthly" && next.Slot.Date() == next.On { // the 31st stays that in June
		nth, _ = strconv.Atoi(fields[1])
	}
	minute := next.Slot.Minute()
	extra := scene{
		"time": fmt.Sprintf("%02d:%02d", minute/60, minute%60), "date": r.day(on), "day": on.Day(),
		"month":   r.phraseAt("months", int(on.Month())-1, nil),
		"weekday": r.phraseAt("weekdays", int(on.Weekday()), nil),
		"nth":     r.phraseAt("ordinals", nth-1, nil),
	}
	switch fields[0] {
	case "once":
		return r.phrase("rhythm-once", extra)
	case "monthly":
		return r.phrase("rhythm-monthly", extra)
	case "yearly":
		return r.phrase("rhythm-yearly", extra)
	}
	if fields[1] == "7" {
		return r.phrase("rhythm-weekly", extra)
	}
	return r.phrase("rhythm-fortnightly", extra)
}
