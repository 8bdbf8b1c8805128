package flows_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
)

// answers are what people say to the questions of both editions.
var answers = map[string][]string{
	"What": {"a thing", "Ann", "7"}, "Which colour": {"red", "green", "blue"}, "What mood": {"7", "3"},
	"Which fruits": {"apple", "plum and apple"}, "Which day": {"3 June", "next friday", "03/04"},
	"Which people": {"Bob\nCleo", "Dora"}, "Is it well": {"yes", "no"}, "How high": {"9", "2"},
	"Which": {"this one"}, "How": {"some"}, "Left": {"a lot"}, "From": {"here"}, "To": {"there"}, "Whose": {"mine"},
}

// answerTo answers what is open: an offer and a reading by the first button, a list
// half said by the word for its end, a question with something fitting.
func answerTo(c *chat, rng *rand.Rand) flows.Event {
	s := c.turn(flows.Event{}).Session
	said := func(text string) flows.Event { return flows.Event{Kind: flows.Said, Text: text} }
	switch {
	case s.Offer != nil, s.Front != nil && len(s.Front.Sure) > 0:
		if buttons := c.last().Buttons; len(buttons) > 0 {
			return flows.Event{Kind: flows.Pressed, Token: buttons[0].Token}
		}
		return said("/repeat")
	case s.Front != nil && s.Front.Form == "list" && len(s.Front.Partial) > 0:
		return said(c.book.Phrase("list-done", ""))
	}
	text := c.last().Text
	text = text[strings.LastIndex(text, "\n")+1:]
	best := ""
	for start := range answers {
		if strings.HasPrefix(text, start) && len(start) > len(best) {
			best = start
		}
	}
	if best == "" {
		return said("/skip")
	}
	return said(answers[best][rng.IntN(len(answers[best]))])
}

// wander does something at random in the old edition.
func wander(c *chat, rng *rand.Rand) {
	commands := []string{"/main", "/main", "/main", "/left", "/hop", "/fork", "/trail"}
	switch n := rng.IntN(30); {
	case len(c.shown) == 0:
		c.say(commands[rng.IntN(len(commands))])
	case n < 24:
		c.step(answerTo(c, rng))
	case n < 25:
		c.say(commands[rng.IntN(len(commands))])
	case n < 26:
		c.say("/back")
	case n < 27:
		c.say("Eve\nFred") // a list begun, where one is asked for
	case n < 29 && len(c.last().Buttons) > 0:
		c.press(c.last().Buttons[rng.IntN(len(c.last().Buttons))].Label)
	case n == 29:
		c.say("/cancel")
	}
}

// variables gives the answers in a conversation, by flow and name.
func variables(c *flows.Conversation) map[string]string {
	out := map[string]string{}
	if c == nil {
		return out
	}
	for _, f := range c.Frames {
		for _, a := range f.Vars {
			out[f.Flow+" "+a.Name] = fmt.Sprint(a.Value)
		}
	}
	return out
}

func TestAHundredOpenConversationsOutliveAnUpgrade(t *testing.T) {
	older, newer := edition(t, "old"), edition(t, "new")
	places := map[string]int{}
	for i := range 100 {
		rng := rand.New(rand.NewPCG(2026, uint64(i)))
		c := newChat(t, older)
		for range 1 + rng.IntN(30) {
			wander(c, rng)
		}
		countPlaces(c, places)
		c.book = newer
		goOn(t, c, rng)
	}
	for _, place := range []string{"front", "parked", "offer", "partial", "sure", "call", "loop"} {
		if places[place] == 0 {
			t.Errorf("none of the conversations was at a place of the kind %q: %v", place, places)
		}
	}
}

// countPlaces counts what kinds of place a conversation is at.
func countPlaces(c *chat, places map[string]int) {
	s := c.turn(flows.Event{}).Session
	count := func(name string, here bool) {
		if here {
			places[name]++
		}
	}
	count("front", s.Front != nil)
	count("parked", len(s.Parked) > 0)
	count("offer", s.Offer != nil)
	if s.Front != nil {
		count("partial", len(s.Front.Partial) > 0)
		count("sure", len(s.Front.Sure) > 0)
		count("call", len(s.Front.Frames) > 1)
		count("loop", len(s.Front.Frames[0].Loops) > 0)
	}
}

// goOn answers whatever is asked until nothing is. Answers from before stay in every
// flow that still is under way, and in what it records in the end.
func goOn(t *testing.T, c *chat, rng *rand.Rand) {
	t.Helper()
	before := c.turn(flows.Event{}).Session
	had := variables(before.Front)
	records := len(c.entries)
	for range 100 {
		asked := questionOf(c)
		effects := c.step(answerTo(c, rng))
		if len(effects) == 0 {
			t.Fatalf("no answer to the answer to %q", asked)
		}
		s := c.turn(flows.Event{}).Session
		checkStillThere(t, had, asked, before, s)
		if s.Front == nil && s.Offer == nil {
			checkRecorded(t, had, c, records)
			return
		}
	}
	t.Fatalf("the conversation came to no end: %q", c.last().Text)
}

