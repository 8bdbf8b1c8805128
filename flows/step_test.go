package flows_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows"
)

// sessionLimit bounds what a session with short answers may grow to, in bytes.
const sessionLimit = 16 << 10

func TestAStepIsPureAndItsSessionBounded(t *testing.T) {
	book := everythingBook(t)
	rapid.Check(t, func(t *rapid.T) {
		c := newChat(t, book)
		c.person.Met = rapid.Bool().Draw(t, "met")
		c.person.Role = rapid.SampledFrom([]string{"", "betrayed", "betrayer", "mixed"}).Draw(t, "role")
		if rapid.Bool().Draw(t, "promised") {
			c.promised()
		}
		if rapid.Bool().Draw(t, "begun") {
			c.say(rapid.SampledFrom([]string{"/everything", "/keeping"}).Draw(t, "with"))
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			e := drawEvent(t, c)
			c.now = c.now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, 9 * time.Hour}).Draw(t, "pause"))
			checkPure(t, c, e, drawEvent(t, c))
			c.step(e)
			if len(c.session) > sessionLimit {
				t.Fatalf("the session has grown to %d bytes", len(c.session))
			}
		}
	})
}

// checkPure takes a step twice from the same session, and a step with another event in
// between: nothing that one of them wrote may show in the others.
func checkPure(t *rapid.T, c *chat, e, other flows.Event) {
	turn := c.turn(e)
	before := encoded(t, turn.Session)
	one, effects := c.book.Step(turn)
	first := encoded(t, one)
	turn.Event = other
	c.book.Step(turn)
	if !bytes.Equal(first, encoded(t, one)) {
		t.Fatalf("a later step changed the session of an earlier one")
	}
	turn.Event = e
	two, again := c.book.Step(turn)
	if !bytes.Equal(before, encoded(t, turn.Session)) {
		t.Fatalf("the step changed the session that it was given")
	}
	if !bytes.Equal(first, encoded(t, two)) {
		t.Fatalf("the same turn gave two sessions")
	}
	if !reflect.DeepEqual(effects, again) {
		t.Fatalf("the same turn gave %v and then %v", effects, again)
	}
}

func TestAButtonOfTheQuestionBeforeIsStaleEvenWhereTheNextLooksTheSame(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.twice
command: twice
title: Twice
does: ask twice
steps:
  - {id: a, ask: "How far?", type: scale, save: a}
  - {id: b, ask: "How near?", type: scale, save: b}
  - {id: c, record: test, text: "{{.a}} {{.b}}"}
`))
	c.say("/twice")
	four := c.token("4")
	c.answer(flows.Event{Kind: flows.Pressed, Token: four})
	got := c.answer(flows.Event{Kind: flows.Pressed, Token: four})
	if len(c.kept("test")) > 0 {
		t.Fatalf("a button pressed twice answered two questions: %q", c.kept("test"))
	}
	if !strings.HasSuffix(got, "How near?") {
		t.Errorf("got %q, want the open question again", got)
	}
	c.press("9")
	if got := c.kept("test"); !slices.Equal(got, []string{"4 9"}) {
		t.Errorf("kept %q", got)
	}
}

func TestAButtonThatConfirmedOneDayDoesNotConfirmAnother(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.day
command: day
title: A day
does: ask for a day
steps:
  - {id: a, ask: "Which day?", type: date, save: a}
  - {id: b, record: test, text: "{{.a}}"}
`))
	c.say("/day")
	c.say("3 June")
	right := c.last().Buttons[0].Token
	c.say("4 June")
	c.answer(flows.Event{Kind: flows.Pressed, Token: right})
	if got := c.kept("test"); len(got) > 0 {
		t.Fatalf("the button under 3 June kept %q", got)
	}
	c.answer(flows.Event{Kind: flows.Pressed, Token: c.last().Buttons[0].Token})
	if got := c.kept("test"); !slices.Equal(got, []string{"Thursday 4 June"}) {
		t.Errorf("kept %q", got)
	}
}

