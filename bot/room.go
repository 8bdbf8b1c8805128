package bot

import (
	"context"
	"errors"
	"maps"
	"time"

	"kintsugi/store"
)

const (
	// farLook is how many queues are looked at for one whose platform has room, when all
	// those in front are for one that has none.
	farLook = 32_768
	// farPause is how long it takes until one looks so far again.
	farPause = 10 * time.Second
)

// room waits until the sender has less people in hand than it may.
func (s *sender) room(ctx context.Context) error {
	return s.until(ctx, func() bool { return len(s.lines) < s.limits.InHand })
}

// idle waits until the sender has nothing in hand.
func (s *sender) idle(ctx context.Context) error {
	return s.until(ctx, func() bool { return len(s.lines) == 0 })
}

func (s *sender) until(ctx context.Context, ok func() bool) error {
	for {
		s.mu.Lock()
		enough, changed := ok(), s.changed
		s.mu.Unlock()
		if enough {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// roomFor is how many queues of a lane may be taken from the outbox now. Of nudges
// there are never many more in hand than are being sent, so that a crash leaves
// few of which nobody knows whether they were.
func (s *sender) roomFor(lane store.Lane) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.limits.InHand - len(s.lines)
	if lane == store.NudgeLane {
		n = 2*s.limit[store.NudgeLane] - s.nudges
	}
	if n <= 0 {
		s.starved = true
	}
	return max(n, 0)
}

// forget removes a line that has nothing left, and tells those who wait for room.
// The caller holds the mutex.
func (s *sender) forget(l *line) {
	if _, more := l.next(); more || l.busy {
		return
	}
	delete(s.lines, l.person)
	if n := len(s.lines); n == 0 || n == s.limits.InHand-1 {
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

// feed asks for another round when one found no room and now there is some. The
// caller holds the mutex.
func (s *sender) feed() {
	if s.starved && s.nudges <= s.limit[store.NudgeLane] && len(s.lines) < s.limits.InHand {
		s.starved = false
		s.alarm.ring()
	}
}

// sendable gives the first queues of a lane that can be dealt with by now: those of
// platforms that have room, and of such as do not run.
func (s *Service) sendable(ctx context.Context, lane store.Lane, now time.Time, rooms map[*sender]int) ([]store.Wake, error) {
	queues, more, err := s.look(ctx, lane, now, rooms, pageSize)
	if err != nil || len(queues) > 0 || !more || now.Sub(s.lookedFar) < farPause {
		return queues, err
	}
	s.lookedFar = now
	queues, _, err = s.look(ctx, lane, now, rooms, farLook)
	return queues, err
}

// look looks at so many queues at most, and says whether there may be more.
func (s *Service) look(ctx context.Context, lane store.Lane, now time.Time, rooms map[*sender]int, most int) (queues []store.Wake, more bool, err error) {
	err = s.store.View(ctx, func(r *store.Records) error {
		found, err := r.WakeBy(now, lane, most)
		more = len(found) == most
		if err == nil {
			queues, err = s.withRoom(r, found, rooms)
		}
		return err
	})
	return queues, more, err
}

// withRoom leaves out the queues whose platform has no room, and what is more than a page.
func (s *Service) withRoom(r *store.Records, queues []store.Wake, rooms map[*sender]int) ([]store.Wake, error) {
	left := maps.Clone(rooms)
	var kept []store.Wake
	for _, q := range queues {
		p, err := r.Person(q.Person)
		if errors.Is(err, store.ErrBroken) || errors.Is(err, store.ErrNotFound) {
			return []store.Wake{q}, nil // whoever takes it finds out, and drops it
		}
		if err != nil {
			return nil, err
		}
		if from := s.senderOf(p); from != nil {
			if left[from] <= 0 {
				continue
			}
			left[from]--
		}
		if kept = append(kept, q); len(kept) == pageSize {
			break
		}
	}
	return kept, nil
}

// senderOf gives the sender of a person's chat, nil if its platform does not run.
func (s *Service) senderOf(p store.Person) *sender {
	if len(p.Addresses) == 0 {
		return nil
	}
	return s.senders[p.Addresses[0].Platform]
}

func sum(rooms map[*sender]int) int {
	total := 0
	for _, n := range rooms {
		total += n
	}
	return total
}

// rooms says how many queues of a lane each sender has room for.
func (s *Service) rooms(lane store.Lane) map[*sender]int {
	rooms := map[*sender]int{}
	for _, from := range s.senders {
		rooms[from] = from.roomFor(lane)
	}
	return rooms
}
