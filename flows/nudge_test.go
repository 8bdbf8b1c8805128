package flows_test

import (
	"fmt"
	"testing"
)

// dated sets nudges with a day about a milestone, and one about nothing.
const dated = `
id: test.dated
command: dated
does: mark a day
title: Dated
about: it
vars: {day: {type: date}, hour: {type: time}, often: {type: choice}, lead: {type: number}}
steps:
  - {id: it, milestone: A day, as: it}
  - {id: day, ask: "Which?", type: date, save: day}
  - {id: often, ask: "Often?", type: choice, choices: [once: Once, weekly: Weekly, fortnightly: Fortnightly, monthly: Monthly, yearly: Yearly], save: often}
  - {id: lead, ask: "Lead?", type: number, save: lead}
  - {id: hour, ask: "At?", type: time, save: hour}
  - {id: set, nudge: day, about: it, opens: test.dated, at: hour, day: day, repeat: often, lead: lead}
  - {id: fixed, nudge: fixed, about: it, opens: test.dated, at: "09:05", day: day, lead: -2}
  - {id: plain, nudge: plain, opens: test.dated, at: hour, day: day, repeat: often, lead: lead}
  - {id: over, ask: "{{range .Nudges}}{{.When}}{{end}}. Over?", save: over}
`

// mark begins dated and answers its questions. It gives what is said in the end.
func (c *chat) mark(day, often, lead, hour string) string {
	c.say("/dated")
	return c.answerMark(day, often, lead, hour)
}

// answerMark answers the questions of dated; "" leaves one.
func (c *chat) answerMark(day, often, lead, hour string) string {
	c.sure(day)
	for _, said := range []string{often, lead} {
		if said == "" {
			said = "/skip"
		}
		c.say(said)
	}
	return c.sure(hour)
}

// sure gives a day or a time and confirms it, or leaves it for "".
func (c *chat) sure(said string) string {
	if said == "" {
		return c.say("/skip")
	}
	c.say(said)
	return c.say("yes")
}

// It is Thursday 7 May 2026, 20:00.
func TestANudgeWithADayIsSetByItsDay(t *testing.T) {
	for _, e := range []struct{ day, often, lead, rule, when string }{
		{"24 December 2026", "once", "", "once 2026-12-24 07:30", "on Thursday 24 December at 07:30"},
		{"24 December 2026", "", "", "once 2026-12-24 07:30", "on Thursday 24 December at 07:30"},
		{"3 January 2027", "once", "", "once 2027-01-03 07:30", "on Sunday 3 January 2027 at 07:30"},
		{"24 December 2026", "once", "-3", "once 2026-12-24 07:30 -3d", "on Monday 21 December at 07:30"},
		{"5 May 2026", "once", "3", "once 2026-05-05 07:30 +3d", "on Friday 8 May at 07:30"},
		{"14 March 2020", "yearly", "", "yearly 03-14 07:30", "every year on 14 March at 07:30"},
		{"29 February 2024", "yearly", "", "yearly 02-29 07:30", "every year on 28 February at 07:30"},
		{"1 March 2020", "yearly", "-1", "yearly 03-01 07:30 -1d", "every year on 28 February at 07:30"},
		{"31 January 2026", "monthly", "", "monthly 31 07:30", "on the 31st of each month at 07:30"},
		{"3 June 2026", "monthly", "2", "monthly 3 07:30 +2d", "on the 5th of each month at 07:30"},
		{"12 May 2026", "weekly", "", "every 7 2026-05-12 07:30", "Tuesdays at 07:30"},
		{"5 May 2026", "weekly", "-1", "every 7 2026-05-05 07:30 -1d", "Mondays at 07:30"},
		{"5 May 2026", "fortnightly", "", "every 14 2026-05-05 07:30", "every other Tuesday at 07:30"},
		{"5 May 2026", "fortnightly", "1", "every 14 2026-05-05 07:30 +1d", "every other Wednesday at 07:30"},
	} {
		c := newChat(t, bookOf(t, dated))
		got := c.mark(e.day, e.often, e.lead, "07:30")
		if c.ruleOf("day") != e.rule || c.ruleOf("plain") != e.rule || got != e.when+". Over?" {
			t.Errorf("%+v: set %q and %q, which %q", e, c.ruleOf("day"), c.ruleOf("plain"), got)
		}
	}
}

