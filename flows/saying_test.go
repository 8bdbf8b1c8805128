package flows_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// arrives gives a chat with somebody new, up to a question of the first ones.
func arrives(t failer, said ...string) *chat {
	t.Helper()
	c := newChat(t, wholeBook(t))
	c.person = flows.Person{}
	c.say("hi")
	for _, text := range said {
		c.say(text)
	}
	return c
}

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

// At the question for a name, what is said to the program is no name and not lost either.
func TestASayingIsNoName(t *testing.T) {
	for text, answer := range map[string]string{
		"is this private?": "computer", "who are you": "program", "hello": "Hello", "Hi there": "Hello", "does he get told": "No.", "thanks": "",
	} {
		c := arrives(t, "yes")
		c.say(text)
		if got := c.last().Text; !strings.Contains(got, answer) || !strings.HasSuffix(got, "What shall I call you?") {
			t.Errorf("%q is answered by %q", text, got)
		}
		if got := c.say("Rosa"); c.person.Name != "Rosa" || !strings.HasPrefix(got, "Rosa,") {
			t.Errorf("%q: after it the name is %q, and comes %q", text, c.person.Name, got)
		}
	}
	c := arrives(t, "yes", "he lied to me for eleven months")
	if got := c.last().Text; !strings.Contains(got, "more than a name") {
		t.Errorf("more than a name is answered by %q", got)
	}
}

func TestHowOldSomebodyIsAnswersWhetherTheyAreOfAge(t *testing.T) {
	for text, want := range map[string]string{
		"im 41": "call you", "i'm 41": "call you", "41": "call you", "yes im 35": "call you", "I turned 18 in march": "call you", "18": "call you", "1": "call you",
		"im 16": "isn't the right place", "16": "isn't the right place", "nearly 18": "isn't the right place", "no": "isn't the right place",
		"why": "18 or older?", "old enough": "18 or older?", "my son is 16": "18 or older?", "18 in may": "18 or older?",
	} {
		c := arrives(t)
		before := len(c.shown)
		c.say(text)
		if got := c.shown[before].Text; !strings.Contains(got, want) {
			t.Errorf("%q is answered by %q", text, got)
		}
	}
}

// What a saying asks for is one press away.
func TestASayingOffersWhatItNames(t *testing.T) {
	for text, button := range map[string]string{
		"delete everything": "Delete everything", "stop": "Have nothing come for a while", "i need a break": "Have nothing come for a while",
		"can i have a copy": "Send me a copy", "what did i write": "Show me my journal", "now what": "People to talk to",
	} {
		c := newChat(t, wholeBook(t))
		c.person.Met, c.person.Zone = true, "Europe/London"
		c.say(text)
		if !c.hasButton(button) {
			t.Errorf("%q has no button %q", text, button)
			continue
		}
		reply := c.last().Text
		if got := c.press(button); got == reply || got == "" {
			t.Errorf("%q, pressed %q: %q", text, button, got)
		}
	}
	for _, no := range []string{"no", "not now"} {
		c := newChat(t, wholeBook(t))
		c.person.Met, c.person.Zone = true, "Europe/London"
		c.say("stop")
		if got := c.say(no); !strings.HasPrefix(got, "All right.") {
			t.Errorf("%q: %q", no, got)
		}
	}
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone = true, "Europe/London"
	c.say("delete it all")
	if got := c.say("yes"); !strings.Contains(got, "When shall it go?") {
		t.Errorf("a yes to the one thing offered: %q", got)
	}
}

