package flows_test

import (
	"fmt"
	"strings"
	"testing"

	"kintsugi/flows"
)

const nowhereFlow = `
id: test.nowhere
command: nowhere
does: asks for a colour
title: Nowhere
for: both
steps:
  - {id: colour, ask: "Which colour?", type: choice, choices: [{red: Red}, {blue: Blue}], save: colour}
  - {id: name, ask: "What is its name?", required: true, save: name}
  - {id: bye, end: ""}
`

const draftedFlow = `
id: test.drafted
command: drafted
does: asks for a draft
title: Drafted
for: both
steps:
  - {id: draft, coach: statement, ask: "What would you say?", save: line}
  - {id: bye, end: ""}
`

// Whatever leads nowhere is answered in other words the next time, however often it comes.
func TestWhatLeadsNowhereIsAnsweredInOtherWordsEachTime(t *testing.T) {
	said := func(form string) func(c *chat, i int) string {
		return func(c *chat, i int) string { return c.say(fmt.Sprintf(form, i)) }
	}
	sent := func(thing string) func(c *chat, i int) string {
		return func(c *chat, _ int) string { return c.answer(flows.Event{Kind: flows.Sent, Thing: thing}) }
	}
	book, err := flows.Load(smallContent(), files("own.yaml", nowhereFlow, "draft.yaml", draftedFlow))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		lead []string
		do   func(c *chat, i int) string
	}{
		"old buttons": {[]string{"/nowhere", "red"}, func(c *chat, i int) string {
			return c.answer(flows.Event{Kind: flows.Pressed, Token: fmt.Sprintf("1.%d", i%2)})
		}},
		"unknown commands":              {[]string{"/nowhere"}, said("/never_heard_of_%d")},
		"words that fit nothing":        {[]string{"/nowhere"}, said("what is it with the %d trees")},
		"a required question":           {[]string{"/nowhere", "red"}, said("/skip%.0d")},
		"nothing before it":             {[]string{"/nowhere"}, said("/back%.0d")},
		"nothing to set aside":          {nil, said("/cancel%.0d")},
		"words to nobody":               {nil, said("oh %d")},
		"more words to nobody":          {nil, said("I thought of it %d times today")},
		"stickers":                      {[]string{"/nowhere"}, sent("sticker")},
		"forwarded words":               {[]string{"/nowhere"}, sent("forward")},
		"words changed afterward":       {[]string{"/nowhere"}, sent("edit")},
		"words to a draft that is done": {[]string{"/drafted", "Last night you came home at one. I was scared. Would you text me next time?"}, said("%d99999999")},
		"an answer to no offer":         {[]string{"/nowhere", "red", "/nowhere"}, said("oh %d")},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, book)
			for _, words := range test.lead {
				c.say(words)
			}
			before := ""
			for i := range 8 {
				got := test.do(c, i)
				if got == before || got == "" {
					t.Fatalf("said twice: %q", got)
				}
				before = got
			}
		})
	}
}

// What stands is shown in the same words if somebody asks for it again.
func TestANoteOnOfferIsPutAgainInTheSameWords(t *testing.T) {
	c := newChat(t, bookOf(t, nowhereFlow))
	c.say("I thought of it once today")
	put := c.say("I thought of it twice today")
	if got := c.say("/never_heard_of"); !strings.HasSuffix(got, put) {
		t.Errorf("said %q, and before %q", got, put)
	}
}

// Nobody who answers is left without a word, even where a flow ends without one.
func TestAConversationThatEndsWithoutAWordIsAnswered(t *testing.T) {
	c := newChat(t, bookOf(t, nowhereFlow))
	c.say("/nowhere")
	c.say("red")
	if got := c.say("Ann"); got != c.book.Phrase("noted", "") {
		t.Errorf("the last answer was met with %q", got)
	}
	if got := c.answer(flows.Event{Kind: flows.Lapsed, Wait: "none"}); got != "" {
		t.Errorf("nobody did anything, and %q was said", got)
	}
}

// Somebody new who asks for one thing after another is not told everything anew each time.
func TestSomebodyNewIsGreetedOnce(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person = flows.Person{}
	c.say("/checkin")
	asked := c.last()
	for _, command := range []string{"/journal", "/gratitude", "/p1_1", "/checkin"} {
		before := len(c.shown)
		c.say(command)
		if got := c.shown[before:]; len(got) != 1 || !strings.HasSuffix(got[0].Text, asked.Text) || got[0].Text == c.shown[before-1].Text {
			t.Errorf("%s was met with %+v", command, got)
		}
	}
	if got := c.say("/helpnow"); !strings.Contains(got, "112") {
		t.Errorf("somebody in need hears %q", got)
	}
}

// A question that nobody gets through offers to leave it once, if the flow offers that, too.
func TestLeavingIsOfferedOnce(t *testing.T) {
	c := newChat(t, bookOf(t, strings.ReplaceAll(nowhereFlow, "Blue", "Leave it for now")))
	c.say("/nowhere")
	for range 3 {
		c.say("what is it with the trees")
	}
	labels := map[string]int{}
	for _, b := range c.last().Buttons {
		labels[b.Label]++
	}
	if labels["Leave it for now"] != 1 || labels["Skip this one"] != 1 {
		t.Errorf("these are offered: %v", labels)
	}
}
