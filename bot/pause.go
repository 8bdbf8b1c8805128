package bot

import (
	"time"

	"kintsugi/flows"
	"kintsugi/flows/schedule"
	"kintsugi/store"
)

// What is due beside waits and nudges.
const (
	resumeDue = "resume" // a pause is over
	leaveDue  = "leave"  // everything about a person is deleted
)

// pause lets every nudge sleep, those in the outbox too, or has each come again by its
// rule.
func (w work) pause(until string) error {
	if err := w.r.DeleteDue(w.p.ID, resumeDue); err != nil {
		return err
	}
	if until == "" {
		return w.resume()
	}
	if _, err := w.r.DropWaiting(w.p.ID, store.NudgeLane); err != nil {
		return err
	}
	nudges, err := w.r.Nudges(w.p.ID)
	if err != nil {
		return err
	}
	for _, n := range nudges {
		if err := w.r.QuietNudge(w.p.ID, n); err != nil {
			return err
		}
	}
	if until == flows.PauseOpen || until == flows.PauseAway {
		return nil
	}
	return w.onDay(resumeDue, until)
}

// resume has each nudge come again; those that would only have come meanwhile are gone.
func (w work) resume() error {
	if err := w.noticeAgain(time.Time{}); err != nil {
		return err
	}
	return w.eachNudge(func(n store.Nudge, rule schedule.Rule) error {
		next, ok := rule.Occasion(w.t.now, w.zone())
		if !ok {
			return w.r.DeleteNudge(w.p.ID, n.ID, n.About)
		}
		return w.arm(n, next)
	})
}

// leaving has everything about a person be deleted as a day begins, or not any more.
func (w work) leaving(day string) error {
	if day == "" {
		return w.r.DeleteDue(w.p.ID, leaveDue)
	}
	return w.onDay(leaveDue, day)
}

// onDay has something be due as a day begins where the person is.
func (w work) onDay(id, day string) error {
	date, err := schedule.ParseDate(day)
	if err != nil {
		return err
	}
	at, _ := schedule.NewSlot(date, 0).In(w.zone())
	if !at.After(w.t.now) {
		at = w.t.now.Add(time.Second)
	}
	w.done.later(at)
	return w.r.PutDue(store.Due{At: at, Person: w.p.ID, ID: id})
}

// ownDue does what is due without a step in any conversation. It says whether it was
// that.
func (w work) ownDue() (bool, error) {
	if w.t.due == nil {
		return false, nil
	}
	switch w.t.due.ID {
	case resumeDue:
		w.about(flows.Pause, "")
		return true, w.resume()
	case leaveDue:
		w.done.gone = true
		return true, nil
	}
	return false, nil
}
