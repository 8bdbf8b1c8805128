package bot

import (
	"context"
	"errors"
	"time"

	"kintsugi/store"
)

// recoverOutbox decides about the messages that an earlier run left attempting:
// nobody knows whether they were sent. It waits for a disk that takes no more.
func (s *Service) recoverOutbox(ctx context.Context) error {
	for n := 0; ; n++ {
		more, err := s.recoverPage(ctx)
		if err == nil && !more {
			return nil
		}
		if errors.Is(err, store.ErrBroken) {
			// It must not keep everybody else from being served.
			s.log.Error("outbox can't be recovered", "reason", reasonOf(err))
			return nil
		}
		if err == nil {
			n = -1
			continue
		}
		if !errors.Is(err, store.ErrCommit) {
			return err
		}
		if err := s.clock.Pause(ctx, backoff(n, jitter())); err != nil {
			return err
		}
	}
}

// recoverPage decides about some messages, and says whether there may be more.
func (s *Service) recoverPage(ctx context.Context) (more bool, err error) {
	var found []store.Message
	err = s.store.View(ctx, func(r *store.Records) (err error) {
		found, err = r.Attempting(pageSize)
		return err
	})
	if err != nil || len(found) == 0 {
		return false, err
	}
	now := s.clock.Now()
	var dropped int
	err = s.update(ctx, func(r *store.Records) error {
		dropped = 0
		for _, m := range found {
			kept, err := s.recoverOne(r, m, now)
			if err != nil {
				return err
			}
			if !kept {
				dropped++
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	s.count.recovered.Add(int64(len(found)))
	s.count.givenUp.Add(int64(dropped))
	s.log.Info("outbox recovered", "messages", len(found), "given up", dropped)
	return true, nil
}

// recoverOne lets a message be sent again or, if that could mean a nudge twice,
// gives it up. Each restart counts as an attempt. Somebody who may have missed that there
// is news is told once more: what the other one did must not go by unheard.
func (s *Service) recoverOne(r *store.Records, m store.Message, now time.Time) (kept bool, err error) {
	again := m.Lane == store.ReplyLane || s.dedupsFor(r, m.Person)
	m.Attempts++
	if !again || m.Attempts%ambiguousMark >= maxFailures {
		return false, errors.Join(r.Settle(m), s.noticeLost(r, m, now))
	}
	return true, parkOne(r, m, now)
}

// dedupsFor says whether the platform of a person deduplicates.
func (s *Service) dedupsFor(r *store.Records, person store.PersonID) bool {
	p, err := r.Person(person)
	if err != nil || len(p.Addresses) == 0 {
		return false
	}
	from := s.senders[p.Addresses[0].Platform]
	return from != nil && from.dedups
}
