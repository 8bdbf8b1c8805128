package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
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

// call is what becomes of one nudge that was due.
type call struct {
	due  store.Due
	n    store.Nudge
	next time.Time // when it comes next; zero for never
	turn time.Time // when it takes its turn; zero if it is left out
	gone bool      // there is no such nudge, or it was moved since it was found
}

// callGroup is how many nudges are called in one commit, which nobody has to wait for
// much longer than for another.
const callGroup = 16384

// callNudges arms the next time of each nudge that is due, and calls to its turn
// whatever is to come now, many in one commit. Nobody is stepped here. While one group
// is written down, what becomes of the next is worked out.
func (s *Service) callNudges(ctx context.Context, due []store.Due, now time.Time) error {
	var err error
	var planned <-chan *callPlan
	for group := range slices.Chunk(due, callGroup) {
		before := wait(planned)
		// Only now: a group must not lock somebody whom the one before still waits for.
		planned = s.planCalls(ctx, group, now)
		err = errors.Join(err, s.carryOut(ctx, before))
	}
	return errors.Join(err, s.carryOut(ctx, wait(planned)))
}

func wait(planned <-chan *callPlan) *callPlan {
	if planned == nil {
		return &callPlan{}
	}
	return <-planned
}

// callPlan is what is to become of a group. It holds the locks of its people, which
// keep it true until it is carried out.
type callPlan struct {
	calls  []call
	unlock func()
	err    error
}

// planCalls works out what becomes of a group, on all processors.
func (s *Service) planCalls(ctx context.Context, due []store.Due, now time.Time) <-chan *callPlan {
	done := make(chan *callPlan, 1)
	go func() {
		p := &callPlan{calls: make([]call, len(due))}
		if p.unlock, p.err = s.lockPeople(ctx, peopleOf(due)); p.err == nil {
			p.err = s.planAll(ctx, due, p.calls, now)
		}
		done <- p
	}()
	return done
}

func (s *Service) planAll(ctx context.Context, due []store.Due, calls []call, now time.Time) error {
	parts := runtime.GOMAXPROCS(0)
	errs := make([]error, parts)
	var all sync.WaitGroup
	for i := range parts {
		from, to := i*len(due)/parts, (i+1)*len(due)/parts
		all.Go(func() { errs[i] = s.planPart(ctx, due[from:to], calls[from:to], now) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// carryOut writes down what becomes of a group. The rows of neighbours lie together, so
// they are written together.
func (s *Service) carryOut(ctx context.Context, p *callPlan) error {
	if p.unlock != nil {
		defer p.unlock()
	}
	if p.err != nil || len(p.calls) == 0 {
		return p.err
	}
	slices.SortFunc(p.calls, func(a, b call) int { return cmp.Compare(a.due.Person, b.due.Person) })
	return s.update(ctx, func(r *store.Records) error {
		for _, c := range p.calls {
			if err := c.carryOut(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func peopleOf(due []store.Due) []store.PersonID {
	people := make([]store.PersonID, len(due))
	for i, d := range due {
		people[i] = d.Person
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// planPart works out a part. A nudge that can't be read sleeps from now on.
func (s *Service) planPart(ctx context.Context, due []store.Due, calls []call, now time.Time) error {
	return s.store.View(ctx, func(r *store.Records) error {
		for i, d := range due {
			c, err := s.planCall(r, d, now)
			if err != nil && isOutside(err) {
				return err
			}
			if err != nil {
				s.log.Error("nudge put to sleep", "reason", reasonOf(err))
				c = call{due: d}
			}
			calls[i] = c
		}
		return nil
	})
}

func (s *Service) planCall(r *store.Records, d store.Due, now time.Time) (call, error) {
	c := call{due: d}
	still, err := r.IsDue(d)
	if err != nil || !still {
		c.gone = true
		return c, err
	}
	found := false
	if c.n, found, err = r.NudgeOf(d); err != nil || !found {
		return c, err
	}
	row, err := r.Person(d.Person)
	if err != nil {
		return c, err
	}
	rule, err := s.rules.of(c.n.Rule)
	if err != nil {
		return c, fmt.Errorf("rule of a nudge: %w", err)
	}
	zone := s.zones.of(row.Zone)
	send, next := schedule.Missed(rule, armedFor(rule, d.At, zone), now, grace, zone)
	if !next.IsZero() {
		c.next = next.Spread(uint64(d.Person), minuteRange)
	}
	if !send.IsZero() && !row.Unreachable {
		c.turn = personOf(row).Quiet().Until(now, zone)
	}
	return c, nil
}

// carryOut writes down what becomes of a nudge.
func (c call) carryOut(r *store.Records) error {
	switch {
	case c.gone:
		return nil
	case c.next.IsZero() && c.turn.IsZero() && c.n.ID != "":
		return r.DeleteNudge(c.due.Person, c.n.ID, c.n.About)
	}
	return r.MoveNudge(c.due, c.next, c.turn)
}

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
	t.Event = flows.Event{Kind: flows.Nudged, Nudge: n.ID, About: n.About, Flow: n.Flow}
	t.unrequested = n.Unrequested
	tooLate := schedule.Late(t.due.At, now, grace) == schedule.RollForward
	return !tooLate && !row.Unreachable && p.About[flows.Pause] == "", nil
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
	n := store.Nudge{ID: e.ID, About: e.About, Rule: e.Rule, Flow: e.Flow, Unrequested: e.Unrequested}
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

// snooze has a nudge come once more.
func (w work) snooze(e flows.Snooze) error {
	n, found, err := w.r.Nudge(w.p.ID, e.ID, e.About)
	if err != nil {
		return err
	}
	if !found { // it had come for the last time
		n = store.Nudge{ID: e.ID, About: e.About, Flow: e.Flow, Unrequested: w.t.unrequested}
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
