package bot

import (
	"context"

	"kintsugi/store"
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
