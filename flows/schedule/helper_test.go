package schedule_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"kintsugi/flows/schedule"
)

// changing are zones, each with the first of five years in which its clocks do
// something worth looking at.
var changing = []struct {
	name string
	year int
}{
	{"Africa/Cairo", 2022},      // no changes, then again from 2023; at midnight
	{"Africa/Casablanca", 2022}, // an hour less in Ramadan
	{"America/New_York", 2022},
	{"America/Nuuk", 2022},        // from 2024 the gap runs up to midnight
	{"America/Santiago", 2022},    // at midnight
	{"America/Sao_Paulo", 2014},   // at midnight
	{"America/St_Johns", 2006},    // at a minute past midnight: a date begins, ends, begins
	{"Antarctica/Troll", 2022},    // two hours
	{"Asia/Kolkata", 2022},        // none
	{"Asia/Tehran", 2018},         // at midnight
	{"Australia/Lord_Howe", 2022}, // half an hour
	{"Europe/Berlin", 2022},
	{"Pacific/Apia", 2010},    // left out 30 December 2011
	{"Pacific/Chatham", 2022}, // at a quarter to three
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func rule(t testing.TB, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return r
}

func date(t testing.TB, text string) schedule.Date {
	t.Helper()
	d, err := schedule.ParseDate(text)
	if err != nil {
		t.Fatalf("ParseDate(%q): %v", text, err)
	}
	return d
}

func slot(t testing.TB, text string) schedule.Slot {
	t.Helper()
	s, err := schedule.ParseSlot(text)
	if err != nil {
		t.Fatalf("ParseSlot(%q): %v", text, err)
	}
	return s
}

// instant reads an instant with its offset: "2026-03-29T03:00:00+02:00".
func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// firings are the instants at which a rule fires after one, up to and with another.
func firings(r schedule.Rule, after, until time.Time, z *time.Location) []schedule.Occasion {
	var all []schedule.Occasion
	for {
		o, ok := r.Occasion(after, z)
		if !ok || o.At.After(until) {
			return all
		}
		all = append(all, o)
		after = o.At
	}
}

func wantInstants(t *testing.T, got []schedule.Occasion, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "none", "none"
		if i < len(got) {
			g = got[i].At.Format(time.RFC3339)
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%d: fires at %s, want %s", i, g, w)
		}
	}
}
