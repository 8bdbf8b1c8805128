package bot_test

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/store"
)

// What was armed under rules by which the clocks still change is at its place on the
// calendar again, once the rules that the program brings along say otherwise.
func TestANudgeFollowsTheNewRulesOfAZone(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		for i, zone := range []string{"Europe/Berlin", "Asia/Tokyo"} {
			w.server.Say(i, "know zone "+zone)
			w.server.Say(i, "remind 0 12 * * *")
		}
		synctest.Wait()
		p.stop()
		// As older rules would have left it: an hour late, and another print.
		ids := []store.PersonID{w.person(0).ID, w.person(1).ID}
		w.change(func(r *store.Records) error {
			for _, id := range ids {
				n, _, err := r.Nudge(id, "meal", "")
				if err != nil {
					return err
				}
				at, _, err := r.NudgeDue(id, n)
				if err == nil {
					err = r.PutNudge(id, n, at.Add(time.Hour))
				}
				if err != nil {
					return err
				}
			}
			kept, err := r.Cursor("zones")
			if err != nil {
				return err
			}
			return r.PutCursor("zones", olderPrint(t, kept, "Europe/Berlin"))
		})
		p = w.start()
		pass(11*time.Hour + time.Minute)
		w.wantHeard(0, "eat at 1 12:00")
		w.wantHeard(1) // nothing is new in Tokyo: what was set so stays so
		p.stop()

		// The next start finds nothing new.
		w.logs.Reset()
		w.start()
		if log := w.logs.String(); log != "" {
			t.Errorf("it is noticed again:\n%s", log)
		}
	})
}

// olderPrint changes what is kept of one zone.
func olderPrint(t *testing.T, kept []byte, zone string) []byte {
	t.Helper()
	prints := map[string]string{}
	if err := json.Unmarshal(kept, &prints); err != nil || len(prints) != 2 {
		t.Fatalf("%d zones are kept, %v", len(prints), err)
	}
	prints[zone] = "older"
	b, err := json.Marshal(prints)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
