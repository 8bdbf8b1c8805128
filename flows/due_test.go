package flows_test

import (
	"testing"
	"time"

	"kintsugi/flows"
)

// dueFlow says what there is for today.
const dueFlow = `
id: test.due
command: due
does: say what there is for today
title: Due
steps:
  - id: say
    say: |
      {{range .Due}}{{.Kind}}: {{.Text}}. {{end}}/{{range .Later}} {{.Title}} {{.When}}.{{end}}
  - {id: some, when: len(due_items("")) > 0, say: "There are {{len .Due}}."}
  - {id: later, when: later_today("check-in"), say: A check-in later.}
`

// It is Thursday 7 May 2026, eight in the evening.
func TestAnItemIsDueOnADayOnWhichSomethingComesAboutIt(t *testing.T) {
	for rule, want := range map[string]bool{
		"once 2026-05-07 21:30":     true,
		"once 2026-05-08 21:30":     false,
		"once 2026-05-10 09:00 -3d": true, // comes today, about Sunday
		"once 2026-05-07 09:00 -3d": false,
		"30 21 * * *":               true,
		"0 9 * * *":                 true, // came this morning
		"0 9 * * 4":                 true,
		"0 9 * * 5":                 false,
		"yearly 05-07 09:00":        true,
		"yearly 05-08 09:00":        false,
		"no rule":                   false,
	} {
		c := newChat(t, bookOf(t, dueFlow))
		c.items = []flows.Item{{ID: "0a", Kind: "goal", State: "open", Text: "swim"}}
		c.nudges = []flows.Nudge{{ID: "step", About: "0a", Rule: rule, Flow: "test.due"}}
		if got := c.say("/due") == "A goal: swim. /\nThere are 1."; got != want {
			t.Errorf("%s: due %v, want %v", rule, got, want)
		}
	}
}

func TestAnItemIsDueFromItsDayOnUntilItWasLongAgo(t *testing.T) {
	for name, c := range map[string]struct {
		kind, day, state, next string
		want                   bool
	}{
		"today":                         {kind: "promise", day: "2026-05-07", want: true},
		"today, with more to come":      {kind: "promise", day: "2026-05-07", next: "once 2026-05-20 09:00", want: true},
		"tomorrow":                      {kind: "promise", day: "2026-05-08"},
		"of the other one's, today":     {kind: "their-milestone", day: "2026-05-07"},
		"lately":                        {kind: "promise", day: "2026-04-23", want: true},
		"lately, with more to come":     {kind: "promise", day: "2026-04-23", next: "once 2026-05-20 09:00"},
		"lately, and done":              {kind: "promise", day: "2026-04-23", state: "done"},
		"lately, and let go":            {kind: "goal", day: "2026-04-23", state: "dropped"},
		"long ago":                      {kind: "goal", day: "2026-04-22"},
		"without a day":                 {kind: "promise", day: "some day"},
		"a date today":                  {kind: "milestone", day: "2026-05-07", want: true},
		"a date that has passed lately": {kind: "milestone", day: "2026-05-06"},
	} {
		chat := newChat(t, bookOf(t, dueFlow))
		state := c.state
		if state == "" {
			state = "open"
		}
		chat.items = []flows.Item{{ID: "0a", Kind: c.kind, State: state, Text: "it", Values: map[string]any{"day": c.day, "n": 3.0}}}
		if c.next != "" {
			chat.nudges = []flows.Nudge{{ID: "day", About: "0a", Rule: c.next, Flow: "test.due"}}
		}
		if got := chat.say("/due") != "/"; got != c.want {
			t.Errorf("%s: due %v, want %v", name, got, c.want)
		}
	}
}

func TestWhatComesLaterTodayIsNamedWithItsTime(t *testing.T) {
	nudge := func(id, rule string) flows.Nudge { return flows.Nudge{ID: id, Rule: rule, Flow: "recurring." + id} }
	about := map[string]string{flows.QuietFrom: "22:00", flows.QuietTo: "07:00"}
	for name, c := range map[string]struct {
		nudges []flows.Nudge
		pause  string
		want   string
	}{
		"two":            {nudges: []flows.Nudge{nudge("gratitude", "30 21 * * *"), nudge("check-in", "0 21 * * 1-5")}, want: "/ A check-in 21:00. One good thing 21:30.\nA check-in later."},
		"something else": {nudges: []flows.Nudge{nudge("gratitude", "30 21 * * *")}, want: "/ One good thing 21:30."},
		"this morning":   {nudges: []flows.Nudge{nudge("check-in", "0 9 * * *")}, want: "/"},
		"another day":    {nudges: []flows.Nudge{nudge("check-in", "30 21 * * 5")}, want: "/"},
		"in quiet hours": {nudges: []flows.Nudge{nudge("check-in", "30 22 * * *")}, want: "/"},
		"in a rest":      {nudges: []flows.Nudge{nudge("check-in", "30 21 * * *")}, pause: "2026-05-20", want: "/"},
		"a flow gone":    {nudges: []flows.Nudge{nudge("nothing", "30 21 * * *")}, want: "/"},
		"about an item":  {nudges: []flows.Nudge{{ID: "check-in", About: "0z", Rule: "30 21 * * *", Flow: "recurring.check-in"}}, want: "/"},
	} {
		chat := newChat(t, bookOf(t, dueFlow))
		chat.now = time.Date(2026, 5, 7, 20, 0, 0, 0, time.UTC)
		chat.nudges = c.nudges
		for key, value := range about {
			chat.person = chat.person.With(flows.Know{Field: key, Value: value})
		}
		chat.person = chat.person.With(flows.Know{Field: flows.Pause, Value: c.pause})
		if got := chat.say("/due"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
