package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"kintsugi/flows"
)

// dayFlow asks for a day and says whether an expression about it holds.
func dayFlow(expression string) string {
	return fmt.Sprintf(`
id: test.days
command: days
does: ask for a day
title: Days
vars: {blank: {type: date}, it: {type: item}}
steps:
  - {id: day, ask: "Which?", type: date, save: day}
  - id: holds
    when: %s
    say: It holds.
  - {id: end, end: Over.}
`, expression)
}

// It is Thursday 7 May 2026 in the chat.
func TestDatesInExpressions(t *testing.T) {
	for _, e := range []struct {
		day, expression string
		want            bool
	}{
		{"29 February 2028", `day.Month() == 2 && day.Day() == 29`, true},
		{"28 February 2027", `day.Month() == 2 && day.Day() == 29`, false},
		{"29 March 2028", `day.Month() == 2 && day.Day() == 29`, false},
		{"29 February 2028", `2 == day.Month() and day.Month() in [1, 2] and day.Month() < 3`, true},
		{"3 June 2026", `day.Format("2006-01-02") == "2026-06-03"`, true},
		{"3 June 2026", `day.Weekday() == 3`, true},
		{"3 June 2026", `day.Weekday() != 3`, false},
		{"7 June 2026", `day.Weekday() == 0`, true},
		{"3 June 2026", `day.Weekday().String() == "Wednesday"`, true},
		{"3 June 2026", `day.AddDate(0, 1, 0).Month() == 7`, true},
		{"3 June 2026", `day > today && day.Year() == 2026`, true},
		{"7 May 2026", `day == today && days_to(day) == 0`, true},
		{"8 May 2026", `days_to(day) == 1`, true},
		{"7 May 2025", `days_to(day) == -365`, true},
		{"7 May 2026", `days_to(blank) == 9999`, true},
		{"7 May 2026", `comes(it, "day").IsZero() && not answered.blank`, true},
	} {
		c := newChat(t, bookOf(t, dayFlow(e.expression)))
		for _, said := range []string{"/days", e.day} {
			c.say(said)
		}
		if got := c.say("yes"); (got == "It holds.\nOver.") != e.want {
			t.Errorf("%s with %s: %q", e.expression, e.day, got)
		}
	}
}

func TestComesGivesTheDayThatTheNextNudgeIsAbout(t *testing.T) {
	for rule, want := range map[string]string{
		"once 2026-05-20 09:00":     "2026-05-20",
		"once 2026-05-20 09:00 -3d": "2026-05-20",
		"once 2026-05-20 09:00 +1d": "2026-05-20",
		"once 2026-05-06 09:00":     "0001-01-01", // over
		"once 2026-05-07 20:00":     "2026-05-07", // this very minute
		"once 2026-05-08 20:00 -1d": "2026-05-08",
		"yearly 05-07 09:00":        "2026-05-07", // this morning
		"yearly 05-09 09:00 -2d":    "2026-05-09",
		"yearly 05-06 09:00 +1d":    "2026-05-06",
		"yearly 05-06 09:00":        "2027-05-06",
		"0 9 * * 4":                 "2026-05-14",
		"monthly 31 09:00":          "2026-05-31",
		"yearly 02-29 09:00 -7d":    "2027-02-28",
		"every 14 2026-05-01 09:00": "2026-05-15",
		"0 9 * * *":                 "2026-05-08",
		"not a rule":                "0001-01-01",
	} {
		c := newChat(t, bookOf(t, dayFlow(fmt.Sprintf(`comes(items("goal")[0], "day").Format("2006-01-02") == %q`, want))))
		c.items = []flows.Item{{ID: "0a", Kind: "goal", State: "open"}}
		c.nudges = []flows.Nudge{
			{ID: "day", Rule: "once 2026-05-08 09:00"}, {ID: "day", About: "0b", Rule: "once 2026-05-08 09:00"},
			{ID: "other", About: "0a", Rule: "once 2026-05-08 09:00"}, {ID: "day", About: "0a", Rule: rule},
		}
		for _, said := range []string{"/days", "today"} {
			c.say(said)
		}
		if got := c.say("yes"); got != "It holds.\nOver." {
			t.Errorf("%s is not about %s", rule, want)
		}
	}
}

// The day after a day, what still comes about it doesn't make it the next day.
func TestTheNextDayOfAnItemIsNeverOneThatHasBeen(t *testing.T) {
	for rule, want := range map[string]string{
		"yearly 05-07 09:00 +1d": "Thursday 7 May",
		"yearly 05-06 09:00 +1d": "Saturday 15 August",
		"yearly 05-06 21:00":     "Saturday 15 August",
	} {
		c := newChat(t, bookOf(t, strings.Replace(dayFlow("true"), "{id: end, end: Over.}", `{id: end, end: '{{range .Items "goal"}}{{.On}}{{end}}'}`, 1)))
		c.items = []flows.Item{{ID: "0a", Kind: "goal", State: "open"}}
		c.nudges = []flows.Nudge{
			{ID: "after", About: "0a", Rule: rule}, {ID: "day", About: "0a", Rule: "yearly 08-15 09:00"},
		}
		for _, said := range []string{"/days", "today"} {
			c.say(said)
		}
		if got := c.say("yes"); got != "It holds.\n"+want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
}