// questionOf gives the step that the person stands at.
func questionOf(c *chat) string {
	s := c.turn(flows.Event{}).Session
	if s.Front == nil {
		return ""
	}
	return s.Front.Frames[len(s.Front.Frames)-1].Step
}

// checkStillThere wants each answer from before in every flow still under way in the
// same conversation; the one to the question that was open may have changed.
func checkStillThere(t *testing.T, had map[string]string, asked string, before, after flows.Session) {
	t.Helper()
	if before.Front == nil || after.Front == nil || before.Front.ID != after.Front.ID {
		return
	}
	have := variables(after.Front)
	for name, value := range had {
		flow, variable, _ := strings.Cut(name, " ")
		open := slices.ContainsFunc(after.Front.Frames, func(f flows.Frame) bool { return f.Flow == flow })
		if !open || have[name] == value {
			continue
		}
		switch {
		case variable == "of" || variable == "one": // of the loop's next round
		case reasked[variable] == asked || strings.HasPrefix(asked, variable):
			had[name] = have[name]
		default:
			t.Fatalf("%s was %s, and after an answer to %q is %s", name, value, asked, have[name])
		}
	}
}

// reasked are the variables whose question has another name.
var reasked = map[string]string{"name": "called", "more": "third", "last": "end"}

// checkRecorded wants the answers in the record at the end of the main flow.
func checkRecorded(t *testing.T, had map[string]string, c *chat, records int) {
	t.Helper()
	if len(c.entries) == records || c.entries[0].Kind != "main" {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(had)) {
		flow, variable, _ := strings.Cut(name, " ")
		value, ok := c.entries[0].Values[variable]
		if flow != "test.main" || variable == "of" || variable == "one" {
			continue
		}
		if none := strings.HasPrefix(had[name], "{0 "); none == ok {
			t.Errorf("%s is recorded as %v, and was %s", name, value, had[name])
		}
	}
}

// A button from before the upgrade is the choice that it showed, or none.
func TestAButtonFromBeforeAnUpgradeIsTheChoiceThatItShowed(t *testing.T) {
	older, newer := edition(t, "old"), edition(t, "new")
	counted := 0
	for i := range 300 {
		rng := rand.New(rand.NewPCG(7, uint64(i)))
		c := newChat(t, older)
		c.say([]string{"/main", "/fork"}[rng.IntN(2)])
		for range 1 + rng.IntN(8) {
			wander(c, rng)
		}
		var buttons []flows.Button
		for _, m := range c.shown {
			buttons = append(buttons, m.Buttons...)
		}
		if len(buttons) == 0 {
			continue
		}
		b := buttons[len(buttons)-1-rng.IntN(min(6, len(buttons)))]
		before := c.turn(flows.Event{}).Session
		c.book = newer
		c.answer(flows.Event{Kind: flows.Pressed, Token: b.Token})
		after := c.turn(flows.Event{}).Session
		if before.Offer == nil && before.Front != nil && after.Front != nil && before.Front.ID == after.Front.ID {
			counted += checkChoice(t, b.Label, before.Front, after.Front)
		}
	}
	if counted < 20 {
		t.Errorf("only %d of the presses answered something", counted)
	}
}

// checkChoice wants what a press has changed to be the choice on the button. It says
// how much has changed.
func checkChoice(t *testing.T, label string, before, after *flows.Conversation) int {
	t.Helper()
	changed := 0
	had := variables(before)
	for name, value := range variables(after) {
		switch {
		case had[name] == value, strings.HasSuffix(name, " one"):
		case strings.HasSuffix(name, " day"), strings.HasSuffix(name, " fruits"), strings.HasSuffix(name, " people"): // checked or picked before
		case !isChoice(label, value):
			t.Errorf("the button %q made %s %s", label, name, value)
		default:
			changed++
		}
	}
	for _, id := range after.Partial {
		if slices.Contains(before.Partial, id) {
			continue
		}
		changed++
		if id != strings.ToLower(strings.TrimPrefix(label, "✓ ")) {
			t.Errorf("the button %q picked %q", label, id)
		}
	}
	return changed
}

// isChoice says whether a value, in Go's form, is the choice with a label.
func isChoice(label, value string) bool {
	switch label {
	case "Yes":
		return strings.HasPrefix(value, "{3 ") && strings.Contains(value, " 1 ")
	case "No":
		return strings.HasPrefix(value, "{3 ") && strings.Contains(value, " 0 ")
	}
	return strings.Contains(value, " "+strings.ToLower(label)+" ")
}
