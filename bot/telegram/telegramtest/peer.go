package telegramtest

import (
	"context"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/store"
)

// peer is a server whose people have all pressed Start once, with a way to start the
// program again.
type peer struct {
	*Server
	restart func(t *testing.T) bot.Platform
}

// Peer gives the server as the suite needs it.
func (s *Server) Peer(restart func(t *testing.T) bot.Platform) bottest.Peer {
	return peer{s, restart}
}

// Address implements [bottest.Peer].
func (p peer) Address(person int) store.Address {
	p.Open(person)
	return p.Server.Address(person)
}

// Restart implements [bottest.Peer].
func (p peer) Restart(t *testing.T) bot.Platform { return p.restart(t) }

// tell wakes those who wait for a change. The caller holds the mutex.
func (s *Server) tell() {
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// WaitFor waits until is gives true or ctx is done, which is its error. It asks again
// after each change, and holds no lock meanwhile.
func (s *Server) WaitFor(ctx context.Context, is func() bool) error {
	for {
		changed := s.nextChange()
		if is() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Server) nextChange() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}
