package flows_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// onFloor gives a chat with somebody whose words sounded like danger at that time.
func onFloor(t failer, at time.Time, words string) *chat {
	t.Helper()
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone, c.person.Country = true, "UTC", "GB"
	c.now = at
	c.say(words)
	return c
}

const (
	anew      = "How is it now?"
	dangerNow = "Is there danger now"
)

var evening = time.Date(2026, 5, 7, 23, 35, 0, 0, time.UTC)

// Whoever comes back on another day to a question about danger is met gently, with the
// numbers one press away.
func TestANewDayBeginsGentlyAfterDanger(t *testing.T) {
	for name, test := range map[string]struct {
		at    time.Time
		after time.Duration
		said  string
		want  string
	}{
		"the next morning":               {evening, 7 * time.Hour, "hi", anew},
		"the next morning, a story":      {evening, 7 * time.Hour, "slept two hours on the sofa", anew},
		"a day later":                    {evening, 30 * time.Hour, "hi", anew},
		"a day later, an old answer":     {evening, 30 * time.Hour, "not at the moment", anew},
		"in the small hours, and at six": {time.Date(2026, 5, 8, 3, 10, 0, 0, time.UTC), 3*time.Hour + 20*time.Minute, "hello", anew},
		"in the same night":              {evening, time.Hour, "hi", dangerNow},
		"past midnight":                  {evening, 4 * time.Hour, "hi", dangerNow},
		"before and after five":          {time.Date(2026, 5, 8, 4, 50, 0, 0, time.UTC), 20 * time.Minute, "hi", dangerNow},
		"an answer in the morning":       {evening, 7 * time.Hour, "not at the moment", "Good to know."},
		"another danger in the morning":  {evening, 7 * time.Hour, "i want to die", "I'm stopping here"},
		"another danger a day later":     {evening, 30 * time.Hour, "i want to die", "I'm stopping here"},
		"taken back in the morning":      {evening, 7 * time.Hour, "i was just being dramatic", "I ask once more"},
	} {
		t.Run(name, func(t *testing.T) {
			c := onFloor(t, test.at, "i want to die")
			c.now = c.now.Add(test.after)
			before := len(c.shown)
			c.say(test.said)
			var got []string
			for _, m := range c.shown[before:] {
				got = append(got, m.Text)
			}
			if !strings.Contains(strings.Join(got, "\n"), test.want) {
				t.Errorf("%q is answered by %q, want %q", test.said, got, test.want)
			}
		})
	}
}

func TestTheChatThatComesIntoViewOnAnotherDayMeetsThemAnewToo(t *testing.T) {
	for _, kind := range []flows.EventKind{flows.Opened, flows.Sent} {
		c := onFloor(t, evening, "i want to die")
		c.now = c.now.Add(9 * time.Hour)
		c.step(flows.Event{Kind: kind, Thing: "sticker"})
		if got := c.last().Text; !strings.Contains(got, anew) {
			t.Errorf("%v: %q", kind, got)
		}
	}
}

// How it is now leads on: to the numbers and the question about danger, or to an end.
func TestWhereANewDayLeads(t *testing.T) {
	for danger, line := range map[string]string{"i want to die": "116 123", "he choked me": "0808 2000 247", "i could kill him": "0808 802 4040"} {
		for said, want := range map[string]string{
			"a little better": "/helpnow has the numbers", "much the same": dangerNow, "worse": dangerNow, "the numbers, please": "And now?",
			"I didn't mean it like that": "I ask once more", "/skip": "/helpnow has the numbers",
			"i want to kill myself": dangerNow, "i was just being dramatic": "I ask once more",
		} {
			c := onFloor(t, evening, danger)
			c.now = c.now.Add(8 * time.Hour)
			c.say("hi")
			before := len(c.shown)
			c.say(said)
			all := ""
			for _, m := range c.shown[before:] {
				all += m.Text + "\n"
			}
			if !strings.Contains(all, want) {
				t.Errorf("%q, then %q: %q", danger, said, all)
			}
			if want == dangerNow && said != "i want to kill myself" && !strings.Contains(all, line) || want == "And now?" && !strings.Contains(all, line) {
				t.Errorf("%q, then %q: no %s in %q", danger, said, line, all)
			}
		}
	}
}

// The numbers of yesterday are no reason not to say them today.
func TestDangerOnAnotherDayIsAnsweredWhereHelpWasOpen(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone, c.person.Country = true, "UTC", "GB"
	c.now = evening
	c.say("/helpnow")
	c.now = c.now.Add(8 * time.Hour)
	if got := c.say("i want to die"); !strings.Contains(got, dangerNow) {
		t.Errorf("got %q", got)
	}
}

// Whoever wants the plan has just been told the numbers.
func TestThePlanComesWithoutTheNumbersAgain(t *testing.T) {
	for _, kept := range []bool{false, true} {
		c := onFloor(t, evening, "i want to die")
		if kept {
			c.entries = append(c.entries, flows.Record{ID: "p/1", At: evening, Kind: "safety-plan", Text: "For ten minutes: the car"})
		}
		c.say("not at the moment")
		before := len(c.shown)
		got := c.press("A plan for bad hours")
		for _, m := range c.shown[before:] {
			if strings.Contains(m.Text, "116 123") {
				t.Errorf("the numbers again: %q", m.Text)
			}
		}
		if kept && !c.hasButton("Write the plan anew") || !kept && !strings.Contains(got, "How do you notice") {
			t.Errorf("with a plan kept %v: %q", kept, got)
		}
	}
}

// /back leads out of a wrong button here too, and the numbers stay up.
func TestAWrongButtonOnTheFloorIsPutRight(t *testing.T) {
	c := onFloor(t, evening, "i want to die")
	c.press("Yes, or there could be")
	if got := c.say("sorry wrong button"); !strings.Contains(got, dangerNow) {
		t.Errorf("got %q", got)
	}
	if c.person.About["pause"] == "" {
		t.Error("what rests has begun again")
	}
}

func TestAPlanLeftHalfWrittenIsTakenUpWithoutTheNumbersAgain(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone, c.person.Country = true, "UTC", "GB"
	for _, text := range []string{"/helpnow", "write a plan for bad hours", "/checkin", "i want to die", "not at the moment"} {
		c.say(text)
	}
	before := len(c.shown)
	c.press("A plan for bad hours")
	for _, m := range c.shown[before:] {
		if strings.Contains(m.Text, "116 123") {
			t.Errorf("the numbers again: %q", m.Text)
		}
	}
	if !c.hasButton("Go on") {
		t.Errorf("it isn't taken up: %q", c.last().Text)
	}
}
