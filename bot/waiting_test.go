package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

// Many nudges of a platform that sends none stand before one of another platform.
func TestAPlatformThatIsSlowKeepsNobodyElseWaiting(t *testing.T) {
	inWorld(t, false, func(w *world) {
		const many = 600 // more than are looked at in one go
		other := bottest.NewFake("other", false)
		w.start(func(o *bot.Options, _ *mortal) {
			o.Platforms = append(o.Platforms, other.Connect())
			o.Limits.Nudges = 2
		})
		var release []func()
		for person := range many {
			w.server.Say(person, "await nap 1h")
			release = append(release, w.server.Hold(person))
		}
		other.Say(0, "await nap 61m")
		synctest.Wait()
		pass(61*time.Minute + 15*time.Second)
		if got := other.Texts(0); len(got) != 1 || got[0] != "lapsed nap" {
			t.Errorf("somebody elsewhere heard %q", got)
		}
		for _, r := range release {
			r()
		}
		pass(30 * time.Second)
		for person := range many {
			w.wantHeard(person, "lapsed nap")
		}
	})
}
