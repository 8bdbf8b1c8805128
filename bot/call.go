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

	"kintsugi/flows/schedule"
	"kintsugi/store"
)

// call is what becomes of one nudge that was due.
type call struct {
	due  store.Due
	n    store.Nudge
	next time.Time // when it comes next; zero for never
	turn time.Time // when it takes its turn; zero if it is left out
	late bool      // it was found due long after its time
	gone bool      // there is no such nudge, or it was moved since it was found
}

// callGroup is how many nudges are called in one commit, which nobody has to wait for
// much longer than for another.
const callGroup = 16384

// callPage is how many nudges are looked at at a time.
const callPage = 4 * callGroup

// callAll calls a page of nudges, and says how many there were.
func (s *Service) callAll(ctx context.Context, now time.Time) (int, error) {
	due, err := s.dueBy(ctx, now, callPage)
	if err != nil {
		return 0, err
	}
	nudges := slices.DeleteFunc(due, func(d store.Due) bool { return !d.Armed() })
	return len(nudges), s.callNudges(ctx, nudges, now)
}

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
	err := s.update(ctx, func(r *store.Records) error {
		for _, c := range p.calls {
			if err := c.write(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.noteCalls(p.calls)
	}
	return err
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
	c := call{due: d, late: now.Sub(d.At) > lateAfter}
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

// write writes down what becomes of a nudge.
func (c call) write(r *store.Records) error {
	switch {
	case c.gone:
		return nil
	case c.next.IsZero() && c.turn.IsZero() && c.n.ID != "":
		return r.DeleteNudge(c.due.Person, c.n.ID, c.n.About)
	}
	return r.MoveNudge(c.due, c.next, c.turn)
}
