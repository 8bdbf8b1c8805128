package flows_test

import (
	"strings"
	"testing"

	"kintsugi/flows"
)

const oneMore = "One more small thing is here, if it suits."

func TestWhatFoundNoRoomIsOfferedBehindWhatCame(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.nudges = []flows.Nudge{{ID: "check-in", Rule: "30 19 * * *", Flow: "recurring.check-in"}}
	c.at("18:30")
	if at := c.putOff(proposalDue); at != "8 21:00" {
		t.Fatalf("it comes on %q", at)
	}
	c.at("19:30")
	if got := c.answer(checkInDue); !strings.HasSuffix(got, " Something else waits with it.") {
		t.Errorf("the check-in says nothing of it: %q", got)
	}
	c.press("Now")
	c.say("6")
	c.say("4")
	c.press("That's it")
	var back bool
	for _, e := range c.step(flows.Event{Kind: flows.Pressed, Token: c.token("No line today")}) {
		if s, ok := e.(flows.Snooze); ok && s.ID == "proposal" {
			back = s.At.IsZero()
		}
	}
	if got := c.last().Text; got != oneMore {
		t.Errorf("behind it comes %q", got)
	}
	if !back {
		t.Error("and it comes by itself as well")
	}
	if got := c.press("Now"); !strings.Contains(got, "minutes") {
		t.Errorf("it is %q", got)
	}
	c.press("Not now")
	if got := c.say("/checkin"); got == "" || strings.Contains(got, oneMore) {
		t.Errorf("a check-in begins with %q", got)
	}
}

func TestWhatNobodyTookUpComesByItself(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.nudges = []flows.Nudge{{ID: "check-in", Rule: "30 19 * * *", Flow: "recurring.check-in"}}
	c.at("18:30")
	c.step(proposalDue)
	c.at("19:30")
	c.step(checkInDue)
	c.at("21:00")
	if got := c.answer(proposalDue); got == "" || strings.Contains(got, "yesterday") {
		t.Errorf("it comes as %q", got)
	}
}

func TestWhatWaitsOverNightSaysSo(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.nudges = []flows.Nudge{
		{ID: "check-in", Rule: "30 19 * * *", Flow: "recurring.check-in"},
		{ID: "gratitude", Rule: "15 21 * * *", Flow: "recurring.gratitude"},
		{ID: "rephrase", Rule: "30 9 * * *", Flow: "recurring.rephrase"},
	}
	c.at("18:30")
	if at := c.putOff(proposalDue); at != "9 09:30" {
		t.Errorf("it comes on %q", at)
	}
	c.at("19:30")
	c.step(checkInDue)
	c.at("09:30") // whatever is to come that day, it waits no longer
	if got := c.answer(proposalDue); !strings.HasSuffix(got, " It has waited since yesterday.") {
		t.Errorf("it comes as %q", got)
	}
}

// Neither may be told by a button that it was for both.
func TestTwoOfOneMomentAreOffered(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.nudges = []flows.Nudge{
		{ID: "check-in", Rule: "30 19 * * *", Flow: "recurring.check-in"},
		{ID: "gratitude", Rule: "30 19 * * *", Flow: "recurring.gratitude"},
	}
	c.at("19:30")
	c.step(checkInDue)
	if at := c.putOff(gratitudeDue); at != "8 21:00" {
		t.Errorf("the other one comes on %q", at)
	}
	if got := c.press("Not today"); got != "Then not today.\n\n"+oneMore {
		t.Errorf("behind it comes %q", got)
	}
}

func TestNotTodayHoldsForAllOfAKind(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.items = []flows.Item{{ID: "0a", Kind: "promise", State: "open", Text: "I ring"}, {ID: "0b", Kind: "promise", State: "open", Text: "I write"}}
	followUp := due("follow-up", "recurring.promise-follow-up")
	followUp.About = "0a"
	c.step(followUp)
	followUp.About = "0b"
	c.step(followUp)
	back := false
	for _, e := range c.step(flows.Event{Kind: flows.Pressed, Token: c.token("Not today")}) {
		s, ok := e.(flows.Snooze)
		back = back || ok && s.About == "0b" && s.At.IsZero()
	}
	if got := c.last().Text; got != "Then not today." || !back {
		t.Errorf("behind it comes %q, or by itself (%t)", got, !back)
	}
}

func TestAHardDayIsNotMadeLonger(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.at("19:30")
	c.step(checkInDue)
	c.step(gratitudeDue)
	c.press("Now")
	for _, said := range []string{"3", "9", "/skip", "/skip", "/skip", "/skip"} {
		if got := c.say(said); strings.Contains(got, oneMore) {
			t.Errorf("behind it comes %q", got)
		}
	}
	if len(c.kept("check-in")) != 1 {
		t.Error("the check-in isn't over")
	}
}

func TestNothingIsOfferedInARestOrBehindWhatIsHidden(t *testing.T) {
	for _, said := range []string{"/exit", "pause"} {
		c := newChat(t, wholeBook(t))
		c.step(checkInDue)
		c.step(gratitudeDue)
		if said == "pause" {
			c.person.About = map[string]string{flows.Pause: flows.PauseOpen}
		} else {
			c.say(said)
			c.person.About = nil
			c.step(checkInDue)
		}
		if got := c.press("Not today"); strings.Contains(got, oneMore) {
			t.Errorf("%s: behind it comes %q", said, got)
		}
	}
}

func TestWhatIsSwitchedOffIsOfferedNoMore(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.nudges = []flows.Nudge{{ID: "gratitude", Rule: "0 20 * * *", Flow: "recurring.gratitude"}}
	c.person.Zone = "Europe/Dublin"
	c.step(checkInDue)
	c.step(gratitudeDue)
	c.say("/reminders")
	c.press("Switch them off")
	c.now = c.now.AddDate(0, 0, 1)
	c.step(checkInDue)
	if got := c.press("Not today"); got != "Then not today." {
		t.Errorf("behind it comes %q", got)
	}
}

// What came first may not have been seen yet.
func TestWhatSomethingElseComesSoonAfterIsNotLost(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.at("19:30")
	c.step(checkInDue)
	c.at("19:45")
	if got := c.answer(gratitudeDue); !strings.HasSuffix(got, " Something else waits with it.") {
		t.Errorf("it comes as %q", got)
	}
	if got := c.press("Not today"); got != "Then not today.\n\n"+oneMore {
		t.Errorf("behind it comes %q", got)
	}
}
