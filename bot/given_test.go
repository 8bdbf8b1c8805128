package bot_test

import (
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
	"kintsugi/store"
)

// promising are the effects by which Mara keeps a promise and Tom hears of it.
var promising = map[string]flows.Effect{
	"keep":      flows.Keep{Item: flows.Item{ID: "own", Kind: "promise", State: "open", Text: "I ring at six. If I'm late, I say so."}},
	"give":      flows.Give{Item: "own", Text: "I ring at six.", Values: map[string]any{"often": "daily"}},
	"give anew": flows.Give{Item: "own", Text: "I ring at seven."},
	"take back": flows.TakeBack{Item: "own"},
	"let go":    flows.Keep{Item: flows.Item{ID: flows.CopyID(1), Kind: "their-promise", State: "dropped", Text: "I ring at six.", Values: map[string]any{"version": 1}}},
	"be asked":  flows.SetNudge{ID: flows.SeenNudge, About: flows.CopyID(1), Rule: "21 20 * * *", Flow: "recurring.promise-seen"},
	"take up":   flows.TakeUp{Copy: flows.CopyID(1), Item: "toms"},
	"keep toms": flows.Keep{Item: flows.Item{ID: "toms", Kind: "promise", State: "open", Text: "Mine too."}},
	"open mine": flows.Give{Item: "toms", Text: "Mine too."},
}

const (
	maraPromises = "\n@ 2026-03-03 18:00\n> keep\n> give\n"
	tomHears     = maraPromises + ">> [Now]\n>> [No need]\n"
)

// tomsCopy gives Tom's copy of what Mara has given first.
func (w *world) tomsCopy() (i store.Item, found bool) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		id, _, err := r.FindPerson(w.server.Address(1))
		if err == nil {
			i, found, err = r.Item(id, flows.CopyID(1))
		}
		return err
	})
	return i, found
}

func TestACoupleKeepsNoWordsOfWhatIsGiven(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, tomHears, promising)
		state, _, found := w.record()
		if !found || strings.Contains(state, "ring") {
			t.Errorf("the couple keeps %q", state)
		}
		i, found := w.tomsCopy()
		if !found || i.Kind != "their-promise" || i.State != "open" || i.Text != "I ring at six." {
			t.Errorf("Tom's copy is %+v", i)
		}
		if !strings.Contains(string(i.Values), `"often":"daily"`) || strings.Contains(string(i.Values), "late") {
			t.Errorf("with it came %s", i.Values)
		}
	})
}

func TestWhatIsChangedBeforeItIsToldComesWithItsNewWords(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, maraPromises+"> give anew\n>> [Now]\n", promising)
		texts := w.server.Texts(1)
		if last := texts[len(texts)-1]; !strings.Contains(last, "Mara promises you") || !strings.Contains(last, "I ring at seven.") {
			t.Errorf("Tom read %q", last)
		}
		if i, _ := w.tomsCopy(); i.Text != "I ring at seven." {
			t.Errorf("his copy says %q", i.Text)
		}
	})
}

func TestWhatIsTakenBackBeforeItIsToldIsNothing(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, maraPromises+"> take back\n>> [Now]\n", promising)
		texts := w.server.Texts(1)
		if i := slices.IndexFunc(texts, func(s string) bool { return strings.Contains(s, "I ring at") }); i >= 0 {
			t.Errorf("Tom read %q", texts[i])
		}
		if i, found := w.tomsCopy(); found && i.State == "open" {
			t.Errorf("it stands on his side: %+v", i)
		}
	})
}

func TestWhatIsTakenBackLaterIsToldAndAskedAboutNoMore(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, tomHears+">> be asked\n> take back\n@ 2026-03-04 20:00\n>> [Now]\n@ 2026-03-06 20:00\n", promising)
		texts := w.server.Texts(1)
		if last := texts[len(texts)-1]; !strings.Contains(last, "takes this back") || !strings.Contains(last, "I ring at six.") {
			t.Errorf("the last that Tom heard is %q", last)
		}
		if i, _ := w.tomsCopy(); i.State != "dropped" {
			t.Errorf("his copy is %q", i.State)
		}
	})
}

func TestWhoeverHasLetGoOfSomethingHearsNoMoreOfIt(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, tomHears+">> let go\n", promising)
		before := len(w.server.Texts(1))
		l := &lived{world: w}
		for _, said := range []string{"give anew", "take back"} {
			l.server.Say(0, said)
			pass(3 * newsGapForTests)
		}
		if texts := w.server.Texts(1)[before:]; len(texts) > 0 {
			t.Errorf("Tom heard %q", texts)
		}
	})
}

// newsGapForTests is longer than from one notice to the next.
const newsGapForTests = 2 * 60 * 60 * 1e9

func TestOnlyTheGiverChangesWhatIsGiven(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, tomHears+">> keep toms\n>> take up\n@ 2026-03-04 20:00\n> [Now]\n", promising)
		texts := w.server.Texts(0)
		if last := texts[len(texts)-1]; !strings.Contains(last, "has taken this up too") {
			t.Fatalf("Mara read %q", last)
		}
		before := len(texts)
		w.server.Say(1, "open mine")
		pass(3 * newsGapForTests)
		if texts := w.server.Texts(0)[before:]; len(texts) > 0 {
			t.Errorf("Mara heard %q", texts)
		}
		if state, _, _ := w.record(); !strings.Contains(state, `"version":1,"both":true`) {
			t.Errorf("it stands at %s", state)
		}
	})
}

func TestAnExportHoldsNothingThatTheOtherOneGave(t *testing.T) {
	inWorld(t, false, func(w *world) {
		linkedPair(w, tomHears+">> be asked\n>> keep toms\n>> /export\n>> [Send them]\n", promising)
		files := w.server.Files(1)
		for _, f := range files {
			if text := string(f.Data); strings.Contains(text, "I ring at") || !strings.Contains(text, "Mine too.") {
				t.Errorf("%s holds:\n%s", f.Name, text)
			}
		}
		if len(files) != 2 {
			t.Errorf("%d files came", len(files))
		}
	})
}
