package bot

import (
	"context"
	"errors"

	"kintsugi/flows"
	"kintsugi/store"
)

// quarantine puts aside the event of a turn that can't be taken, and says sorry to the
// person once. That is a transaction apart from the one that failed.
func (s *Service) quarantine(ctx context.Context, t turn, reason string) (result, error) {
	s.log.Error("event quarantined", "source", t.source, "reason", reason)
	var done result
	err := s.update(ctx, func(r *store.Records) error {
		done = result{}
		return guard(func() error { return s.putAside(r, t, reason, &done) })
	})
	if err != nil {
		return result{}, err
	}
	s.count.quarantined.Add(1)
	return done, nil
}

func (s *Service) putAside(r *store.Records, t turn, reason string, done *result) error {
	if err := claim(r, t); err != nil {
		return err
	}
	p, err := s.load(r, t)
	if errors.Is(err, store.ErrBroken) || errors.Is(err, store.ErrNotFound) {
		// Nobody to say sorry to; a person who is gone owns no record either.
		return r.Quarantine(store.Quarantined{
			Source: t.source, ID: t.ID, At: t.now, Payload: t.payload(), Reason: reason,
		})
	}
	if err != nil {
		return err
	}
	err = r.Quarantine(store.Quarantined{
		Source: t.source, ID: t.ID, At: t.now, Person: p.ID, Payload: t.payload(), Reason: reason,
	})
	if err != nil {
		return err
	}
	switch {
	case t.inbound():
		p.Unreachable = false
	case t.arrival != nil: // they sent it, and hear that it came to nothing
	case t.due.Called() || t.due.ID == resumeDue:
		return nil // nobody asked for anything, so there is nothing to be sorry for
	case t.due.ID == leaveDue: // a promise: it is tried again
		return r.PutDue(store.Due{At: t.now.AddDate(0, 0, 1), Person: p.ID, ID: leaveDue})
	}
	sorry := flows.Message{Text: s.steps.Phrase("went-wrong", p.Language)}
	return work{s: s, r: r, t: t, p: &p, done: done}.say(flows.Say{Message: sorry})
}

// setAside keeps what a platform could not read, once, and nobody's turn is taken.
func (s *Service) setAside(ctx context.Context, from *sender, in Inbound) error {
	now := s.clock.Now()
	fresh := false
	err := s.update(ctx, func(r *store.Records) (err error) {
		if fresh, err = r.Claim(from.name, in.ID, now); err != nil || !fresh {
			return err
		}
		return r.Quarantine(store.Quarantined{
			Source: from.name, ID: in.ID, At: now, Payload: []byte(in.Unread), Reason: "can't be read",
		})
	})
	if err == nil && fresh {
		s.count.quarantined.Add(1)
		s.log.Error("event quarantined", "source", from.name, "reason", "can't be read")
	}
	return err
}
