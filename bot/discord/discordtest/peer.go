package discordtest

import (
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

// patience is for how long a person waits for the bot to be there.
const patience = 10 * time.Second

// Can says which abilities a Server has as a [bottest.Peer]: all.
func (s *Server) Can(bottest.Ability) bool { return true }

// Peer gives the server as the suite wants it. restart gives the platform as it is after
// the program was started again. People wait for the bot to have a session before they
// say or press anything, since a bot that does not know them yet would never hear of it.
func (s *Server) Peer(restart func(t *testing.T) bot.Platform) bottest.Peer {
	return &peer{Server: s, restart: restart}
}

type peer struct {
	*Server
	restart func(t *testing.T) bot.Platform
}

func (p *peer) Say(person int, text string) {
	p.Await(patience)
	p.Server.Say(person, text)
}

func (p *peer) Press(person int, label string) {
	p.Await(patience)
	p.Server.Press(person, label)
}

// SendPhoto implements [bottest.PhotoPeer].
func (p *peer) SendPhoto(person int, data []byte, caption string) {
	p.Await(patience)
	p.Server.SendPhoto(person, data, caption)
}

// Restart lets the connections of the program before be gone first.
func (p *peer) Restart(t *testing.T) bot.Platform {
	p.Drop()
	return p.restart(t)
}

// Await waits until the bot has a session with a connection, and for a given time at
// most. It says whether it has one.
func (s *Server) Await(atMost time.Duration) bool {
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	for {
		changed := s.Changed()
		if s.Connected() > 0 {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		}
	}
}
