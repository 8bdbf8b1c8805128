package schedule

import "time"

// Decision is what to do with a nudge.
type Decision int

const (
	Wait        Decision = iota // it is not due yet
	SendNow                     // it is due, or late within its grace
	RollForward                 // it is too late: leave it unsent, and wait for the next
)

// Late decides on a nudge by its instant.
func Late(due, now time.Time, grace time.Duration) Decision {
	late := now.Sub(due)
	switch {
	case late < 0:
		return Wait
	case late <= grace:
		return SendNow
	}
	return RollForward
}

// Missed says what to do when a rule is looked at, on time or after any downtime:
// armed is the slot that it was waiting for. Of all that was due since, at most the
// last is to be sent now, if it is within its grace. Then next is to be armed. Either
// is zero if there is none.
//
// After midnight, yesterday's is left out if next is on the new date: that one is the
// date's one nudge.
func Missed(r Rule, armed Slot, now time.Time, grace time.Duration, zone *time.Location) (send, next Occasion) {
	before := armed - 1
	next, _ = Rearm(r, before, now, zone)
	// What lies before the grace is never sent, and need not be gone through.
	after := now.Add(-grace - 1)
	for {
		o, ok := Rearm(r, before, after, zone)
		if !ok || o.At.After(now) {
			break
		}
		send, after = o, o.At
	}
	today := DateOf(now, zone)
	if send.Slot.Date() != today && next.Slot.Date() == today {
		return Occasion{}, next
	}
	return send, next
}
