package bot

import (
	"context"
	"time"

	"kintsugi/store"
)

const (
	// recheck is when a round is made again that left something for want of room,
	// if nobody asks for it earlier.
	recheck = time.Second
	// distant is when to look again if nothing is due at all.
	distant = 24 * time.Hour
)

// makeRounds lets happen what is due, until ctx is done or end is closed. After
// that one more round is made, so that nothing that is due by then is left.
func (s *Service) makeRounds(ctx context.Context, end <-chan struct{}) {
	defer close(s.over)
	failures := 0
	for ctx.Err() == nil {
		s.alarm.off()
		err := s.round(ctx)
		next := s.nextRound(ctx, err, failures)
		if err == nil {
			failures = 0
		} else {
			failures++
		}
		if s.sleep(ctx, next, end) {
			_ = s.round(ctx) // what fails now is still due at the next start
			return
		}
	}
}

// round lets happen all that is due by now.
func (s *Service) round(ctx context.Context) error {
	for {
		now := s.clock.Now()
		n, err := s.lapse(ctx, now)
		if err != nil {
			return err
		}
		fetches, err := s.startFetches(ctx, now)
		if err != nil {
			return err
		}
		n += fetches
		for _, lane := range []store.Lane{store.ReplyLane, store.NudgeLane} {
			taken, err := s.takeWaiting(ctx, lane, now)
			if err != nil {
				return err
			}
			n += taken
		}
		if n == 0 {
			return nil
		}
	}
}

// nextRound gives the time of the next round after one that ended with err.
func (s *Service) nextRound(ctx context.Context, err error, failures int) time.Time {
	now := s.clock.Now()
	next, readErr := s.NextDue(ctx, now.Add(distant))
	if err != nil || readErr != nil {
		return now.Add(backoff(failures, jitter()))
	}
	if !next.After(now) {
		return now.Add(recheck)
	}
	return next
}

// NextDue gives the earliest time at which anything is due, or otherwise if that
// is earlier.
func (s *Service) NextDue(ctx context.Context, otherwise time.Time) (time.Time, error) {
	next := otherwise
	err := s.store.View(ctx, func(r *store.Records) error {
		for _, find := range []func() (time.Time, bool, error){r.NextDue, r.NextWake, r.NextFetch} {
			t, found, err := find()
			if err != nil {
				return err
			}
			if found && t.Before(next) {
				next = t
			}
		}
		return nil
	})
	return next, err
}

// sleep waits until t, or until something asks for a round before. It says whether
// end was closed.
func (s *Service) sleep(ctx context.Context, t time.Time, end <-chan struct{}) (ended bool) {
	moved := s.clock.Moved()
	timer := time.NewTimer(t.Sub(s.clock.Now()))
	defer timer.Stop()
	s.alarm.at(t)
	select {
	case <-timer.C:
	case <-moved:
	case <-s.alarm.bell:
	case ask := <-s.asks:
		s.alarm.off()
		ask <- s.round(ctx)
		s.alarm.ring() // for the time of the next
	case <-end:
		return true
	case <-ctx.Done():
	}
	return false
}

// CatchUp returns when all that is due by now has happened, photos that are being
// fetched have come or failed, and all that can be sent now has been: what a program needs that moves the clock. It waits for Run
// to begin, and returns at once when it has ended.
func (s *Service) CatchUp(ctx context.Context) error {
	for {
		if over, err := s.askRound(ctx); over || err != nil {
			return err
		}
		if err := s.fetcher.idle(ctx); err != nil {
			return err
		}
		for _, from := range s.senders {
			if err := from.idle(ctx); err != nil {
				return err
			}
		}
		now := s.clock.Now()
		next, err := s.NextDue(ctx, now.Add(distant))
		if err != nil || next.After(now) {
			return err
		}
	}
}

// askRound has a round made, and gives its error.
func (s *Service) askRound(ctx context.Context) (over bool, err error) {
	ask := make(chan error, 1)
	select {
	case s.asks <- ask:
		return false, <-ask
	case <-s.over:
		return true, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
