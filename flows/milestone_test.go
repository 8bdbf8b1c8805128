package flows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows"
	"kintsugi/flows/schedule"
)

// marked gives somebody a day that comes back, set as the flows set it.
func marked(t failer, book *flows.Book, feeling, repeat string, day time.Time) *chat {
	t.Helper()
	c := newChat(t, book)
	c.items = []flows.Item{{ID: "0a", Kind: "milestone", State: "open", Text: "that day", At: c.now, Values: map[string]any{
		"what": "that day", "day": day.Format(time.DateOnly), "repeat": repeat, "ahead": -3.0, "at": "09:00",
	}}}
	if feeling != "" {
		c.items[0].Values["feeling"] = feeling
	}
	c.say("/milestones") // it is set to come back where it was not
	c.say("/skip")
	if repeat != "once" && len(c.nudges) != 3 {
		t.Fatalf("set are %v", c.nudges)
	}
	return c
}

// comes has what is set about the day come, and opens it.
func (c *chat) comes(id string) string {
	i := slices.IndexFunc(c.nudges, func(n flows.Nudge) bool { return n.ID == id })
	n := c.nudges[i]
	rule, err := schedule.Parse(n.Rule)
	if err != nil {
		c.t.Fatalf("%s: %v", n.Rule, err)
	}
	at, ok := rule.Next(c.now, c.now.Location())
	if !ok {
		c.t.Fatalf("%s comes no more", n.Rule)
	}
	c.now = at
	if _, again := rule.Next(at, at.Location()); !again {
		c.dropNudge(n.ID, n.About)
	}
	c.answer(flows.Event{Kind: flows.Nudged, Nudge: n.ID, About: n.About, Flow: n.Flow})
	return c.press("Now")
}

func (c *chat) hasButton(label string) bool {
	return slices.ContainsFunc(c.last().Buttons, func(b flows.Button) bool { return b.Label == label })
}

func TestNobodyIsCongratulatedOnADayThatIsNotMarkedGlad(t *testing.T) {
	book := wholeBook(t)
	for _, feeling := range []string{"glad", "mixed", "painful", ""} {
		c := marked(t, book, feeling, "yearly", c2026(8, 1))
		c.comes("lead")
		if got, want := c.hasButton("Celebrate it"), feeling == "glad"; got != want {
			t.Errorf("%q: celebrating is offered: %v", feeling, got)
		}
		if c.hasButton("Celebrate it") {
			continue
		}
		said := []string{c.say("celebrate it"), c.say("mark it quietly"), c.say("/skip")}
		said = append(said, c.comes("day"), c.comes("after"), c.say("10"), c.say("/skip"))
		for _, cheer := range []string{"celebrat", "congrat", "happy", "anniversary", "good day", "good one", "enjoy", "/goals", "!"} {
			if text := strings.ToLower(strings.Join(said, "\n")); strings.Contains(text, cheer) {
				t.Errorf("%q: %q is said in\n%s", feeling, cheer, text)
			}
		}
	}
}

func c2026(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// The day that comes after one left out is worked out in the flow. It is the very day
// that the rule would have come to, in short months and leap years too.
func TestADayLeftOutOnceComesAgainOnTheNextOne(t *testing.T) {
	book := wholeBook(t)
	rapid.Check(t, func(t *rapid.T) {
		day := c2026(1, 1).AddDate(0, 0, rapid.IntRange(-3000, 1200).Draw(t, "day"))
		if rapid.Bool().Draw(t, "late in the month") {
			day = time.Date(day.Year(), day.Month(), rapid.IntRange(28, 31).Draw(t, "date"), 0, 0, 0, 0, time.UTC)
		}
		repeat := rapid.SampledFrom([]string{"monthly", "yearly"}).Draw(t, "repeat")
		c := marked(t, book, "painful", repeat, day)
		c.now = c.now.AddDate(0, 0, rapid.IntRange(0, 2000).Draw(t, "now"))
		want := c.daysOf("day", 2)[1]
		c.say("/milestones")
		c.press("that day")
		c.press("Leave it out")
		c.press("Only this time")
		for _, id := range []string{"lead", "day", "after"} {
			if got := c.daysOf(id, 1); got[0] != want {
				t.Fatalf("%s of %s, %s: %s, want %s", id, day.Format(time.DateOnly), repeat, got[0], want)
			}
		}
		c.comes("day")
		if today := schedule.DateOf(c.now, time.UTC); today != want || !strings.HasPrefix(c.ruleOf("day"), repeat) {
			t.Fatalf("it came on %s, and then by %s", today, c.ruleOf("day"))
		}
	})
}

// daysOf gives the next days that what is set under an id is about, today among them.
func (c *chat) daysOf(id string, count int) []schedule.Date {
	rule, err := schedule.Parse(c.ruleOf(id))
	if err != nil {
		c.t.Fatalf("%v", err)
	}
	var days []schedule.Date
	for after := c.now.Truncate(24 * time.Hour).Add(-1); len(days) < count; {
		o, ok := rule.Occasion(after, c.now.Location())
		if !ok {
			c.t.Fatalf("%s comes no more", c.ruleOf(id))
		}
		days = append(days, o.On)
		after = o.At
	}
	return days
}

func TestADayThatCameOnceIsOverAlsoWhereNobodyOpenedIt(t *testing.T) {
	c := marked(t, wholeBook(t), "mixed", "once", c2026(6, 20))
	for days, want := range map[int]string{20: "that day open", 44: "that day open", 45: "that day open", 46: "that day done"} {
		c.items[0].State = "open"
		c.now = c2026(5, 7).AddDate(0, 0, days).Add(20 * time.Hour)
		c.say("/milestones")
		c.say("/skip")
		if got := c.texts(); got != want {
			t.Errorf("%s: %s", c.now.Format(time.DateOnly), got)
		}
	}
}

// What somebody had in mind for a day is said on that day and on no other.
func TestAPlanIsSaidOnTheDayThatItWasFor(t *testing.T) {
	c := marked(t, wholeBook(t), "painful", "monthly", c2026(5, 20))
	c.comes("lead")
	c.press("Mark it quietly")
	c.say("a candle")
	if got := c.comes("day"); !strings.Contains(got, "“a candle”") {
		t.Errorf("on the day: %q", got)
	}
	if got := c.comes("day"); strings.Contains(got, "candle") {
		t.Errorf("a month later: %q", got)
	}
}
