package bot

import (
	"errors"
	"slices"
	"time"

	"kintsugi/store"
)

// park puts a message back into the outbox until its time, and what stands behind
// it in its lane as well, so that the order is kept.
func (s *sender) park(l *line, w row, f fate) {
	s.insist(l, func(r *store.Records, rows [2][]row) error {
		for i, behind := range rows[w.Lane] {
			m := behind.Message
			if i == 0 {
				m.Attempts = f.attempts
			}
			if err := parkOne(r, m, f.at); err != nil {
				return err
			}
		}
		return nil
	}, w.Lane)
	s.alarm.by(f.at)
}

// parkOne parks a message unless it is gone, with its person.
func parkOne(r *store.Records, m store.Message, until time.Time) error {
	err := r.Park(m, until)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// partFrom marks a person as unreachable and drops all that they are owed, unless they
// have moved to another chat meanwhile: then only the message is given up.
func (s *sender) partFrom(l *line, w row) {
	if s.hasMoved(w) {
		s.giveUp(w.Lane, unreachable)
		s.settler.now(s.e, w.Message)
		s.drop(l, w.Lane, 1)
		return
	}
	s.insist(l, func(r *store.Records, rows [2][]row) error {
		for _, lane := range rows {
			for _, w := range lane {
				if err := r.Settle(w.Message); err != nil {
					return err
				}
			}
		}
		return markUnreachable(r, l.person, w.to)
	}, store.ReplyLane, store.NudgeLane)
}

// hasMoved says whether the chat of a message is its person's no longer.
func (s *sender) hasMoved(w row) (moved bool) {
	err := s.store.View(s.e.work, func(r *store.Records) error {
		p, err := r.Person(w.Person)
		moved = err == nil && !slices.Contains(p.Addresses, w.to)
		return err
	})
	return err == nil && moved
}

// markUnreachable notes that a person can't be reached in a chat, if it is still theirs.
func markUnreachable(r *store.Records, person store.PersonID, chat store.Address) error {
	p, err := r.Person(person)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil || !slices.Contains(p.Addresses, chat) {
		return err
	}
	for _, lane := range []store.Lane{store.ReplyLane, store.NudgeLane} {
		if _, err := r.DropWaiting(person, lane); err != nil {
			return err
		}
	}
	p.Unreachable = true
	return r.PutPerson(p)
}

// insist commits fn, which disposes of all rows that the line has in some lanes,
// and takes them off the line. It holds the person's lock, so that no turn adds a
// row meanwhile that would be overlooked. While nothing can be committed it tries
// again until the sending is to end; the line then keeps its rows.
func (s *sender) insist(l *line, fn func(*store.Records, [2][]row) error, lanes ...store.Lane) {
	for n := 0; ; n++ {
		err := s.dispose(l, fn, lanes)
		if err == nil || s.e.work.Err() != nil {
			return
		}
		if !errors.Is(err, store.ErrCommit) {
			// They stay attempting, and are looked at again at the next start.
			s.log.Error("outbox can't be changed", "platform", s.name, "reason", reasonOf(err))
			for _, lane := range lanes {
				s.drop(l, lane, len(s.rowsOf(l, lane)))
			}
			return
		}
		if s.clock.Pause(s.e.sends, backoff(n, jitter())) != nil {
			return
		}
	}
}

func (s *sender) dispose(l *line, fn func(*store.Records, [2][]row) error, lanes []store.Lane) error {
	unlock, err := s.locks.person(s.e.work, l.person)
	if err != nil {
		return err
	}
	defer unlock()
	var rows [2][]row
	for _, lane := range lanes {
		rows[lane] = s.rowsOf(l, lane)
	}
	if err := s.update(s.e.work, func(r *store.Records) error { return fn(r, rows) }); err != nil {
		return err
	}
	for _, lane := range lanes {
		s.drop(l, lane, len(rows[lane]))
	}
	return nil
}

// stop sends no more, waits for what is being sent, and puts the rest back into the
// outbox: certainly not sent, so not ambiguous after a restart.
func (s *sender) stop() {
	s.mu.Lock()
	s.stopped = true
	s.mu.Unlock()
	s.sending.Wait()
	now := s.clock.Now()
	rest := s.rest()
	for len(rest) > 0 {
		page := rest[:min(len(rest), pageSize)]
		err := s.update(s.e.work, func(r *store.Records) error {
			for _, m := range page {
				if err := parkOne(r, m, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return
		}
		rest = rest[len(page):]
	}
}

// rest gives what is still in hand.
func (s *sender) rest() (rest []store.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		for _, rows := range l.rows {
			for _, w := range rows {
				rest = append(rest, w.Message)
			}
		}
	}
	return rest
}
