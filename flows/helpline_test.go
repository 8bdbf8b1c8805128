package flows_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kintsugi/flows"
)

func filesOf(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func loaded(t failer, files fstest.MapFS) *flows.Book {
	t.Helper()
	book, err := flows.Load(smallContent(), files)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return book
}

const ringFlow = `
id: test.ring
command: ring
title: Ring
does: shows numbers
steps:
  - {id: ring, resources: crisis}
  - {id: men, when: has_resources("men"), say: There is one for men.}
`

// ring gives what a person in a country reads, with further files laid over the
// content.
func ring(t failer, country string, over ...string) string {
	t.Helper()
	c := newChat(t, loaded(t, files(append(over, "ring.yaml", ringFlow)...)))
	c.person.Country = country
	return c.say("/ring")
}

func TestALaterFileAddsNumbersReplacesThemAndTakesThemAway(t *testing.T) {
	got := ring(t, "IE", "own.yaml", `
resources:
  - {country: IE, kind: crisis, name: A house in Cork, number: 021 1, source: its door, verified_on: 2026-11-30}
  - {country: IE, kind: crisis, name: The Samaritans, number: 116 123, source: its page, verified_on: 2026-11-30}
  - {country: IE, kind: men, number: "3", source: a friend}
`)
	want := "Ireland:\nA house in Cork: 021 1\nThe Samaritans: 116 123\n"
	if !strings.Contains(got, want) || !strings.Contains(got, "There is one for men.") {
		t.Errorf("got %q", got)
	}
	got = ring(t, "IE", "own.yaml", "resources: [{country: IE, kind: crisis, number: 116 123, source: its page, gone: true}]")
	if strings.Contains(got, "116 123") || !strings.Contains(got, "Ireland: none of that kind") {
		t.Errorf("got %q", got)
	}
	if got := ring(t, "GB", "own.yaml", "resources: [{country: IE, kind: crisis, number: 116 123, source: its page, gone: true}]"); !strings.Contains(got, "116 123") {
		t.Errorf("taken away across the border: %q", got)
	}
}

func TestALaterFileBringsACountry(t *testing.T) {
	got := ring(t, "XA", "own.yaml", `
countries: [{code: XA, speaks: [en], names: {en: [Atlantis]}}]
resources:
  - {country: XA, kind: emergency, number: "77", source: a fish}
  - {country: XA, kind: emergency, number: "78", source: a fish}
  - {country: XA, kind: crisis, number: "79", source: a fish}
`)
	if !strings.HasPrefix(got, "In danger now? Ring 77 or 78.\n\nAtlantis:\nCrisis line: 79\n\n") {
		t.Errorf("got %q", got)
	}
}

func TestNumbersThatNobodyHasLookedUpInAYearAreNamed(t *testing.T) {
	own := `resources:
  - {country: FR, kind: men, number: "1", source: a wall, verified_on: 2026-11-22}
  - {country: FR, kind: men, number: "2", source: a wall}
  - {country: FR, kind: men, sms: "3", source: a wall, verified_on: 2026-11-23}
  - {country: FR, kind: men, web: a.example, source: a wall, verified_on: 2027-11-24}
  - {country: FR, kind: men, number: "5", source: a wall, gone: true}
`
	var got []string
	for _, p := range loaded(t, files("own.yaml", own)).Unverified(time.Date(2027, 11, 23, 0, 0, 0, 0, time.UTC)) {
		if !p.Mild {
			t.Errorf("not mild: %s", p)
		}
		if p.File == "own.yaml" {
			got = append(got, p.String())
		}
	}
	want := []string{
		"own.yaml:2: FR men, 1: last looked up on 2026-11-22",
		"own.yaml:3: FR men, 2: no verified_on",
		"own.yaml:5: FR men, a.example: a verified_on to come: 2027-11-24",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOnlyEntriesFromMemoryAreUnverifiedToday(t *testing.T) {
	unverified := loaded(t, nil).Unverified(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	source := strings.Split(readFile(t, "content/resources.yaml"), "\n")
	for _, p := range unverified {
		if !strings.Contains(source[p.Line-1], "source: memory") {
			t.Errorf("%s", p)
		}
	}
	if want := strings.Count(readFile(t, "content/resources.yaml"), "source: memory"); want == 0 || len(unverified) < want {
		t.Errorf("%d are unverified, and %d from memory", len(unverified), want)
	}
}