// In the middle of a question they stand beside its own, which still answer it.
func TestWhoeverWantsOutOfAQuestionHasTheWayOnAButton(t *testing.T) {
	for _, press := range []bool{true, false} {
		c := newChat(t, wholeBook(t))
		c.person.Met, c.person.Zone = true, "Europe/London"
		c.say("/checkin")
		c.say("delete everything")
		if !c.hasButton("7") || !c.hasButton("Delete everything") || !c.hasButton("Leave it for now") {
			t.Fatalf("there stands %+v", c.last().Buttons)
		}
		if press {
			c.press("Delete everything")
			if got := c.last().Text; !strings.Contains(got, "When shall it go?") {
				t.Errorf("got %q", got)
			}
			c.say("keep it")
			if !c.hasButton("Go back to it") {
				t.Errorf("the check-in is not offered again: %q", c.last().Text)
			}
			continue
		}
		c.press("7")
		if got := c.last().Text; !strings.Contains(got, "stirred up") {
			t.Errorf("its own button gives %q", got)
		}
	}
}

// What was set by for a button is nobody's words: a danger doesn't bring it back as such.
func TestWhatIsOfferedByItselfIsNotKeptAsTheirWords(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone, c.person.Country = true, "Europe/London", "GB"
	c.step(flows.Event{Kind: flows.Nudged, Nudge: "check-in", Flow: "recurring.check-in"})
	c.say("i want to kill myself")
	if got := c.turn(flows.Event{}).Session.Unplaced; got == "check-in" || strings.HasPrefix(got, "check-in\n") {
		t.Errorf("kept as their words: %q", got)
	}
}

