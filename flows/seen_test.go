package flows_test

import (
	"strings"
	"testing"
)

// A record and a reminder are there for the steps after them, in the same turn.
const seenFlow = `
id: test.seen
command: seen
does: looks at what it has just done
title: Seen
steps:
  - {id: before, say: 'Before: {{range .Entries "seen" 1 9}}{{.Text}} {{end}}'}
  - {id: what, ask: "What?", save: what}
  - {id: at, ask: "When?", type: time, save: at}
  - {id: keep, record: seen, text: "{{.what}}"}
  - {id: set, nudge: meal, opens: test.seen, at: at}
  - {id: after, say: '{{range .Entries "seen" 1 9}}{{.Text}} {{end}}{{range .Nudges}}{{.Title}} {{end}}'}
  - {id: counted, say: "One more.", when: kept("seen") == 1 && nudged("meal")}
  - {id: many, say: "Several.", when: kept("seen") > 1}
  - {id: off, nudge: meal, off: true}
  - {id: gone, say: "Gone.", when: not nudged("meal")}
`

func TestAStepSeesWhatTheTurnHasDone(t *testing.T) {
	c := newChat(t, bookOf(t, seenFlow))
	for _, want := range []string{"tea Seen |One more.|Gone.", "soup tea Seen |Several.|Gone."} {
		word, _, _ := strings.Cut(want, " ")
		for _, said := range []string{"/seen", word, "9pm"} {
			c.say(said)
		}
		before := len(c.shown)
		c.say("yes")
		var got []string
		for _, m := range c.shown[before:] {
			got = append(got, m.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("the steps after it said %q, want %q", strings.Join(got, "|"), want)
		}
	}
}
