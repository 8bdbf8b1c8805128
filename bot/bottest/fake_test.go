package bottest_test

import (
	"errors"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

func TestFakePassesTheSuite(t *testing.T) {
	for name, dedups := range map[string]bool{"deduplicating": true, "not deduplicating": false} {
		start := func(*testing.T) (bot.Platform, bottest.Peer) {
			f := bottest.NewFake("fake", dedups)
			return f.Connect(), f
		}
		t.Run(name, func(t *testing.T) { bottest.RunVirtual(t, start) })
		t.Run(name+", in real time", func(t *testing.T) { bottest.Run(t, start) })
	}
}

func TestWhoeverHasBlockedIsUnreachableUntilTheyDoSomething(t *testing.T) {
	f := bottest.NewFake("fake", false)
	p := f.Connect()
	send := func() error { return p.Send(t.Context(), bot.Outbound{To: f.Address(0), ID: "1"}) }
	f.Block(0)
	if err := send(); !errors.Is(err, bot.ErrUnreachable) || len(f.Arrived(0)) > 0 {
		t.Errorf("sending came to %v", err)
	}
	f.Bring(0, bot.Inbound{Gone: true})
	if err := send(); !errors.Is(err, bot.ErrUnreachable) {
		t.Errorf("sending came to %v, once it is told", err)
	}
	f.Say(0, "hello")
	if err := send(); err != nil || len(f.Arrived(0)) != 1 {
		t.Errorf("sending came to %v, once they are back", err)
	}
}