// A wrong button is put right in words, wherever there is a question before.
func TestAWrongButtonIsPutRightInWords(t *testing.T) {
	for _, text := range []string{"sorry, wrong button", "I meant no", "wrong one", "oh no i pressed the wrong button", "/back"} {
		c := arrives(t, "yes", "Rosa", "my trust was broken", "yes", "no", "yes, or sometimes")
		if c.person.About["safety"] == "" {
			t.Fatalf("nothing was closed: %q", c.last().Text)
		}
		if got := c.say(text); !strings.Contains(got, "keep you from going") {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A yes taken back stays without any trace but the three days of every yes, and the first
// questions go on as after a no.
func TestAYesTakenBackClosesForThreeDaysAndNothingElse(t *testing.T) {
	c := arrives(t, "yes", "Rosa", "my trust was broken", "yes")
	before := variables(c.turn(flows.Event{}).Session.Front)
	c.say("yes, or sometimes")
	c.say("i meant no")
	if after := variables(c.turn(flows.Event{}).Session.Front); !maps.Equal(before, after) {
		t.Errorf("the yes has left %v, and before it there was %v", after, before)
	}
	for range 4 {
		c.say("no")
	}
	if got := c.last().Text; !strings.Contains(got, "How long ago") {
		t.Errorf("the first questions go on with %q", got)
	}
	if !c.person.Closed(c.now) {
		t.Error("it is open at once: whoever holds the phone could have it so")
	}
	if c.person.Closed(c.now.Add(3 * 24 * time.Hour)) {
		t.Error("it is closed after three days")
	}
	for _, m := range c.turn(flows.Event{}).Session.Front.Trail {
		if m.Step == "fear" || m.Step == "hurt" {
			t.Errorf("the trail still has the question %q, with the check over", m.Step)
		}
	}
	c = arrives(t, "yes", "Rosa", "my trust was broken", "yes", "no")
	c.say("i meant yes")
	c.say("yes")
	if !strings.HasPrefix(c.person.About["safety"], "worrying ") {
		t.Errorf("a no that was meant as a yes: %q", c.person.About["safety"])
	}
}

// A plain no leaves a question whose button for that declines, and nobody is called No.
func TestAPlainNoDeclines(t *testing.T) {
	for _, no := range []string{"no", "nope", "no thanks"} {
		c := arrives(t, "yes")
		if got := c.say(no); c.person.Name != "" || !strings.HasPrefix(got, "What brings you here") {
			t.Errorf("%q: the name is %q, and comes %q", no, c.person.Name, got)
		}
	}
	c := newChat(t, bookOf(t, `
id: test.no
command: "no"
title: "No"
does: asks
steps:
  - {id: a, ask: "Shall it come?", type: choice, choices: [daily: Every day, never: "No, never"], save: a, skip: "Nothing, thanks"}
  - {id: b, ask: "When?", type: choice, choices: [early: Early, late: Late], save: b, skip: "Nothing, thanks"}
  - {id: c, ask: "What did they say?", type: text, save: c, skip: I'd rather not say}
  - {id: end, end: "{{.a}}, {{.b}}, {{.c}}"}
`))
	c.say("/no")
	c.say("no")
	c.say("no")
	if got := c.say("no"); got != "No, never, , no" {
		t.Errorf("got %q", got)
	}
}

// What is told where a number or a town was asked for is set by as well.
func TestWhatIsToldAtAnyQuestionIsSetBy(t *testing.T) {
	c := newChat(t, wholeBook(t))
	c.person.Met, c.person.Zone = true, "Europe/London"
	c.say("/checkin")
	question := c.last().Text
	const told = "he emptied our savings and i heard it from the bank"
	if got := c.say(told); !strings.Contains(got, "I'll come back to it") || !strings.HasSuffix(got, question) {
		t.Errorf("got %q", got)
	}
	if got := c.turn(flows.Event{}).Session.Unplaced; got != told {
		t.Errorf("set by is %q", got)
	}
}

// Days later, what is said to the program is no answer to what was open, and is answered.
func TestASayingAfterALongTimeIsNoAnswer(t *testing.T) {
	for said, want := range map[string]string{"hi": "Last time you stopped", "who reads this": "computer", "now what": "/next"} {
		c := newChat(t, bookOf(t, "id: test.open\ncommand: open\ntitle: T\ndoes: asks\nsteps: [{id: a, ask: \"What was it?\", save: a}, {id: b, end: \"{{.a}}\"}]\n"))
		c.say("/open")
		c.now = c.now.AddDate(0, 0, 2)
		got := c.say(said)
		if !strings.Contains(got, want) || !c.hasButton("Go on") {
			t.Errorf("%q: %q", said, got)
		}
		if got := c.turn(flows.Event{}).Session.Unplaced; got != "" {
			t.Errorf("%q is set by: %q", said, got)
		}
	}
}

func TestAnOkToTheQuietHoursTakesThem(t *testing.T) {
	for said, want := range map[string]string{"ok": "22:00", "yes": "22:00", "no": "", "nope": "", "no quiet hours": "00:00"} {
		c := newChat(t, wholeBookOf(t, "id: test.hours\ncommand: hours\ntitle: T\ndoes: asks\nsteps: [{id: a, call: settings.quiet}, {id: b, end: Done.}]\n"))
		c.say("/hours")
		got := c.say(said)
		if c.person.About["quiet_from"] != want || want == "" && !strings.Contains(got, "From what time") {
			t.Errorf("%q: from %q, and %q", said, c.person.About["quiet_from"], got)
		}
	}
}

// With nothing open, the name of a command is enough, with or without its slash.
func TestACommandIsKnownWithoutItsSlash(t *testing.T) {
	for said, command := range map[string]string{"next": "/next", "Check in": "/checkin", "help now": "/helpnow", "today": "/today", "pause": "/pause", "delete": "/delete"} {
		named, typed := newChat(t, wholeBook(t)), newChat(t, wholeBook(t))
		named.person.Zone, typed.person.Zone = "Europe/London", "Europe/London"
		if got, want := named.say(said), typed.say(command); got != want {
			t.Errorf("%q: %q, and %s: %q", said, got, command, want)
		}
	}
	c := newChat(t, wholeBook(t))
	c.person.Zone = "Europe/London"
	if got := c.say("thanks"); !strings.Contains(got, "welcome") && !strings.Contains(got, "any use") {
		t.Errorf("thanks: %q", got)
	}
	c.say("/next")
	if got := c.say("later"); strings.Contains(got, "Good night") || strings.Contains(got, "Till") {
		t.Errorf("later, to a question: %q", got)
	}
}
