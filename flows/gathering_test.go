package flows_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// gathering is somebody who is linked with Ben and has thanks gathered on Thursdays at 20:00,
// which it is.
func gathering(t failer) *chat {
	c := newChat(t, wholeBook(t))
	c.person.About = map[string]string{"safety": clearToday}
	c.couple = flows.Couple{Linked: true, Partner: "Ben", Since: c.now.AddDate(0, -1, 0)}
	c.nudges = []flows.Nudge{{ID: "gathering", Rule: "0 20 * * 4", Flow: "recurring.gathering"}}
	return c
}

// thanked is a thank-you of some time ago.
func thanked(c *chat, kind, words string, ago time.Duration) flows.Record {
	values := map[string]any{"about": flows.Thanks}
	if kind == "received" {
		values["who"] = "Ben"
	}
	return flows.Record{ID: words, At: c.now.Add(-ago), Kind: kind, Text: words, Values: values}
}

var gatheringDue = flows.Event{Kind: flows.Nudged, Nudge: "gathering", Flow: "recurring.gathering"}

const day = 24 * time.Hour

func TestTheGatheringComesInAWeekWithThanksAndInNoOther(t *testing.T) {
	tests := map[string]struct {
		with  func(c *chat)
		comes bool
	}{
		"nothing at all": {func(*chat) {}, false},
		"words that were no thanks": {func(c *chat) {
			c.entries = []flows.Record{{ID: "1", At: c.now.Add(-day), Kind: "shared", Text: "I was late."}, {ID: "2", At: c.now.Add(-2 * day), Kind: "received", Text: "Good morning."}}
		}, false},
		"only given":      {func(c *chat) { c.entries = []flows.Record{thanked(c, "shared", "The tea.", day)} }, true},
		"only received":   {func(c *chat) { c.entries = []flows.Record{thanked(c, "received", "The tea.", 6*day)} }, true},
		"the week before": {func(c *chat) { c.entries = []flows.Record{thanked(c, "received", "The tea.", 7*day+time.Hour)} }, false},
		"of a moment ago": {func(c *chat) { c.entries = []flows.Record{thanked(c, "shared", "The tea.", time.Second)} }, true},
		"from before being linked": {func(c *chat) {
			c.couple.Since = c.now.Add(-day)
			c.entries = []flows.Record{thanked(c, "received", "The tea.", 2*day)}
		}, false},
		"closed": {func(c *chat) {
			c.person.About["safety"] = "worrying 2026-05-06"
			c.entries = []flows.Record{thanked(c, "received", "The tea.", day)}
		}, false},
		"no longer linked": {func(c *chat) {
			c.couple = flows.Couple{}
			c.entries = []flows.Record{thanked(c, "received", "The tea.", day)}
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := gathering(t)
			test.with(c)
			before := string(c.session)
			effects := c.step(gatheringDue)
			if comes := len(effects) > 0; comes != test.comes {
				t.Fatalf("it leads to %+v", effects)
			}
			if !test.comes && string(c.session) != before && before != "" {
				t.Error("it leaves something behind")
			}
			if test.comes && strings.Contains(strings.ToLower(c.last().Text), "thank") {
				t.Errorf("a locked screen shows %q", c.last().Text)
			}
		})
	}
}

// Whatever is silent now is not announced for later today either.
func TestASilentGatheringIsNotAmongWhatComesToday(t *testing.T) {
	c := gathering(t)
	c.now = c.now.Add(-time.Hour)
	if said := c.say("/today"); strings.Contains(said, "thanks") {
		t.Errorf("it is announced: %q", said)
	}
	c.say("/cancel")
	c.entries = []flows.Record{thanked(c, "received", "The tea.", day)}
	if said := c.say("/today"); !strings.Contains(said, "the week's thanks, at 20:00") {
		t.Errorf("it is not announced: %q", said)
	}
}

// However late a gathering comes within its grace, and however soon it is looked at, each
// thank-you is in one of them.
func TestNoThanksFallBetweenTwoGatherings(t *testing.T) {
	const weeks = 12
	lots := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		c := gathering(t)
		start := c.now
		var all []flows.Record
		for range 6 {
			at := start.Add(time.Duration(lots.Int64N(int64((weeks - 1) * 7 * day))))
			all = append(all, flows.Record{ID: at.String(), At: at, Kind: "received", Text: at.String(), Values: map[string]any{"about": flows.Thanks}})
		}
		slices.SortFunc(all, func(a, b flows.Record) int { return b.At.Compare(a.At) })
		seen := map[string]bool{}
		for week := range weeks + 1 {
			c.now = start.Add(time.Duration(week)*7*day + time.Duration(lots.Int64N(int64(3*time.Hour))))
			c.entries = slices.DeleteFunc(slices.Clone(all), func(r flows.Record) bool { return r.At.After(c.now) })
			if len(c.step(gatheringDue)) == 0 {
				continue
			}
			c.press("Now")
			for _, m := range c.shown {
				for _, r := range all {
					seen[r.ID] = seen[r.ID] || strings.Contains(m.Text, r.Text)
				}
			}
			c.shown = nil
			c.say("/cancel")
		}
		for _, r := range all {
			if !seen[r.ID] {
				t.Fatalf("%v is in no gathering", r.At)
			}
		}
	}
}

