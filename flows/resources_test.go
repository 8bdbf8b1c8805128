package flows_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// shows gives what a resources step of the given kinds says.
func shows(t failer, kinds, country, language string) string {
	t.Helper()
	c := newChat(t, bookOf(t, strings.Replace(ringFlow, "resources: crisis", "resources: "+kinds, 1)))
	c.person.Country, c.person.Language = country, language
	return c.say("/ring")
}

const (
	anywhere  = "In danger now? Ring the emergency number where you are. 112, 911, 999 and 000 are common ones."
	directory = "findahelpline.com lists free lines by country, by phone or in writing."
	traces    = "Calls and texts can show up in a phone's list."
)

func TestNumbersAreThoseOfTheCountry(t *testing.T) {
	for _, c := range []struct{ kinds, country, want string }{
		{"crisis", "NZ", "In danger now? Ring 111.\n\nNew Zealand:\nCrisis line: 1737\n\n" + traces},
		{"partner-violence", "US", "In danger now? Ring 911.\n\nUnited States:\nPartner violence: 1-800-799-7233, TTY 1-800-787-3224\nPartner violence: text START to 88788\n\n" + traces},
		{"[men, crisis]", "DE", "In danger now? Ring 112.\n\nGermany:\nCrisis line, TelefonSeelsorge: 0800 111 0 111\n\n" + traces},
		{"men", "DE", "In danger now? Ring 112.\n\nGermany: none of that kind in my list yet.\n" + directory + "\n\n" + traces},
		{"[lgbt, respect]", "BR", anywhere + "\n\nBrazil: none of that kind in my list yet.\n" + directory + "\n\n" + traces},
		{"[crisis, directory]", "BR", anywhere + "\n\nBrazil:\nCrisis line: 188\n\n" + directory + "\n\n" + traces},
		{"directory", "BR", anywhere + "\n\n" + directory + "\n\n" + traces},
		{"crisis", "", anywhere + "\n\n" + directory + "\n\n" + traces},
		{"emergency", "", anywhere + "\n\n" + traces},
		{"emergency", "AU", "In danger now? Ring 000.\n\n" + traces},
	} {
		got, _, _ := strings.Cut(shows(t, c.kinds, c.country, ""), "\nThere is one for men.")
		if got != c.want {
			t.Errorf("%s in %q:\n%s\nwant\n%s", c.kinds, c.country, got, c.want)
		}
	}
}

func TestALineInThePersonsLanguageComesFirst(t *testing.T) {
	own := `resources:
  - {country: CA, kind: crisis, name: First, number: "1", languages: [en], source: a wall}
  - {country: CA, kind: crisis, name: Deuxième, number: "2", languages: [fr], source: a wall}
`
	for language, want := range map[string]string{"fr-CA": "Deuxième: 2\nCrisis line: 988\nFirst: 1", "en": "First: 1\nCrisis line: 988\nDeuxième: 2"} {
		c := newChat(t, loaded(t, files("own.yaml", own, "ring.yaml", ringFlow)))
		c.person.Country, c.person.Language = "CA", language
		if got := c.say("/ring"); !strings.Contains(got, want) {
			t.Errorf("in %s: %q", language, got)
		}
	}
}

var ownKinds = []string{"crisis", "partner-violence", "men", "lgbt", "respect"}

// manyNumbers gives 26 made-up countries with up to 40 entries of each kind, and the
// names and numbers of those by country and kind.
func manyNumbers() (file string, listed map[string][]string) {
	rng := rand.New(rand.NewPCG(2026, 11))
	entries, countries, listed, total := "", "", map[string][]string{}, 0
	for letter := range 26 {
		code := "X" + string(rune('A'+letter))
		countries += fmt.Sprintf("  - {code: %s, speaks: [en], names: {en: [Atlantis %s]}}\n", code, code)
		for _, kind := range ownKinds {
			for range rng.IntN(2 + letter*40/25) {
				total++
				number, name := fmt.Sprintf("n%04dn", total), strings.Repeat("é", 1+rng.IntN(80))
				entries += fmt.Sprintf("  - {country: %s, kind: %s, name: %s, number: %s, source: a wall}\n", code, kind, name, number)
				listed[code+kind] = append(listed[code+kind], number)
			}
		}
	}
	return "resources:\n" + entries + "countries:\n" + countries, listed
}