func TestARequiredQuestionIsNotLeftByPickingNothing(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.required
command: required
title: Required
does: ask until it is answered
steps:
  - {id: a, ask: "Which?", type: choices, required: true, choices: [one: One, two: Two], save: a}
  - {id: b, end: "{{.a}} it is."}
`))
	c.say("/required")
	done := c.last().Buttons[2].Label
	for _, leave := range []func() string{
		func() string { return c.press(done) },
		func() string { return c.say("none of them") },
		func() string { return c.say("/skip") },
		func() string { return c.say("skip") },
	} {
		if got := leave(); strings.Contains(got, "it is.") || !strings.Contains(got, "Which?") && len(c.last().Buttons) == 0 {
			t.Errorf("left with %q", got)
		}
	}
	if got := c.say("two"); got != "Two it is." {
		t.Errorf("got %q", got)
	}
}

func TestWordsAfterSettingAsideDoNotTakeItUpAgain(t *testing.T) {
	for _, word := range []string{"ok", "okay", "yes", "sure"} {
		c := newChat(t, everythingBook(t))
		c.say("/everything")
		c.say("/cancel")
		if got := c.say(word); strings.Contains(got, "Which word?") {
			t.Errorf("%q went back to what had been set aside: %q", word, got)
		}
	}
}

func TestStartingAgainTakesBackTheWait(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.rest
command: rest
title: A rest
does: let you rest
steps:
  - {id: a, ask: "Ready?", type: yesno}
  - {id: b, wait: Rest., for: 1h, done: I'm back}
`))
	c.say("/rest")
	c.say("yes")
	if len(c.waits) != 1 {
		t.Fatalf("waits: %v", c.waits)
	}
	c.say("/rest")
	c.say("begin again")
	if len(c.waits) != 0 {
		t.Errorf("still waiting: %v", c.waits)
	}
}

func TestAnAsideForTheOtherRoleStaysShut(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.aside
command: aside
title: Aside
does: say something
for: betrayed
aside: true
steps:
  - {id: a, say: For one of two.}
`))
	c.person.Role = "betrayer"
	if got := c.say("/aside"); strings.Contains(got, "For one of two.") {
		t.Errorf("got %q", got)
	}
	c.person.Role = "betrayed"
	if got := c.say("/aside"); got != "For one of two." {
		t.Errorf("got %q", got)
	}
}

func TestAListInATextIsEmptyWhereItWasLeftAndCanBeRangedOver(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.list
command: list
title: A list
does: ask for a list
steps:
  - {id: a, ask: "Who?", type: list, save: people}
  - {id: b, end: "{{with .people}}{{.}}:{{range .}} ({{.}}){{end}}{{else}}Nobody.{{end}}"}
`))
	c.say("/list")
	if got := c.say("/skip"); got != "Nobody." {
		t.Errorf("left: %q", got)
	}
	c.say("/list")
	c.say("Ann\nBob\nCleo")
	if got := c.say("that's all"); got != "Ann, Bob and Cleo: (Ann) (Bob) (Cleo)" {
		t.Errorf("listed: %q", got)
	}
}

func TestEachQuestionOfARoundHasButtonsOfItsOwn(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.rounds
command: rounds
title: Rounds
does: go round
steps:
  - {id: a, ask: "Who?", type: list, save: people}
  - id: b
    each: people
    as: one
    steps:
      - {id: c, ask: "Is {{.one}} well?", type: yesno, save: well}
      - {id: d, record: test, text: "{{.one}} {{.well}}"}
`))
	c.say("/rounds")
	c.say("Ann\nBob")
	c.say("that's all")
	yes := c.last().Buttons[0].Token
	c.answer(flows.Event{Kind: flows.Pressed, Token: yes})
	c.answer(flows.Event{Kind: flows.Pressed, Token: yes})
	if got := fmt.Sprint(c.kept("test")); got != "[Ann true]" {
		t.Errorf("kept %s", got)
	}
}
