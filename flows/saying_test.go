package flows_test

import (
	"strings"
	"testing"
)

// What is said to the program is told from what is said to oneself: only empty words may
// stand around it.
func TestASayingIsTheWholeOfWhatIsSaid(t *testing.T) {
	for text, answer := range map[string]string{
		"who reads this":                           "computer",
		"So… who can read this, then??":            "computer",
		"ok but are you even a real person?":       "",
		"are you a real person":                    "program",
		"I don’t know what to do":                  "/next",
		"i don't know what to do about the sunday": "",
		"delete everything":                        "/delete",
		"he wants to delete everything":            "",
		"I stop":                                   "",
		"Stop.":                                    "/cancel",
		"does he know":                             "No.",
		"does he know what he did to us":           "",
	} {
		c := newChat(t, wholeBook(t))
		c.person.Met, c.person.Zone = true, "Europe/London"
		c.say(text)
		got := c.last().Text
		if answer == "" {
			if !c.hasButton("Keep it") && !strings.Contains(got, "/help has the rest") {
				t.Errorf("%q is answered by %q", text, got)
			}
			continue
		}
		if !strings.Contains(got, answer) || c.hasButton("Keep it") {
			t.Errorf("%q is answered by %q", text, got)
		}
	}
}

func TestASayingLeavesTheQuestionOpen(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone = true, "Europe/London"
	c.say("/checkin")
	question := c.last().Text
	c.say("who reads this")
	if got := c.last().Text; !strings.Contains(got, "computer") || !strings.HasSuffix(got, question) {
		t.Errorf("the answer is %q", got)
	}
	c.say("7")
	if len(c.last().Buttons) == 0 || c.last().Text == question {
		t.Errorf("after the answer there stands %q", c.last().Text)
	}
}
