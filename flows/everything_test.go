package flows_test

import (
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows"
)

// everything is a flow with each kind of step and question in it.
const everything = `
id: test.everything
command: everything
title: Everything
does: try everything
vars: {rounds: 0, summary: ""}
steps:
  - {id: hello, say: [Hello., "Good day, {{.person.name}}."]}
  - {id: text, ask: "Which word?", save: word, skip: No word}
  - {id: number, ask: "What number?", type: number, min: 0, max: 100, save: number}
  - {id: scale, ask: "How far?", type: scale, save: scale, skip: I can't say}
  - {id: again, ask: "And how far now?", type: scale, save: scale_now, skip: I can't say}
  - id: choice
    ask: Which one?
    type: choice
    choices: [red: Red, green: Green, {id: blue, label: Blue, when: scale > 5}]
    save: choice
  - {id: choices, ask: "Which ones?", type: choices, most: 2, choices: [a: Apple, b: Bread, c: Cheese], save: choices}
  - {id: yesno, ask: "Do you?", type: yesno, save: sure, required: true}
  - {id: list, ask: "Who is there?", type: list, save: people}
  - {id: date, ask: "Which day?", type: date, save: day}
  - {id: time, ask: "What time?", type: time, save: hour}
  - {id: photo, ask: "A picture?", type: photo, save: photo, caption: caption}
  - {id: country, ask: "Where are you?", type: country, save: country}
  - {id: settle, ask: "Where do you live?", type: country, save: person.country}
  - {id: ring, resources: [crisis, men]}
  - id: loop
    each: people
    as: one
    steps:
      - {id: of, ask: "What of {{.one}}?", save: of}
      - {id: count, set: {rounds: rounds + 1}}
      - {id: keep-of, record: person, text: "{{.one}}: {{.of}}", values: [rounds]}
  - {id: sub, call: test.inner, give: {seed: word}, take: {summary: result}}
  - {id: rest, wait: Rest a little., for: 20m, done: I'm back, lapse: over}
  - id: fork
    branch:
      - {when: sure, then: [{id: glad, say: Glad to hear.}]}
      - {when: number > 50, then: over}
    else: continue
  - {id: before, ask: "Like which?", type: choice, when: kept("person") > 0, choices: {from: person, limit: 3}, save: like}
  - {id: over, record: everything, text: "{{.word}} {{.choices}} {{.people}} {{.day}} {{.country}} {{.person.country}} {{.summary}} {{.like}} {{.caption}}", values: [number, people, photo]}
  - {id: end, end: "{{.rounds}} rounds."}
`

const inner = `
id: test.inner
title: Inside
command: inside
does: go inside
vars: {seed: "", result: nothing}
steps:
  - {id: ask, ask: "More of {{.seed}}?", save: result, retry: "Once more? ({{.said}})"}
  - {id: pause, wait: A breath., for: 1d, done: Done}
  - {id: end, end: }
`

// keeping is a flow with all there is about items in it.
const keeping = `
id: test.keeping
title: Keeping
command: keeping
does: keep something
about: it
vars: {next: {type: date}, seen: 0}
steps:
  - id: which
    when: not has_item(it)
    ask: Which?
    type: choice
    choices: {items: promise, limit: 3, and: [new: A new one, {id: enough, label: That's enough, when: seen == 0}]}
    save: it
    skip: None
  - {id: enough, when: it == "enough", end: "Then not."}
  - {id: back, recall: it, else: what}
  - {id: known, say: "{{.it}}: {{.what}} {{.day}} {{.often}}"}
  - {id: what, ask: "What?", save: what, skip: I can't say}
  - {id: day, ask: "Which day?", type: date, save: day}
  - {id: lead, ask: "How many days before?", type: number, save: lead}
  - {id: hour, ask: "What time?", type: time, save: hour}
  - {id: often, ask: "How often?", type: choice, choices: [once: Once, fortnightly: Every other week, monthly: Every month, yearly: Every year], save: often}
  - {id: keep, promise: "{{.what}}{{with .often}}, {{.}}{{end}}", as: it, values: [what, day, lead, hour, often]}
  - {id: on, nudge: day, about: it, opens: test.keeping, at: hour, day: day, repeat: often}
  - {id: before, nudge: before, about: it, opens: test.keeping, at: "09:00", day: day, repeat: often, lead: lead}
  - {id: after, nudge: after, about: it, opens: test.keeping, at: "21:30", day: day, repeat: often, lead: 1}
  - {id: plain, nudge: plain, opens: test.keeping, at: hour, day: day, repeat: often}
  - {id: goal, goal: "To {{.what}}", as: wish, when: answered.what}
  - {id: mark, milestone: "{{.day}}", as: mark, when: answered.day}
  - {id: next, set: {next: 'comes(it, "before")', seen: seen + 1}}
  - {id: all, say: "{{range .Items \"promise\"}}{{.Text}} {{.On}} {{end}}{{range .Nudges}}{{.When}} {{end}}{{.next}}{{.mark}}."}
  - id: round
    each: items("goal")
    as: one
    steps:
      - {id: ask, ask: "Is it done?", type: yesno, save: done}
      - {id: done, when: done, close: wish}
      - {id: said, say: "{{.one}}"}
  - {id: over, ask: "Is it over?", type: yesno, save: over}
  - {id: off, nudge: after, about: it, off: true}
  - {id: close, when: over, close: it, state: dropped}
  - {id: last, when: over && days_to(next) > 30 && len(items("")) > 2, say: "A long way."}
`

