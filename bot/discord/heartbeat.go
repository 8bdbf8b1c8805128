package discord

import (
	"math/rand/v2"
	"time"
)

// beat sends heartbeats until done is closed, and closes the socket when one of them
// was not answered until the next. The first one comes at a random time, as Discord
// wants it.
func (s *session) beat(done <-chan struct{}) {
	wait := time.Duration(rand.Float64() * float64(s.interval))
	for {
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-done:
			timer.Stop()
			return
		}
		if !s.isAcked() {
			s.g.log.Warn("a heartbeat of the gateway was not answered")
			s.close()
			return
		}
		s.setAcked(false)
		if s.heartbeat() != nil {
			s.close()
			return
		}
		wait = s.interval
	}
}

// heartbeat sends one. One that the server asks for is not counted on to be answered
// before the next: that can be due at once.
func (s *session) heartbeat() error {
	s.mu.Lock()
	seq := s.seq
	s.mu.Unlock()
	if seq == 0 {
		return s.write(opHeartbeat, nil)
	}
	return s.write(opHeartbeat, seq)
}

func (s *session) isAcked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acked
}

func (s *session) setAcked(acked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acked = acked
}
