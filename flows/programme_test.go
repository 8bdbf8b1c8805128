package flows_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// programmeChat is with somebody whose trust was broken.
func programmeChat(t failer) *chat {
	c := newChat(t, wholeBook(t))
	c.person.Role, c.person.Zone = "betrayed", "Europe/Dublin"
	return c
}

// checkedIn keeps a check-in of so many days ago.
func (c *chat) checkedIn(days int, stirred float64) {
	at := c.now.AddDate(0, 0, -days).Add(-time.Hour)
	c.entries = append([]flows.Record{{ID: at.String(), At: at, Kind: "check-in", Values: map[string]any{"stirred": stirred}}}, c.entries...)
}

func TestAfterAHardDayOnlyLightThingsAreProposed(t *testing.T) {
	for name, e := range map[string]struct {
		set   func(c *chat)
		light bool
		why   string
	}{
		"an ordinary day":           {func(c *chat) { c.checkedIn(0, 5) }, false, ""},
		"a stirred-up one":          {func(c *chat) { c.checkedIn(1, 9); c.checkedIn(0, 5) }, true, "check-in"},
		"one long ago":              {func(c *chat) { c.checkedIn(4, 9); c.checkedIn(0, 5) }, false, ""},
		"words of danger":           {func(c *chat) { c.say("I want to die"); c.say("/cancel") }, true, ""},
		"words of danger, later":    {func(c *chat) { c.say("I want to die"); c.say("/cancel"); c.now = c.now.AddDate(0, 0, 9) }, true, ""},
		"words of danger, long ago": {func(c *chat) { c.say("I want to die"); c.say("/cancel"); c.now = c.now.AddDate(0, 0, 11) }, false, ""},
		"what was taken back": {func(c *chat) {
			c.say("I want to die")
			c.press("I didn't mean it like that")
			c.press("It was only a way of speaking")
		}, false, ""},
	} {
		c := programmeChat(t)
		e.set(c)
		got := c.say("/next")
		if light := strings.Contains(got, "A card for rough days"); light != e.light {
			t.Errorf("%s: %q", name, got)
		}
		if e.light && strings.Contains(got, "check-in") != (e.why != "") || strings.Contains(got, "danger") {
			t.Errorf("%s: the reason is %q", name, got)
		}
	}
}

// Each rests when it was proposed twice, and what asks more isn't proposed then either.
func TestOfLightThingsNoneComesOverAndOver(t *testing.T) {
	c := programmeChat(t)
	times := map[string]int{}
	for range 30 {
		c.checkedIn(0, 9)
		c.checkedIn(0, 5)
		_, title, _ := strings.Cut(c.say("/next"), "“")
		title, _, _ = strings.Cut(title, "”")
		times[title]++
		if len(c.last().Buttons) > 0 {
			c.press("Not now")
		}
		c.now = c.now.Add(time.Hour)
	}
	delete(times, "") // there's nothing more
	if len(times) < 6 || times["A limit of my own"] > 0 {
		t.Errorf("proposed are %v", times)
	}
	for title, n := range times {
		if n > 2 {
			t.Errorf("%q is proposed %d times", title, n)
		}
	}
}

func TestWhatWasBegunRestsAndIsCalledBegunLater(t *testing.T) {
	c := programmeChat(t)
	c.say("/p12_1")
	for range 60 {
		if strings.Contains(c.person.About["begun"], "boundaries.establish") || c.isDone("boundaries.establish") {
			break
		}
		c.say("/skip")
	}
	if !strings.Contains(c.person.About["begun"], "boundaries.establish") {
		t.Fatalf("it is not noted: %q, %d entries", c.person.About["begun"], len(c.entries))
	}
	title := "“A limit of my own”"
	for days, want := range map[int]bool{1: false, 27: false, 28: true} {
		d := *c
		d.now = c.now.AddDate(0, 0, days)
		found := false
		for range 30 {
			got := d.say("/next")
			if strings.Contains(got, title) {
				found = true
				if !strings.Contains(got, "begun") && !strings.Contains(got, "made a start") {
					t.Errorf("after %d days it is new: %q", days, got)
				}
			}
			d.press("Not now")
		}
		if found != want {
			t.Errorf("after %d days it is proposed: %t", days, found)
		}
	}
}

func (c *chat) isDone(flow string) bool {
	for _, e := range c.entries {
		if e.Kind == "practice" && e.Flow == flow {
			return true
		}
	}
	return false
}

func TestWhatWasOnlyLookedAtIsNotCalledBegun(t *testing.T) {
	c := programmeChat(t)
	c.say("/p3_1")
	c.press("Not for me now")
	for range 20 {
		c.say("/skip")
	}
	if got := c.person.About["begun"]; strings.Contains(got, "first-appointment") {
		t.Errorf("begun: %q", got)
	}
}

// A weekly proposal is one that the program makes: there is one such a day, and it is listed
// and switched off like all the others.
func TestTheWeeklyProposalIsUnrequestedAndCanBeSwitchedOff(t *testing.T) {
	c := programmeChat(t)
	c.say("/reminders")
	c.press("What could come next, weekly")
	c.sure("18:30")
	if len(c.nudges) != 1 || !c.nudges[0].Unrequested || c.nudges[0].Loose {
		t.Fatalf("set are %+v", c.nudges)
	}
	if got := c.say("/reminders"); !strings.Contains(got, "What could come next, Thursdays at 18:30") {
		t.Errorf("it is not listed: %q", got)
	}
	c.press("Switch them off")
	if len(c.nudges) != 0 {
		t.Errorf("left are %+v", c.nudges)
	}
}
