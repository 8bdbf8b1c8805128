package discord

import (
	"net"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

func TestDiscordPassesTheSuite(t *testing.T) {
	bottest.RunVirtual(t, func(t *testing.T) (bot.Platform, bottest.Peer) {
		return newWorld(t).platform()
	})
}

func TestDiscordPassesTheSuiteOverSockets(t *testing.T) {
	bottest.Run(t, func(t *testing.T) (bot.Platform, bottest.Peer) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return worldOn(t, l, (&net.Dialer{}).DialContext).platform()
	})
}

func (w *world) platform() (bot.Platform, bottest.Peer) {
	return New(w.options), w.Peer(func(*testing.T) bot.Platform { return New(w.options) })
}