// promised gives somebody two promises from before, one of them without words, and
// what comes back about them.
func (c *chat) promised() {
	at := c.now.Add(-time.Hour)
	c.items = []flows.Item{
		{ID: "01", Kind: "promise", State: "open", At: at, Text: "ring", Values: map[string]any{
			"what": "ring", "day": "2026-05-09", "hour": "21:30", "often": "monthly", "lead": -1.0,
		}},
		{ID: "02", Kind: "promise", State: "open", At: at.Add(time.Minute)},
	}
	for _, about := range []string{"01", "02", "03"} { // the third is about nothing that is there
		c.nudges = append(c.nudges, flows.Nudge{ID: "day", About: about, Rule: "yearly 05-09 09:00", Flow: "test.keeping"})
	}
}

func everythingBook(t failer) *flows.Book {
	t.Helper()
	book, err := flows.Load(smallContent(), files("everything.yaml", everything, "inner.yaml", inner, "keeping.yaml", keeping))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return book
}

// things that people say: answers to each kind of question, commands, and neither.
var sayings = []string{
	"yes", "no", "ok", "7", "about a 4", "12", "0.5", "fifty", "red", "apple and bread", "all of them", "none of them",
	"Ann\nBob and Cleo", "that's all", "next friday", "03/04", "3 May", "31 June", "half past nine", "21:30", "half",
	"skip", "/skip", "/back", "/repeat", "/cancel", "/help", "/start", "/everything", "/keeping", "/inside", "/gratitude", "/checkin",
	"/journal", "/nonsense", "carry on", "start again", "leave it", "the second one", "👍", "", " ", "a quiet morning at the window",
}

// fitting are answers by the kind of question: with chance alone, few conversations
// would get far.
var fitting = map[string][]string{
	"text": {"a word", "another"}, "number": {"7", "60"}, "scale": {"3", "8"}, "choice": {"red", "the first"},
	"choices": {"apple and bread"}, "yesno": {"yes", "no"}, "list": {"Ann\nBob", "that's all"}, "date": {"3 June", "yes", "next friday"},
	"time": {"21:30", "yes", "half past nine"}, "photo": {"/skip"}, "country": {"the UK", "Deutschland", "the second one"}, "wait": {"back"},
	"zone": {"cork", "yes", "20:00", "the first one"}, "language": {"english"},
}

// drawEvent gives something that may happen next, presses on buttons old and new
// among them.
func drawEvent(t *rapid.T, c *chat) flows.Event {
	if s := c.turn(flows.Event{}).Session; s.Front != nil && len(fitting[s.Front.Form]) > 0 && rapid.Bool().Draw(t, "fits") {
		return flows.Event{Kind: flows.Said, Text: rapid.SampledFrom(fitting[s.Front.Form]).Draw(t, "answer")}
	}
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0, 1, 2, 3:
		return flows.Event{Kind: flows.Said, Text: rapid.SampledFrom(sayings).Draw(t, "text")}
	case 4, 5, 6:
		return flows.Event{Kind: flows.Pressed, Token: drawToken(t, c)}
	case 7:
		thing := rapid.SampledFrom([]string{"photo", "sticker", "edit", "voice", "other"}).Draw(t, "thing")
		return flows.Event{Kind: flows.Sent, Thing: thing}
	case 8:
		return photoEvent(c, rapid.IntRange(0, 9).Draw(t, "photo"))
	}
	for id := range c.waits {
		return flows.Event{Kind: flows.Lapsed, Wait: id}
	}
	if len(c.nudges) > 0 && rapid.Bool().Draw(t, "nudged") {
		n := rapid.SampledFrom(c.nudges).Draw(t, "nudge")
		return flows.Event{Kind: flows.Nudged, Nudge: n.ID, About: n.About, Flow: n.Flow}
	}
	return flows.Event{Kind: flows.Opened}
}

func drawToken(t *rapid.T, c *chat) string {
	var tokens []string
	for _, m := range c.shown {
		for _, b := range m.Buttons {
			tokens = append(tokens, b.Token)
		}
	}
	if len(tokens) == 0 {
		return "1.0"
	}
	newest := tokens[max(0, len(tokens)-12):]
	if rapid.Bool().Draw(t, "old") {
		newest = tokens
	}
	return rapid.SampledFrom(newest).Draw(t, "token")
}
