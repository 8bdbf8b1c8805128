package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// promising keeps promises, changes them and lets them go.
const promising = `
id: test.promising
command: promising
does: keep a promise
title: Promising
about: it
vars: {mine: untouched}
steps:
  - id: which
    when: not has_item(it)
    ask: Which?
    type: choice
    choices: {items: promise, limit: 2, and: [new: A new one, {id: none, label: No more, when: len(items("promise")) > 1}]}
    save: it
  - {id: none, when: it == "none", end: None.}
  - id: back
    recall: it
    else: what
  - {id: now, ask: "It says {{.it}}. What now?", type: choice, choices: [change: Change it, kept: Done, drop: Drop it], save: now}
  - {id: done, when: now == "kept", close: it}
  - {id: drop, when: now == "drop", close: it, state: dropped}
  - {id: closed, when: now != "change", end: "{{.it}}, {{.what}}, {{.cue}}, {{.mine}}."}
  - {id: what, ask: "What?{{with .what}} ({{.}}){{end}}", save: what}
  - {id: cue, ask: "When?{{with .cue}} ({{.}}){{end}}", save: cue}
  - {id: keep, promise: "{{.what}}{{with .cue}}, {{.}}{{end}}", as: it, values: [what, cue]}
  - {id: nudge, nudge: daily, about: it, opens: test.promising, at: "21:30"}
  - {id: weekly, nudge: weekly, about: it, opens: test.promising, at: "09:00"}
  - {id: last, ask: "Anything else?", save: more}
`

func promisingChat(t *testing.T, said ...string) *chat {
	t.Helper()
	c := newChat(t, bookOf(t, promising))
	for _, s := range said {
		c.say(s)
	}
	return c
}

// texts gives the items with their states, newest first.
func (c *chat) texts() string {
	var out []string
	for _, i := range c.Items("") {
		out = append(out, i.Text+" "+i.State)
	}
	return strings.Join(out, "|")
}

func TestAPromiseIsKeptWithItsValues(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "at six")
	if len(c.items) != 1 {
		t.Fatalf("kept %+v", c.items)
	}
	i := c.items[0]
	if i.Kind != "promise" || i.State != "open" || i.Text != "ring, at six" || fmt.Sprint(i.Values) != "map[cue:at six what:ring]" {
		t.Errorf("kept %+v", i)
	}
	if !i.At.Equal(c.now) || len(i.ID) > 12 {
		t.Errorf("kept at %v under %q", i.At, i.ID)
	}
}

// Going back behind a promise and coming past it again makes the same promise, and
// not a second one.
func TestAPromiseMadeAgainAfterBackIsTheSame(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "at six")
	first := c.items[0]
	for _, said := range []string{"/back", "/back", "/back", "A new one", "write", "/skip"} {
		c.say(said)
	}
	if len(c.items) != 1 || c.items[0].ID != first.ID || !c.items[0].At.Equal(first.At) {
		t.Fatalf("there are %+v, was %+v", c.items, first)
	}
	if c.items[0].Text != "write" || fmt.Sprint(c.items[0].Values) != "map[what:write]" {
		t.Errorf("it is %+v", c.items[0])
	}
}

func TestTwoPromisesHaveTwoIDs(t *testing.T) {
	c := promisingChat(t)
	for range 3 {
		c.now = c.now.Add(-time.Second) // all in the same second
		for _, said := range []string{"/promising", "a new one", "ring", "/skip", "/skip"} {
			c.say(said)
		}
	}
	if len(c.items) != 3 || c.items[0].ID == c.items[1].ID || c.items[1].ID == c.items[2].ID {
		t.Errorf("kept %+v", c.items)
	}
}

// The id of a choice begins with a small letter: an item's never does.
func TestAnItemIsNeverTakenForAChoice(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "/skip")
	if id := c.items[0].ID; id[0] < '0' || id[0] > '9' {
		t.Errorf("its id is %q", id)
	}
}

func TestAPromiseThatIsChangedKeepsItsIDAndTime(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "at six", "/skip")
	first := c.items[0]
	c.items[0].Values["of another flow"] = "stays"
	for _, said := range []string{"/promising", "ring", "change it", "write", "/skip"} {
		c.say(said)
	}
	if len(c.items) != 1 {
		t.Fatalf("there are %+v", c.items)
	}
	i := c.items[0]
	if i.ID != first.ID || !i.At.Equal(first.At) || i.Text != "write" {
		t.Errorf("it is %+v, was %+v", i, first)
	}
	if got := fmt.Sprint(i.Values); got != "map[of another flow:stays what:write]" {
		t.Errorf("its values are %s: those named change, others stay", got)
	}
}

func TestClosingLeavesTheWordsAndDropsWhatComesBack(t *testing.T) {
	for button, state := range map[string]string{"Done": "done", "Drop it": "dropped"} {
		c := promisingChat(t, "/promising", "a new one", "ring", "at six", "/skip",
			"/promising", "a new one", "write", "/skip", "/skip", "/promising", "ring")
		if len(c.nudges) != 4 {
			t.Fatalf("set are %v", c.nudges)
		}
		if got := c.press(button); got != "ring, at six, ring, at six, untouched." {
			t.Errorf("%s said %q", button, got)
		}
		if got := c.texts(); got != "write open|ring, at six "+state {
			t.Errorf("%s left %q", button, got)
		}
		if len(c.items[0].Values) != 2 {
			t.Errorf("%s left the values %v", button, c.items[0].Values)
		}
		other := func(n flows.Nudge) bool { return n.About != c.items[1].ID }
		if len(c.nudges) != 2 || slices.ContainsFunc(c.nudges, other) {
			t.Errorf("%s left %v", button, c.nudges)
		}
	}
}

