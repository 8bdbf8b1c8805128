package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

func labels(m flows.Message) []string {
	var out []string
	for _, b := range m.Buttons {
		out = append(out, b.Label)
	}
	return out
}

// withThings gives a chat with so many entries, "thing 1" being the newest.
func withThings(t *testing.T, n int, flow string) *chat {
	t.Helper()
	c := newChat(t, bookOf(t, flow))
	for i := range n {
		at := c.now.Add(-time.Duration(i) * time.Hour)
		c.entries = append(c.entries, flows.Record{ID: fmt.Sprintf("entry/%d", i), At: at, Kind: "thing", Text: fmt.Sprintf("thing %c%c", 'A'+i/26, 'a'+i%26)})
	}
	return c
}

const oneOfMany = `
id: test.own
command: tryown
title: Own
does: own
steps:
  - id: which
    ask: Which?
    type: choice
    choices: {from: thing, limit: 200}
    save: it
    skip: None of them
  - {id: end, end: "It is “{{.it}}”."}
`

const severalOfMany = `
id: test.own
command: tryown
title: Own
does: own
steps:
  - id: which
    ask: Which?
    type: choices
    choices: {from: thing, limit: 200}
    save: them
  - {id: end, end: "They are {{.them}}."}
`

func TestManyChoicesArePages(t *testing.T) {
	c := withThings(t, 45, oneOfMany)
	c.say("/tryown")
	seen := map[string]bool{}
	for _, want := range []int{20, 20, 5} {
		got := labels(c.last())
		if len(got) != want+2 || got[want] != "Show me more" || got[want+1] != "None of them" {
			t.Fatalf("the buttons are %q", got)
		}
		for _, label := range got[:want] {
			seen[label] = true
		}
		c.press("Show me more")
		if !c.last().Replaces || c.last().Text != "Which?" {
			t.Errorf("the next page is %+v", c.last())
		}
	}
	if len(seen) != 45 {
		t.Errorf("%d choices were shown", len(seen))
	}
	if got := labels(c.last())[0]; !strings.HasSuffix(got, "thing Aa") {
		t.Errorf("after the last page %q is the first", got)
	}
}

func TestAFewChoicesAreNoPages(t *testing.T) {
	c := withThings(t, 24, oneOfMany)
	c.say("/tryown")
	if got := labels(c.last()); len(got) != 25 || slices.Contains(got, "Show me more") {
		t.Errorf("the buttons are %q", got)
	}
}

func TestAnswersToAPage(t *testing.T) {
	tests := map[string]struct {
		pages        int // turned before
		answer, want string
	}{
		"by number":                         {0, "3", "It is “thing Ac”."},
		"by number on the next page":        {1, "3", "It is “thing Aw”."},
		"by place on the next page":         {1, "the second", "It is “thing Av”."},
		"in words":                          {0, "thing Ac", "It is “thing Ac”."},
		"in words that are on another page": {0, "thing Bk", "It is “thing Bk”."},
		"in words that were on another":     {2, "thing Ab", "It is “thing Ab”."},
		"a number beyond the page":          {2, "9", "I can't read that one by myself. Which of these is nearest?"},
		"the way on by number":              {0, "21", "Which?"},
		"the way on in words":               {1, "show me more", "Which?"},
		"none":                              {1, "none of them", "It is “”."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := withThings(t, 45, oneOfMany)
			c.say("/tryown")
			for range test.pages {
				c.press("Show me more")
			}
			if got := c.say(test.answer); got != test.want {
				t.Errorf("it says %q, want %q", got, test.want)
			}
		})
	}
}

func TestAButtonOfAnyPageIsTaken(t *testing.T) {
	c := withThings(t, 45, oneOfMany)
	c.say("/tryown")
	c.press("Show me more")
	c.press("Show me more")
	if got := c.press(labels(c.last())[4]); got != "It is “thing Bs”." {
		t.Errorf("it says %q", got)
	}
}

func TestAPageStaysWhileItsQuestionIsAskedAgain(t *testing.T) {
	c := withThings(t, 45, oneOfMany)
	c.say("/tryown")
	c.press("Show me more")
	before := labels(c.last())[0]
	for range 3 {
		c.say("xyz")
		if got := labels(c.last()); got[0] != before || len(got) > 25 {
			t.Errorf("the buttons are %q", got)
		}
	}
}

