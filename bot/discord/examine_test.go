package discord

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
)

func TestExamineTellsWhatItFinds(t *testing.T) {
	find := func(w *world) (good, bad []string) {
		for _, f := range Examine(w.t.Context(), w.options) {
			if f.OK != (f.Do == "") || strings.Contains(f.What+f.Do, testToken) {
				t.Errorf("found %+v", f)
			}
			if f.OK {
				good = append(good, f.What)
			} else {
				bad = append(bad, f.What+": "+f.Do)
			}
		}
		return good, bad
	}
	has := func(list []string, text string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, text) })
	}
	in(t, func(w *world) {
		good, bad := find(w)
		if len(bad) != 1 || !has(bad, "does not have our commands") || !has(good, `"kintsugi-test"`) ||
			!has(good, "1000 sessions") || !has(good, "client_id=100000000000001000") || !has(good, "clock agrees") {
			t.Errorf("found %q and %q", good, bad)
		}
		p := w.run(nil)
		after(time.Second)
		p.stop()
		w.SetStarts(3, time.Hour)
		w.options.Clock = &bot.Clock{}
		w.options.Clock.Move(time.Hour)
		good, bad = find(w)
		if len(bad) != 2 || !has(bad, "1h0m0s apart") || !has(bad, "3 of 1000 sessions") || !has(good, "has our 3 commands") {
			t.Errorf("found %q and %q", good, bad)
		}
		if w.Identifies() != 1 {
			t.Error("examining began a session")
		}
		w.FailNext("GET /users/@me", discordtest.Fault{Status: 503}, 1)
		if _, bad := find(w); len(bad) != 1 || !has(bad, "try again later") {
			t.Errorf("found %q", bad)
		}
		w.SetToken("another")
		if _, bad := find(w); len(bad) != 1 || !has(bad, "Reset Token") {
			t.Errorf("found %q", bad)
		}
		w.Close()
		if _, bad := find(w); len(bad) != 1 || !has(bad, "look at the network") {
			t.Errorf("found %q", bad)
		}
	})
}