// However many numbers there are, no message is too long for a platform, each number
// asked for is said once, and the trace in the phone is spoken of once.
func TestManyNumbersAreSplitByKind(t *testing.T) {
	file, listed := manyNumbers()
	over := []string{"own.yaml", file}
	asked := [][]string{ownKinds, ownKinds[:1], ownKinds[3:], {"men", "crisis"}}
	for i, kinds := range asked {
		id := fmt.Sprintf("ring%d", i)
		over = append(over, id+".yaml", fmt.Sprintf("id: %s\ncommand: %s\ntitle: T\ndoes: shows\nsteps: [{id: ring, resources: [%s]}]\n",
			id, id, strings.Join(kinds, ", ")))
	}
	book := loaded(t, files(over...))
	split := 0
	rapid.Check(t, func(t *rapid.T) {
		code := "X" + string(rune('A'+rapid.IntRange(0, 25).Draw(t, "country")))
		i := rapid.IntRange(0, len(asked)-1).Draw(t, "kinds")
		c := newChat(t, book)
		c.person.Country = code
		all := c.say(fmt.Sprintf("/ring%d", i))
		longest := 0
		for _, m := range c.shown {
			longest = max(longest, utf8.RuneCountInString(m.Text))
		}
		if longest > 1600 {
			t.Errorf("a message has %d characters", longest)
		}
		if len(c.shown) > 1 {
			split++
		}
		if utf8.RuneCountInString(all) <= 1600 && len(c.shown) > 1 {
			t.Errorf("%d messages for what fits into one", len(c.shown))
		}
		for _, kind := range asked[i] {
			for _, number := range listed[code+kind] {
				if n := strings.Count(all, number); n != 1 {
					t.Errorf("%s is said %d times", number, n)
				}
			}
		}
		if n := strings.Count(all, traces); n != 1 {
			t.Errorf("the trace is spoken of %d times", n)
		}
	})
	if split == 0 {
		t.Error("none was ever split")
	}
}

func TestWhatIsUrgentComesBeforeTheOfferToGoOn(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.urgent
command: urgent
title: Urgent
does: says it at once
urgent: true
vars: {count: 1}
steps:
  - {id: one, say: "One of {{.count}}."}
  - {id: ring, resources: emergency}
  - {id: never, when: count > 1, say: Never.}
  - {id: ask, ask: "How?", save: how}
  - {id: more, ask: "And more?", save: more}
  - {id: end, end: "{{.how}}, {{.more}}"}
`))
	c.say("/urgent")
	c.say("well")
	first := "One of 1.\n" + anywhere + "\n\n" + traces + "\n"
	offer := "Last time you stopped at this: “And more?”\n\nGo on from there, begin again, or let it rest?"
	if got := c.say("/urgent"); got != first+offer {
		t.Errorf("in front: %q", got)
	}
	if got := c.press("Go on"); got != "And more?" {
		t.Errorf("carrying on: %q", got)
	}
	c.say("/gratitude")
	if got := c.say("/urgent"); got != first+offer {
		t.Errorf("set aside: %q", got)
	}
	c.press("Go on")
	if got := c.say("no more"); !strings.HasPrefix(got, "well, no more") {
		t.Errorf("the answer before is gone: %q", got)
	}
}

func TestASafetyPlanLeftBlankIsNotKept(t *testing.T) {
	c := newChat(t, loaded(t, nil))
	c.say("/helpnow")
	c.press("Write a plan for bad hours")
	for range 6 {
		c.press("Leave this one")
	}
	if len(c.entries) != 0 {
		t.Errorf("kept %q", c.kept(""))
	}
}
