package flows_test

import "testing"

const withinFlow = `
id: test.within
command: within
does: puts a label into a sentence
title: Within
steps:
  - id: which
    ask: "Which?"
    type: choice
    choices:
      - one: "It's Ink I spilt. I'd say so, and IF asked, I"
      - two: "Neither"
    save: which
  - {id: said, say: "It was {{lower .which}}."}
`

// A label within a sentence begins small, and whoever says "I" in it still does.
func TestALabelWithinASentenceKeepsItsI(t *testing.T) {
	c := newChat(t, bookOf(t, withinFlow))
	c.say("/within")
	c.press("It's Ink I spilt. I'd say so, and IF asked, I")
	if got, want := c.last().Text, "It was it's ink I spilt. I'd say so, and if asked, I."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
