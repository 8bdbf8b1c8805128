package flows_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// safetyFlow notes a check that came out as it is told, and says how things stand.
const safetyFlow = `
id: test.safety
command: outcome
title: Outcome
does: notes an outcome
steps:
  - id: what
    ask: How did it come out?
    type: choice
    choices: [clear: Clear, worrying: Worrying, unsaid: Unsaid, none: Only look]
    save: outcome
  - {id: clear, when: outcome == "clear", safety: clear}
  - {id: worrying, when: outcome == "worrying", safety: worrying}
  - {id: unsaid, when: outcome == "unsaid", safety: unsaid}
  - id: stands
    branch:
      - {when: person.closed, then: [{id: closed, end: closed}]}
      - {when: person.safe, then: [{id: safe, end: safe}]}
    else: [{id: neither, end: neither}]
`

// checked notes an outcome and gives how things stand after it.
func checked(c *chat, outcome string) string {
	c.say("/outcome")
	return c.say(outcome)
}

func TestHowASafetyCheckStands(t *testing.T) {
	book := bookOf(t, safetyFlow)
	for name, test := range map[string]struct {
		steps []string // outcomes, and days that go by as +3
		want  string
	}{
		"never asked":                            {[]string{"only look"}, "neither"},
		"clear":                                  {[]string{"clear"}, "safe"},
		"clear, thirty days ago":                 {[]string{"clear", "+30", "only look"}, "safe"},
		"clear, longer ago":                      {[]string{"clear", "+31", "only look"}, "neither"},
		"left":                                   {[]string{"unsaid"}, "neither"},
		"left after a clear one":                 {[]string{"clear", "unsaid"}, "neither"},
		"worrying":                               {[]string{"worrying"}, "closed"},
		"worrying, and a long time":              {[]string{"worrying", "+400", "only look"}, "closed"},
		"worrying, then left":                    {[]string{"worrying", "+5", "unsaid", "+5", "only look"}, "closed"},
		"worrying, then clear":                   {[]string{"worrying", "clear"}, "closed"},
		"worrying, then clear, two days on":      {[]string{"worrying", "clear", "+2", "only look"}, "closed"},
		"worrying, then clear, three days on":    {[]string{"worrying", "clear", "+3", "only look"}, "safe"},
		"clear again meanwhile does not prolong": {[]string{"worrying", "clear", "+2", "clear", "+1", "only look"}, "safe"},
		"left meanwhile does not undo it":        {[]string{"worrying", "clear", "+1", "unsaid", "+2", "only look"}, "safe"},
		"worrying again meanwhile":               {[]string{"worrying", "clear", "+2", "worrying", "+3", "only look"}, "closed"},
		"worrying once it is open again":         {[]string{"worrying", "clear", "+4", "worrying"}, "closed"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, book)
			got := ""
			for _, step := range test.steps {
				if days, ok := strings.CutPrefix(step, "+"); ok {
					n, err := time.ParseDuration(days + "h")
					if err != nil {
						t.Fatal(err)
					}
					c.now = c.now.Add(n * 24)
					continue
				}
				got = checked(c, step)
			}
			if got != test.want {
				t.Errorf("it stands %q, want %q (%q)", got, test.want, c.person.About["safety"])
			}
		})
	}
}

// Whatever comes after a worrying check, three days must lie between a clear one and
// what it closed being open again.
func TestNothingOpensSoonerThanThreeDaysAfterAClearCheck(t *testing.T) {
	book := bookOf(t, safetyFlow)
	rapid.Check(t, func(t *rapid.T) {
		c := newChat(t, book)
		checked(c, "worrying")
		clear := time.Time{} // the first since
		for range rapid.IntRange(1, 12).Draw(t, "turns") {
			c.now = c.now.AddDate(0, 0, rapid.IntRange(0, 4).Draw(t, "days"))
			open := !clear.IsZero() && c.now.Sub(clear) >= 3*24*time.Hour
			outcome := rapid.SampledFrom([]string{"clear", "worrying", "unsaid", "only look"}).Draw(t, "outcome")
			got := checked(c, outcome)
			switch {
			case outcome == "worrying":
				clear, open = time.Time{}, false
			case outcome == "clear" && clear.IsZero():
				clear = c.now
			}
			if closed := got == "closed"; closed == open {
				t.Fatalf("after %s it stands %q, and should be open: %v (%q)", outcome, got, open, c.person.About["safety"])
			}
		}
	})
}

// What is kept is an outcome and one or two dates, whoever says what.
func TestOnlyAnOutcomeAndDatesAreKept(t *testing.T) {
	book := bookOf(t, safetyFlow)
	c := newChat(t, book)
	for _, outcome := range []string{"clear", "worrying", "unsaid", "clear"} {
		checked(c, outcome)
		words := strings.Fields(c.person.About["safety"])
		if len(words) < 2 || len(words) > 3 {
			t.Errorf("kept is %q", words)
		}
		for _, word := range words[1:] {
			if _, err := time.Parse(time.DateOnly, word); err != nil {
				t.Errorf("kept is %q", words)
			}
		}
	}
}
