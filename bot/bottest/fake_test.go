package bottest_test

import (
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