// ruleOf gives the rule of a nudge, or "".
func (c *chat) ruleOf(id string) string {
	for _, n := range c.nudges {
		if n.ID == id && (n.About == "") == (id == "plain") {
			return n.Rule
		}
	}
	return ""
}

func TestADayThatHasPassedSetsNothingAndTakesAwayWhatWasSet(t *testing.T) {
	for _, e := range []struct{ day, often, lead, hour string }{
		{"5 May 2026", "once", "", "07:30"},
		{"7 May 2026", "once", "", "19:00"}, // earlier today
		{"8 May 2026", "once", "-1", "07:30"},
		{"", "yearly", "", "07:30"},
		{"8 May 2026", "once", "", ""},
		{"8 May 2026", "once", "500", "07:30"},
	} {
		c := newChat(t, bookOf(t, dated))
		c.mark(e.day, e.often, e.lead, e.hour)
		if c.ruleOf("day") != "" || c.ruleOf("plain") != "" {
			t.Errorf("%+v set %+v", e, c.nudges)
		}
		c = newChat(t, bookOf(t, dated))
		c.mark("24 December 2026", "once", "", "07:30")
		if len(c.nudges) != 3 {
			t.Fatalf("set are %+v", c.nudges)
		}
		for range 4 {
			c.say("/back")
		}
		c.answerMark(e.day, e.often, e.lead, e.hour)
		if c.ruleOf("day") != "" || c.ruleOf("plain") != "" {
			t.Errorf("%+v left %+v", e, c.nudges)
		}
	}
}

func TestEachItemHasANudgeOfItsOwnUnderOneID(t *testing.T) {
	c := newChat(t, bookOf(t, dated))
	c.mark("24 December 2026", "once", "", "07:30")
	c.say("/skip")
	c.mark("25 December 2026", "once", "", "07:30")
	var got []string
	for _, n := range c.nudges {
		if n.ID == "day" {
			got = append(got, n.Rule)
		}
	}
	if want := "[once 2026-12-24 07:30 once 2026-12-25 07:30]"; fmt.Sprint(got) != want {
		t.Errorf("set are %v, want %s", got, want)
	}
	if got := c.ruleOf("plain"); got != "once 2026-12-25 07:30" {
		t.Errorf("the one about nothing is %q", got)
	}
}

// guarded sets and drops nudges about an item that a test provides.
const guarded = `
id: test.guarded
command: guarded
does: mind what is open
title: Guarded
about: it
steps:
  - {id: which, ask: "Which?", type: choice, choices: {items: goal, and: [none: None]}, save: it, skip: Nothing}
  - {id: hour, ask: "At?", type: time, save: hour}
  - {id: set, when: answered.hour, nudge: set, about: it, opens: test.guarded, at: hour}
  - {id: plain, nudge: plain, opens: test.guarded, at: hour}
  - {id: drop, when: not answered.hour, nudge: plain, about: it, off: true}
`

func TestANudgeAboutNoOpenItemDoesNothing(t *testing.T) {
	for _, which := range []string{"None", "/skip"} {
		c := newChat(t, bookOf(t, guarded))
		c.say("/guarded")
		c.say(which)
		c.sure("21:30")
		if got := c.ruleOf("set"); got != "" || len(c.nudges) != 1 {
			t.Errorf("%s set %+v", which, c.nudges)
		}
		c.say("/guarded")
		c.say(which)
		c.sure("") // no time: what comes back stays, and the one about nothing is not dropped
		if c.ruleOf("plain") != "30 21 * * *" {
			t.Errorf("%s left %+v", which, c.nudges)
		}
	}
}

func TestTheThirtyFirstStaysThatInAShortMonth(t *testing.T) {
	c := newChat(t, bookOf(t, dated))
	c.now = c.now.AddDate(0, 0, 30) // in June
	if got := c.mark("31 January 2026", "monthly", "", "07:30"); got != "on the 31st of each month at 07:30. Over?" {
		t.Errorf("got %q", got)
	}
}
