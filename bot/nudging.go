package bot

import (
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/schedule"
	"kintsugi/store"
)

const (
	// grace is how late a nudge may still come; later than that it is left out.
	grace = 3 * time.Hour
	// minuteRange is within what times are spread: what a person set for 21:30 comes
	// in that minute, and not for everybody in its first second.
	minuteRange = time.Minute
)

// armedFor gives the slot that a nudge waited for which was armed for a time: times
// are spread within their minute.
func armedFor(rule schedule.Rule, at time.Time, zone *time.Location) schedule.Slot {
	o, _ := rule.Occasion(at.Truncate(minuteRange).Add(-1), zone)
	return o.Slot
}

// comeBack makes the event of a turn from the nudge that was called to it. It says
// whether there is a step to take: not if the time is no longer right.
func (s *Service) comeBack(r *store.Records, t *turn, row store.Person) (wanted bool, err error) {
	n, found, err := r.NudgeOf(*t.due)
	if err != nil || !found {
		return false, err
	}
	p, zone := personOf(row), s.zones.of(row.Zone)
	now := t.now.In(zone)
	if quiet := p.Quiet(); quiet.Holds(now, zone) {
		return false, r.CallNudge(*t.due, quiet.Until(now, zone))
	}
	if n.Unrequested && !p.FreeToday(now) {
		return false, r.CallNudge(*t.due, t.due.At.AddDate(0, 0, 1))
	}
	if err := dropSpent(r, row.ID, n); err != nil {
		return false, err
	}
	t.Event = flows.Event{Kind: flows.Nudged, Nudge: n.ID, About: n.About, Flow: n.Flow, Loose: n.Loose}
	t.unrequested = n.Unrequested
	ofPartner := n.ID == flows.PartnerNudge // it waits for them, however long
	tooLate := !ofPartner && schedule.Late(t.due.At, now, grace) == schedule.RollForward
	wanted = !tooLate && !row.Unreachable && p.About[flows.Pause] == ""
	t.told = wanted && ofPartner
	return wanted, nil
}

// dropSpent takes away a nudge that has come for the last time.
func dropSpent(r *store.Records, p store.PersonID, n store.Nudge) error {
	_, comes, err := r.NudgeDue(p, n)
	if err != nil || comes {
		return err
	}
	return r.DeleteNudge(p, n.ID, n.About)
}

// setNudge has something come back from now on, or after the pause that they are in.
func (w work) setNudge(e flows.SetNudge) error {
	rule, err := schedule.Parse(e.Rule)
	if err != nil {
		return err
	}
	n := store.Nudge{ID: e.ID, About: e.About, Rule: e.Rule, Flow: e.Flow, Unrequested: e.Unrequested, Loose: e.Loose}
	if w.p.About[flows.Pause] != "" {
		return w.r.PutNudge(w.p.ID, n, time.Time{})
	}
	next, ok := rule.Occasion(w.t.now, w.zone())
	if !ok {
		return w.r.DeleteNudge(w.p.ID, n.ID, n.About)
	}
	return w.arm(n, next)
}

func (w work) arm(n store.Nudge, next schedule.Occasion) error {
	at := next.Spread(uint64(w.p.ID), minuteRange)
	w.done.later(at)
	return w.r.PutNudge(w.p.ID, n, at)
}

func (w work) zone() *time.Location { return w.s.zones.of(w.p.Zone) }

// snooze has a nudge come once more, or no more.
func (w work) snooze(e flows.Snooze) error {
	n, found, err := w.r.Nudge(w.p.ID, e.ID, e.About)
	if err != nil {
		return err
	}
	if e.At.IsZero() {
		if !found {
			return nil
		}
		return errors.Join(w.r.UncallNudge(w.p.ID, n), dropSpent(w.r, w.p.ID, n))
	}
	if !found { // it had come for the last time
		n = store.Nudge{ID: e.ID, About: e.About, Flow: e.Flow, Unrequested: w.t.unrequested, Loose: w.t.Event.Loose}
		if err := w.r.PutNudge(w.p.ID, n, time.Time{}); err != nil {
			return err
		}
	}
	w.done.later(e.At)
	return w.r.CallNudgeAgain(w.p.ID, n, e.At)
}

// rearm sets every nudge anew for somebody who is in another zone now: each waits for
// the same place on the calendar as before.
func (w work) rearm(before *time.Location) error {
	return w.eachNudge(func(n store.Nudge, rule schedule.Rule) error {
		at, found, err := w.r.NudgeDue(w.p.ID, n)
		if err != nil || !found {
			return err
		}
		armed := armedFor(rule, at, before)
		next, ok := schedule.Rearm(rule, armed-1, w.t.now, w.zone())
		if !ok {
			return w.r.DeleteNudge(w.p.ID, n.ID, n.About)
		}
		return w.arm(n, next)
	})
}

// rulesShift is more than the rules of a zone ever move a time of day by.
const rulesShift = 12 * time.Hour

// rearmNear sets every nudge anew for somebody whose zone has new rules: each waits for
// the same place on the calendar, which is at another instant now. One that is due is
// left to its turn.
func (w work) rearmNear() error {
	return w.eachNudge(func(n store.Nudge, rule schedule.Rule) error {
		at, found, err := w.r.NudgeDue(w.p.ID, n)
		if err != nil || !found || !at.After(w.t.now) {
			return err
		}
		after := at.Add(-rulesShift)
		if after.Before(w.t.now) {
			after = w.t.now
		}
		next, ok := rule.Occasion(after, w.zone())
		if !ok {
			return w.r.DeleteNudge(w.p.ID, n.ID, n.About)
		}
		return w.arm(n, next)
	})
}

// eachNudge goes through the nudges of a person that come by a rule.
func (w work) eachNudge(do func(store.Nudge, schedule.Rule) error) error {
	nudges, err := w.r.Nudges(w.p.ID)
	if err != nil {
		return err
	}
	for _, n := range nudges {
		if n.Rule == "" { // it only comes once more
			continue
		}
		rule, err := schedule.Parse(n.Rule)
		if err != nil {
			return err
		}
		if err := do(n, rule); err != nil {
			return err
		}
	}
	return nil
}
