package answer_test

import (
	"maps"
	"strings"
	"sync"
	"testing"

	"kintsugi/flows/answer"
)

func TestWordsAreCompleteInEveryLanguage(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		if err := words(t, language).Check(); err != nil {
			t.Errorf("%s: %v", language, err)
		}
	}
}

func TestCheckListsEverythingMissing(t *testing.T) {
	err := answer.Words{}.Check()
	if err == nil {
		t.Fatal("no words at all are complete")
	}
	for _, want := range []string{
		"yes: no words", "fillers: no words", "numbers: no word for 0", "numbers: no word for 90", "ordinals: no word for 10", "decimal:",
		"months: has 0 rows, needs 12", "weekdays: has 0 rows", "units.week: no words", "days.tomorrow: no words", "clock.half_past or clock.half_to", "clock.night: no words",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not listed", want)
		}
	}
	for _, optional := range []string{"fortnight", "half_hour", "clock.am", "clock.pm"} {
		if strings.Contains(err.Error(), optional) {
			t.Errorf("%s is listed, but optional", optional)
		}
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	for want, spoil := range map[string]func(*answer.Words){
		`yes and no: both have "Sure"`:      func(w *answer.Words) { w.No = append(w.No, "Sure") },
		"skip: an empty phrase":             func(w *answer.Words) { w.Skip = append(w.Skip, " ") },
		"units.fortnight: an empty phrase":  func(w *answer.Words) { w.Units.Fortnight = []string{""} },
		"weekdays: row 3: no words":         func(w *answer.Words) { w.Weekdays[2] = nil },
		"months: has 11 rows":               func(w *answer.Words) { w.Months = w.Months[:11] },
		"numbers: no word for 7":            func(w *answer.Words) { delete(w.Numbers, "seven") },
		"numbers: an empty phrase":          func(w *answer.Words) { w.Numbers[""] = 0 },
		`decimal: must be "." or ","`:       func(w *answer.Words) { w.Decimal = "·" },
		"clock.half_past or clock.half_to:": func(w *answer.Words) { w.Clock.HalfPast = nil },
	} {
		w := words(t, "en")
		spoil(&w)
		if _, err := answer.New(w); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestReaderIsNotChangedByItsWords(t *testing.T) {
	w := words(t, "en")
	r, err := answer.New(w)
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(w.Numbers, func(string, int) bool { return true })
	w.Yes[0] = "no more"
	if n, ok := r.Number("seven"); !ok || n != 7 {
		t.Error("a number is gone")
	}
	if yes, ok := r.YesNo("yes"); !ok || !yes {
		t.Error("yes is gone")
	}
}

func TestReaderIsSafeForManyGoroutines(t *testing.T) {
	r := reader(t, "en")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				d := r.Date("friday at half past nine", now, future)
				i, ok := r.Choice("b", []string{"Apple", "Pear"})
				if !d.OK || len(d.Clock) != 2 || !ok || i != 1 || r.Fold("ÜBER 🙂") != "über" {
					t.Error("an answer is read otherwise among others")
				}
			}
		})
	}
	wg.Wait()
}