// What goes over out of /gratitude is a thank-you, and nothing else is.
func TestOnlyWhatComesOutOfGratitudeIsAThankYou(t *testing.T) {
	c := gathering(t)
	c.say("/gratitude")
	c.press("Something that Ben did")
	c.say("You rang before you were late.")
	if said := c.press("Not much"); !strings.Contains(said, "as a thank-you") {
		t.Errorf("before it goes, it says %q", said)
	}
	shares := effectsOf[flows.Share](c, press(c, "Send it"))
	if len(shares) != 1 || shares[0].About != flows.Thanks {
		t.Errorf("what goes over is %+v", shares)
	}
	c.say("/partner")
	c.press("Give them some words")
	if said := c.say("Good morning."); strings.Contains(said, "thank") {
		t.Errorf("before it goes, it says %q", said)
	}
	shares = effectsOf[flows.Share](c, press(c, "Send it"))
	if len(shares) != 1 || shares[0].About != "" {
		t.Errorf("what goes over is %+v", shares)
	}
	if said := c.say("/thanks"); !strings.Contains(said, "You rang") || strings.Contains(said, "Good morning") {
		t.Errorf("gathered is %q", said)
	}
}

// Whoever has read the other one's words can leave it at that, or let them know. Nobody is asked
// that about somebody's having read theirs.
func TestThatWordsWereReadIsToldIfTheirReaderLikes(t *testing.T) {
	comes := func(c *chat, about string) string {
		c.news = []flows.News{{ID: 1, At: c.now, Kind: flows.NewsShare, Text: "The tea.", From: "Ben", About: about}}
		c.say("/partner")
		said := c.press("See what has come")
		c.news = nil
		return said
	}
	c := gathering(t)
	comes(c, "")
	if shares := effectsOf[flows.Share](c, press(c, "I've taken it in")); len(shares) > 0 {
		t.Errorf("%+v goes over", shares)
	}
	comes(c, "")
	c.press("Tell them “I've read it.”")
	if shares := effectsOf[flows.Share](c, press(c, "Send it")); len(shares) != 1 || shares[0].About != flows.ReadIt {
		t.Errorf("%+v goes over", shares)
	}
	if said := comes(c, flows.ReadIt); strings.Contains(said, "taken it in") || strings.Contains(said, "thank") || len(c.last().Buttons) > 0 {
		t.Errorf("it says %q", said)
	}
}

const sharingAbout = `
id: test.about
command: tryabout
title: About
does: shares something
vars: {words: Good morning., about: a verdict}
steps:
  - {id: share, couple: share, words: words, about: about}
  - {id: end, end: Over.}
`

func TestOfWhatAShareIsAboutNothingElseGoesOver(t *testing.T) {
	c := agreeing(t, clearToday)
	c.book = bookOf(t, sharingAbout)
	shares := effectsOf[flows.Share](c, flows.Event{Kind: flows.Said, Text: "/tryabout"})
	if len(shares) != 1 || shares[0] != (flows.Share{Text: "Good morning."}) {
		t.Errorf("what goes over is %+v", shares)
	}
}

func TestWhetherToGatherIsAskedOnceAfterTheFirstThanks(t *testing.T) {
	c := gathering(t)
	c.nudges = nil
	came := func(about string) string {
		c.news = []flows.News{{ID: 1, At: c.now, Kind: flows.NewsShare, Text: "The tea.", From: "Ben", About: about}}
		c.say("/partner")
		said := c.press("See what has come")
		c.news = nil
		return said + c.press("I've taken it in")
	}
	const question = "once a week for you?"
	if said := came(""); strings.Contains(said, question) {
		t.Errorf("after other words it says %q", said)
	}
	if said := came(flows.Thanks); !strings.Contains(said, question) || !strings.Contains(said, "A thank-you from Ben") {
		t.Errorf("after the first it says %q", said)
	}
	c.press("Rather not")
	if said := came(flows.Thanks); strings.Contains(said, question) {
		t.Errorf("after the next it says %q", said)
	}
	if len(c.nudges) > 0 {
		t.Errorf("a no sets %+v", c.nudges)
	}
}

func TestAnExportHasTheThanksThatWereGivenAndNotThoseReceived(t *testing.T) {
	c := gathering(t)
	c.entries = []flows.Record{thanked(c, "shared", "The soup.", day), thanked(c, "received", "The tea.", 2*day)}
	c.say("/thanks")
	file, err := c.book.Export(c.person, c, c.turn(flows.Event{}).Session, c.now, "export.json")
	if err != nil {
		t.Fatal(err)
	}
	if text := string(file.Data); !strings.Contains(text, "The soup.") || !strings.Contains(text, `"about": "thanks"`) || strings.Contains(text, "The tea.") || strings.Contains(text, "Ben") {
		t.Errorf("the export is %s", text)
	}
}

// Among many other words that went over, the thanks are found, and turned over in pages.
func TestThanksAreFoundAmongMuchElse(t *testing.T) {
	c := gathering(t)
	for i := range 60 {
		e := thanked(c, "shared", "Word "+string(rune('A'+i%26))+".", time.Duration(i)*day)
		e.ID = e.At.String()
		if i%11 > 0 {
			e.Values = nil
		}
		c.entries = append(c.entries, e)
	}
	said := c.say("/thanks")
	said += c.press("Some from before") + c.press("Older")
	for _, want := range []string{"Word A", "Word L", "Word W", "Word H", "Word S", "Word D"} {
		if strings.Count(said, want) != 1 {
			t.Errorf("%s is not there once: %s", want, said)
		}
	}
	if n := strings.Count(said, "from you"); n != 6 {
		t.Errorf("%d are shown, in %s", n, said)
	}
}
