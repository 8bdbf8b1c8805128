package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

func TestATurnKeepsItemsAndReadsThemBack(t *testing.T) {
	inWorld(t, false, func(w *world) {
		var seen []flows.Item
		var goals int
		look := stepFunc(func(turn flows.Turn) (flows.Session, []flows.Effect) {
			seen, goals = turn.Facts.Items(""), len(turn.Facts.Items("goal"))
			return turn.Session, []flows.Effect{flows.Keep{Item: flows.Item{
				ID: "0" + turn.Event.Text, At: turn.Now, Kind: "promise", State: "open", Text: turn.Event.Text,
				Values: map[string]any{"n": 7, "l": []string{"a"}},
			}}}
		})
		w.start(func(o *bot.Options, _ *mortal) {
			o.Steps = look
			o.Zone = time.FixedZone("somewhere", 3600)
		})
		for _, text := range []string{"one", "two", "one", "three"} {
			w.server.Say(0, text)
			pass(time.Minute)
		}
		synctest.Wait()
		if len(seen) != 2 || goals != 0 || seen[0].Text != "one" || seen[0].State != "open" || seen[0].Kind != "promise" {
			t.Fatalf("read %+v and %d goals", seen, goals)
		}
		if list, ok := seen[0].Values["l"].([]any); !ok || len(list) != 1 || seen[0].Values["n"] != 7.0 {
			t.Errorf("the values came back as %v", seen[0].Values)
		}
		if seen[0].At.Location().String() != "somewhere" {
			t.Errorf("the time of an item is in %v", seen[0].At.Location())
		}
		w.records(func(r *store.Records) error {
			i, found, err := r.Item(1, "0three")
			if !found || string(i.Values) != `{"l":["a"],"n":7}` {
				t.Errorf("kept %+v", i)
			}
			return err
		})
	})
}