func TestSeveralOfManyChoices(t *testing.T) {
	c := withThings(t, 45, severalOfMany)
	c.say("/tryown")
	first := labels(c.last())[1]
	c.press(first)
	if got := labels(c.last()); got[1] != "✓ "+first || got[20] != "Show me more" || got[21] != "That's it" {
		t.Errorf("the buttons are %q", got)
	}
	c.press("Show me more")
	c.press(labels(c.last())[0])
	if got := c.press("That's it"); got != "They are thing Ab and thing Au." {
		t.Errorf("it says %q", got)
	}
	for pages, want := range []string{"They are thing Aa and thing Ac.", "They are thing Au and thing Aw."} {
		c.say("/tryown")
		for range pages {
			c.press("Show me more")
		}
		if got := c.say("1 and 3"); got != want {
			t.Errorf("on page %d it says %q", pages, got)
		}
	}
}

func TestWhatStandsBesideItemsIsOnEveryPage(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.own
command: tryown
title: Own
does: own
steps:
  - id: which
    ask: Which?
    type: choice
    choices: {items: promise, limit: 100, and: [{another: Another one}]}
    save: it
  - {id: end, end: "It is “{{.it}}”."}
`))
	for i := range 30 {
		c.items = append(c.items, flows.Item{ID: fmt.Sprintf("item/%d", i), At: c.now, Kind: "promise", State: "open", Text: fmt.Sprintf("promise %c", 'a'+i)})
	}
	c.say("/tryown")
	for range 2 {
		if got := labels(c.last()); got[len(got)-1] != "Another one" || got[len(got)-2] != "Show me more" {
			t.Errorf("the buttons are %q", got)
		}
		c.press("Show me more")
	}
	if got := c.press("Another one"); got != "It is “Another one”." {
		t.Errorf("it says %q", got)
	}
}

func TestALabelThatIsTooLongIsCutAndSaidInFull(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.own
command: tryown
title: Own
does: own
steps:
  - id: which
    ask: Which?
    type: choice
    choices: [{short: This one}, {long: "Or {{.person.name}}"}]
    save: it
  - {id: end, end: "It is {{.it}}."}
`))
	c.person.Name = strings.Repeat("👨‍👩‍👧‍👦", 12)
	if got, want := c.say("/tryown"), "Which?\n\n2. Or "+c.person.Name; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	want := "Or " + strings.Repeat("👨‍👩‍👧‍👦", 10) + "…"
	if got := labels(c.last())[1]; got != want {
		t.Errorf("the button is %q, want %q", got, want)
	}
	if got, want := c.press(want), "It is Or "+c.person.Name+"."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

const alikeFlow = `
id: test.alike
command: alike
does: asks which
title: Alike
for: both
steps:
  - id: which
    ask: Which of them?
    type: choice
    choices: [{first: "{{.person.name}}"}, {second: "{{.person.name}}"}, {third: "{{.person.name}} (2)"}]
    save: which
  - id: bye
    end: '{{if .which}}That one.{{end}}'
`

// Two buttons that would read alike are told apart by a number, and each is what it was.
func TestButtonsThatWouldBeAlikeAreNumbered(t *testing.T) {
	book := bookOf(t, alikeFlow)
	for _, name := range []string{"Ann", strings.Repeat("long ", 30), strings.Repeat("👨‍👩‍👧‍👦", 15)} {
		c := newChat(t, book)
		c.person.Name = name
		c.say("/alike")
		seen := map[string]bool{}
		for _, b := range c.last().Buttons {
			if seen[b.Label] {
				t.Errorf("two buttons %q", b.Label)
			}
			seen[b.Label] = true
		}
		if len(seen) != 3 {
			t.Errorf("the buttons are %v", seen)
		}
		if got := c.answer(flows.Event{Kind: flows.Pressed, Token: c.last().Buttons[1].Token}); got != "That one." {
			t.Errorf("pressing the second was met with %q", got)
		}
	}
}
