package flows_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

const recalling = `
id: test.recalling
command: recalling
does: look at a promise again
title: Recalling
vars: {word: {type: text}, count: {type: number}, day: {type: date}, hour: {type: time}, people: {type: list}, often: {type: choice}, mine: "mine", far: 3}
steps:
  - {id: first, ask: "First?", save: word}
  - {id: asked, ask: "And?", save: asked}
  - {id: which, ask: "Which?", type: choice, choices: {items: goal}, save: it}
  - id: back
    recall: it
    else:
      - {id: gone, say: "It isn't there."}
  - {id: end, ask: "{{.word}} {{.count}} {{.day}} {{.hour}} {{.people}} {{.often}} {{.asked}} {{.mine}} {{.far}}", save: end}
`

func TestRecallPutsBackWhatFitsAndBlanksWhatIsNotThere(t *testing.T) {
	full := map[string]any{
		"word": "w", "count": 7.0, "day": "2026-06-03", "hour": "21:30", "people": []any{"Ann", "Bob"}, "often": "once",
		"mine": 4.0, "far": 9.0, "asked": "kept", "it": "other", "unknown": "x",
	}
	for name, e := range map[string]struct {
		values map[string]any
		want   string
	}{
		"full":  {full, "w 7 Wednesday 3 June 21:30 Ann and Bob once kept mine 9"},
		"empty": {nil, "      and mine 3"},
		"wrong": {map[string]any{"word": 7.0, "count": "many", "day": nil, "people": "Ann", "mine": true}, "first      and mine 3"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, bookOf(t, recalling))
			c.items = []flows.Item{{ID: "0a", Kind: "goal", State: "open", Text: "swim", At: c.now, Values: e.values}}
			c.say("/recalling")
			c.say("first")
			c.say("and")
			if got := c.press("swim"); got != e.want {
				t.Errorf("got  %q\nwant %q", got, e.want)
			}
			c.say("/back")
			if got := c.say("/skip"); got != "It isn't there.\nfirst      and mine 3" {
				t.Errorf("after /back and leaving the question: %q", got)
			}
		})
	}
}

// What is about an item that was done with meanwhile goes on elsewhere.
func TestRecallOfAnItemThatIsNotOpenGoesOnElsewhere(t *testing.T) {
	for _, state := range []string{"done", "dropped"} {
		c := newChat(t, bookOf(t, strings.ReplaceAll(recalling, "{items: goal}", "{items: goal, state: "+state+"}")))
		c.items = []flows.Item{{ID: "0a", Kind: "goal", State: state, Text: "swim", At: c.now.Add(-time.Hour)}}
		for _, said := range []string{"/recalling", "first", "and"} {
			c.say(said)
		}
		if got := c.press("swim"); !strings.HasPrefix(got, "It isn't there.\nfirst") {
			t.Errorf("%s: %q", state, got)
		}
	}
}

const (
	beforeUpgrade = `
id: test.upgraded
command: upgraded
does: change meanwhile
title: Upgraded
vars: {it: {type: item}}
steps:
  - {id: back, recall: it, else: old}
  - {id: open, end: "Open."}
  - {id: old, ask: "Old?", save: word}
`
	afterUpgrade = `
id: test.upgraded
command: upgraded
does: change meanwhile
title: Upgraded
vars: {it: {type: item}}
steps:
  - {id: back, recall: it, else: new}
  - {id: open, end: "Open."}
  - {id: new, ask: "New?", save: word}
`
)

func TestRecallIsDecidedAnewWhereTheStepBehindItIsGone(t *testing.T) {
	c := newChat(t, bookOf(t, beforeUpgrade))
	c.say("/upgraded")
	c.book = bookOf(t, afterUpgrade)
	if got := c.say("a word"); !strings.HasSuffix(got, "New?") {
		t.Errorf("got %q", got)
	}
}

func TestAVariableThatIsSetToNoDayOrNoItemIsBlank(t *testing.T) {
	c := newChat(t, bookOf(t, `
id: test.blank
command: blank
does: set nothing
title: Blank
vars: {it: {type: item}, day: {type: date}}
steps:
  - {id: set, set: {day: 'comes(it, "day")', it: 'len(items("goal")) > 0 ? items("goal")[0] : ""'}}
  - {id: none, when: not answered.day && not answered.it, end: "None{{.day}}{{.it}}."}
  - {id: some, end: "{{.day}}"}
`))
	if got := c.say("/blank"); got != "None." {
		t.Errorf("got %q", got)
	}
}