func TestItemsAreOfferedByTheirWordsWithTheChoicesBesideThem(t *testing.T) {
	c := promisingChat(t)
	for _, what := range []string{"one", "two", "a promise with so many words that no button would ever hold it"} {
		for _, said := range []string{"/promising", "a new one", what, "/skip", "/skip"} {
			c.say(said)
		}
	}
	c.say("/promising")
	var labels []string
	for _, b := range c.last().Buttons {
		labels = append(labels, b.Label)
	}
	want := []string{"a promise with so many words that no button…", "two", "A new one", "No more"}
	if !slices.Equal(labels, want) {
		t.Fatalf("offered %q, want %q", labels, want)
	}
	if got := c.press("No more"); got != "None." {
		t.Errorf("got %q", got)
	}
	c.say("/promising")
	if got := c.press("two"); !strings.HasPrefix(got, "It says two.") {
		t.Errorf("got %q", got)
	}
}

func TestAButtonOfAPromiseThatIsDoneChoosesNothing(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "/skip", "/skip", "/promising")
	c.items[0].State = "done"
	if got := c.press("ring"); !strings.Contains(got, "Which of these is nearest") {
		t.Errorf("got %q", got)
	}
}

func TestTheStepsAfterAPromiseSeeItInTheSameTurn(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.same
command: same
does: look at once
title: Same
vars: {it: {type: item}, day: {type: date}}
steps:
  - {id: none, when: not has_item(it) && len(items("goal")) == 0, say: "None."}
  - {id: what, ask: "What?", save: what}
  - {id: a, goal: "{{.what}}", as: it}
  - {id: b, set: {day: "today.AddDate(0, 0, 3)"}}
  - {id: c, nudge: day, about: it, opens: test.same, at: "09:00", day: day, lead: -2}
  - {id: d, nudge: plain, opens: test.same, at: "09:00"}
  - {id: e, say: '{{range .Items "goal"}}{{.Text}} on {{.On}}{{end}}{{range .Items "promise"}}none{{end}}; {{range .Nudges}}{{.Title}} {{end}}'}
  - id: f
    when: has_item(it) && days_to(comes(it, "day")) == 3 && items("goal") == [it] && nudged("plain") && not nudged("day")
    say: Seen.
  - {id: g, close: it}
  - id: h
    when: not has_item(it) && len(items("")) == 0 && days_to(comes(it, "day")) == 9999
    say: "Gone: {{.it}}."
  - {id: i, each: 'items("goal")', as: it, steps: [{id: j, say: "Never."}]}
about: it
`))
	c.say("/same")
	got := c.say("swim")
	if want := "swim on Sunday 10 May; Same \nSeen.\nGone: swim."; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// comeBack has a nudge about an item come.
func (c *chat) comeBack(id string, i flows.Item) string {
	return c.answer(flows.Event{Kind: flows.Nudged, Nudge: id, About: i.ID, Flow: "test.promising"})
}

func TestWhatComesBackAboutAPromiseOpensItsFlowAboutIt(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "/skip", "/skip", "/promising", "a new one", "write", "/skip", "/skip")
	c.now = c.now.Add(time.Hour)
	c.comeBack("daily", c.items[0])
	if got := c.press("Now"); !strings.HasPrefix(got, "It says ring.") {
		t.Fatalf("got %q", got)
	}
	c.now = c.now.Add(time.Hour)
	c.comeBack("daily", c.items[1])
	if got := c.press("Now"); !strings.HasPrefix(got, "It says write.") {
		t.Errorf("half done about another one, it said %q", got)
	}
	c.now = c.now.Add(time.Hour)
	c.comeBack("weekly", c.items[1])
	if got := c.press("Now"); !strings.Contains(got, "It says write.") || len(c.last().Buttons) != 3 || c.last().Buttons[0].Label != "Go on" {
		t.Fatalf("half done about the same, it said %q", got)
	}
	if got := c.press("Begin again"); !strings.HasPrefix(got, "It says write.") {
		t.Errorf("begun again, it said %q", got)
	}
	s := c.turn(flows.Event{}).Session
	if len(s.Parked) > 0 {
		t.Errorf("%d are set aside", len(s.Parked))
	}
}

func TestWhatComesBackAboutAPromiseThatIsDoneSaysNothing(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "/skip", "/skip")
	c.items[0].State = "done"
	c.now = c.now.Add(time.Hour)
	if got := c.comeBack("daily", c.items[0]); got != "" || len(c.nudges) != 1 {
		t.Errorf("got %q, and %v are left", got, c.nudges)
	}
}

func TestWhatIsPutOffStaysAboutItsPromise(t *testing.T) {
	c := promisingChat(t, "/promising", "a new one", "ring", "/skip")
	i := c.items[0]
	busy := c.step(flows.Event{Kind: flows.Nudged, Nudge: "daily", About: i.ID, Flow: "test.promising"})
	c.say("/skip")
	c.comeBack("daily", i)
	later := c.step(flows.Event{Kind: flows.Pressed, Token: c.token("Later today")})
	for _, effects := range [][]flows.Effect{busy, later} {
		if s, ok := effects[0].(flows.Snooze); !ok || s.About != i.ID {
			t.Errorf("got %+v", effects[0])
		}
	}
}
