package flows_test

import "testing"

const listFlow = `
id: test.list
command: list
does: asks for things
title: A list
for: both
steps:
  - {id: things, ask: "Which things?", type: list, save: things}
  - {id: bye, end: "{{if .things}}These: {{.things}}.{{else}}None.{{end}}"}
`

// "That's all" before there was anything leaves the question, and is no thing.
func TestAListThatIsOverBeforeItBeganIsLeft(t *testing.T) {
	book := bookOf(t, listFlow)
	for _, words := range []string{"that's all", "done", "nothing else"} {
		c := newChat(t, book)
		c.say("/list")
		if got := c.say(words); got != "None." {
			t.Errorf("%q was met with %q", words, got)
		}
	}
	c := newChat(t, book)
	c.say("/list")
	c.say("tea")
	if got := c.say("that's all"); got != "These: tea." {
		t.Errorf("said %q", got)
	}
}
