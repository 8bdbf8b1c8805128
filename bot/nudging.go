package bot

import (
	"fmt"
	"strings"
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
	// laterSuffix marks the one-off that a nudge becomes when it is put off.
	laterSuffix = ".later"
)

// comeBack arms the next time of a nudge that has fallen due, and makes the turn's
// event of it. It says whether there is a step to take: not if the nudge is too late,
// or if the person can't be reached. A turn of anything else it lets pass.
func (s *Service) comeBack(r *store.Records, t *turn, p store.Person) (wanted bool, err error) {
	if t.due == nil {
		return true, nil
	}
	id, ok := t.due.Nudge()
	if !ok {
		return true, nil
	}
	n, found, err := r.Nudge(p.ID, id)
	if err != nil || !found {
		return false, err
	}
	rule, err := schedule.Parse(n.Rule)
	if err != nil {
		return false, fmt.Errorf("rule of a nudge: %w", err)
	}
	armed, err := schedule.ParseSlot(n.Slot)
	if err != nil {
		return false, fmt.Errorf("slot of a nudge: %w", err)
	}
	send, next := schedule.Missed(rule, armed, t.now, grace, s.zones.of(p.Zone))
	t.Event = flows.Event{Kind: flows.Nudged, Nudge: strings.TrimSuffix(id, laterSuffix), Flow: n.Flow}
	return !send.IsZero() && !p.Unreachable, s.arm(r, p.ID, n, next)
}

// arm keeps a nudge until its next occasion, or takes it away if there is none.
func (s *Service) arm(r *store.Records, p store.PersonID, n store.Nudge, next schedule.Occasion) error {
	if next.IsZero() {
		return r.DeleteNudge(p, n.ID)
	}
	n.Slot = next.Slot.String()
	return r.PutNudge(p, n, next.Spread(uint64(p), minuteRange))
}

// setNudge has something come back from now on.
func (w work) setNudge(e flows.SetNudge) error {
	rule, err := schedule.Parse(e.Rule)
	if err != nil {
		return err
	}
	next, _ := rule.Occasion(w.t.now, w.s.zones.of(w.p.Zone))
	w.done.later(next.At)
	return w.s.arm(w.r, w.p.ID, store.Nudge{ID: e.ID, Rule: e.Rule, Flow: e.Flow}, next)
}

// snooze has a nudge come once more, to the minute.
func (w work) snooze(e flows.Snooze) error {
	zone := w.s.zones.of(w.p.Zone)
	slot := schedule.SlotOf(e.At, zone)
	rule, err := schedule.Once(slot.Date(), slot.Minute())
	if err != nil {
		return err
	}
	next, ok := rule.Occasion(w.t.now, zone)
	if !ok { // within this minute: there is nothing to put off
		return nil
	}
	w.done.later(next.At)
	n := store.Nudge{ID: e.ID + laterSuffix, Rule: rule.String(), Flow: e.Flow}
	return w.s.arm(w.r, w.p.ID, n, next)
}

func (w work) dropNudge(id string) error {
	if err := w.r.DeleteNudge(w.p.ID, id+laterSuffix); err != nil {
		return err
	}
	return w.r.DeleteNudge(w.p.ID, id)
}

// rearm sets every nudge anew for somebody who is in another zone now: each waits
// for the same place on the calendar as before.
func (w work) rearm() error {
	nudges, err := w.r.Nudges(w.p.ID)
	if err != nil {
		return err
	}
	zone := w.s.zones.of(w.p.Zone)
	for _, n := range nudges {
		rule, err := schedule.Parse(n.Rule)
		if err != nil {
			return err
		}
		armed, err := schedule.ParseSlot(n.Slot)
		if err != nil {
			return err
		}
		next, _ := schedule.Rearm(rule, armed-1, w.t.now, zone)
		w.done.later(next.At)
		if err := w.s.arm(w.r, w.p.ID, n, next); err != nil {
			return err
		}
	}
	return nil
}
