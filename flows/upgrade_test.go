package flows_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kintsugi/flows"
)

// edition loads one edition of the flows that are upgraded.
func edition(t failer, name string) *flows.Book {
	t.Helper()
	a, err := txtar.ParseFile("testdata/upgrade/books.txtar")
	if err != nil {
		t.Fatalf("%v", err)
	}
	own, err := txtar.FS(a)
	if err != nil {
		t.Fatalf("%v", err)
	}
	sub, err := fs.Sub(own, name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	book, err := flows.Load(smallContent(), sub)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return book
}

// Each conversation is led to a place in the old edition, goes on in the new one,
// and is held to what comes next. changed is "no" where the person hears nothing
// of the upgrade, "told" where they do, and "words" where what they wrote comes back too.
func TestWhereAConversationGoesOnAfterAnUpgrade(t *testing.T) {
	upTo := func(n int, more ...string) []string {
		all := []string{"/main", "Ann", "green", "4", "pear", "salt", "3 June", "yes", "Bob\nCleo", "that's all", "tall"}
		return append(slices.Clone(all[:n]), more...)
	}
	cases := map[string]struct {
		said          []string
		to            string // the edition upgraded to; "new" if empty
		press, answer string
		changed       string
		next          string
	}{
		"renamed":                                   {said: upTo(1), answer: "Ann", changed: "no", next: "Which colour?"},
		"a choice that stands":                      {said: upTo(2), press: "Green", changed: "no", next: "What mood, in a number?"},
		"a choice that is gone":                     {said: upTo(2), press: "Grey", changed: "no", next: "@retry-choice"},
		"a choice that was added":                   {said: upTo(2), answer: "pink", changed: "no", next: "What mood, in a number?"},
		"retyped, pressed":                          {said: upTo(3), press: "4", changed: "told", next: "What mood, in a number?"},
		"retyped, said":                             {said: upTo(3), answer: "4", changed: "words", next: "What mood, in a number?"},
		"a picked choice that is gone":              {said: upTo(4), press: "Pear", changed: "no", next: "@retry-choices"},
		"gone":                                      {said: upTo(5), answer: "salt", changed: "words", next: "Which day?"},
		"gone, skipped":                             {said: upTo(5), answer: "/skip", changed: "told", next: "Which day?"},
		"gone, gone back":                           {said: upTo(6), answer: "/back", changed: "told", next: "Which day?"},
		"being confirmed":                           {said: upTo(7), answer: "yes", changed: "no", next: "What was added?"},
		"added behind":                              {said: upTo(7), press: "@sure-yes", changed: "no", next: "What was added?"},
		"added before, in a list":                   {said: upTo(9), answer: "that's all", changed: "no", next: "What of Bob?"},
		"in a renamed loop":                         {said: upTo(10), answer: "tall", changed: "no", next: "What age, Bob?"},
		"in its second round":                       {said: upTo(11), answer: "short", changed: "no", next: "What age, Cleo?"},
		"in a call":                                 {said: upTo(11, "short"), answer: "much", changed: "no", next: "How much then?"},
		"gone in a call":                            {said: upTo(11, "short", "much"), answer: "less", changed: "words", next: "How much then?"},
		"moved into a branch":                       {said: upTo(11, "short", "much", "less", "then", "yes"), answer: "enough", changed: "no", next: "That was all."},
		"the flow is gone":                          {said: []string{"/left"}, answer: "all of it", next: "@gone"},
		"a called flow is gone":                     {said: []string{"/hop", "here"}, answer: "all of it", changed: "words", next: "To where?"},
		"behind a branch":                           {said: []string{"/fork", "9"}, answer: "a roof", changed: "words", next: "What is over there?"},
		"behind a jump":                             {said: []string{"/fork", "2", "grass"}, answer: "this one", changed: "no", next: "Over."},
		"gone after going back":                     {said: []string{"/trail", "1", "2", "3", "/back", "/back"}, answer: "two", changed: "words", next: "Which third?"},
		"the first of a loop is gone":               {said: upTo(10), to: "later", answer: "tall", changed: "words", next: "Whose Bob?"},
		"offered to go on":                          {said: upTo(2, "/main"), answer: "@carry-on", changed: "no", next: "Which colour?"},
		"offered to go on with a flow that is gone": {said: []string{"/left", "/left"}, answer: "@carry-on", next: "@gone"},
		"offered to begin a flow that is gone":      {said: []string{"/left", "/left"}, answer: "@start-again", next: "@gone"},
		"set aside":                                 {said: upTo(2, "/cancel"), press: "@cancelled-back", changed: "no", next: "Which colour?"},
		"set aside, and gone":                       {said: []string{"/left", "/cancel"}, press: "@cancelled-back", next: "@gone"},
		"interrupted":                               {said: upTo(2, "/trail", "1", "2", "3", "4"), answer: "yes", changed: "no", next: "Which colour?"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, edition(t, "old"))
			for _, text := range tc.said {
				c.say(text)
			}
			c.book = edition(t, orElse(tc.to, "new"))
			var got string
			if tc.press != "" {
				got = c.press(orPhrase(c.book, tc.press))
			} else {
				got = c.say(orPhrase(c.book, tc.answer))
			}
			if next := orPhrase(c.book, tc.next); !strings.HasSuffix(got, next) {
				t.Errorf("goes on with %q, want %q", got, next)
			}
			told := strings.Contains(got, firstSentence(c.book.Phrase("changed", "")))
			if told != (tc.changed == "told" || tc.changed == "words") {
				t.Errorf("told of the upgrade: %v, want %q: %q", told, tc.changed, got)
			}
			if tc.changed == "words" && !strings.Contains(got, tc.answer) {
				t.Errorf("the words are lost: %q", got)
			}
		})
	}
}

// orPhrase gives a phrase where its name is written behind an @.
func orPhrase(book *flows.Book, s string) string {
	if key, ok := strings.CutPrefix(s, "@"); ok {
		return book.Phrase(key, "")
	}
	return s
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func firstSentence(s string) string {
	sentence, _, _ := strings.Cut(s, ".")
	return sentence
}

func TestARenamedLoopGoesOnInItsRound(t *testing.T) {
	c := newChat(t, edition(t, "old"))
	for _, text := range []string{"/main", "Ann", "green", "4", "pear", "salt", "3 June", "yes", "Bob\nCleo", "that's all", "tall"} {
		c.say(text)
	}
	c.book = edition(t, "new")
	c.say("short")
	if got := c.say("forty"); got != "How much more?" {
		t.Errorf("behind the last round: %q", got)
	}
	if got := c.kept("of"); !slices.Equal(got, []string{"Cleo: short", "Bob: tall"}) {
		t.Errorf("kept %q", got)
	}
}

// A flow is called within a loop; the loop gets another name while the call is open.
func TestARenamedLoopAroundACallGoesOnInItsRound(t *testing.T) {
	flow := `
id: test.main
command: main
title: Main
does: the main thing
steps:
  - {id: people, ask: "Which people?", type: list, save: people}
  - {id: loop, each: people, as: one, steps: [{id: call, call: test.sub, give: {of: one}}]}
  - {id: end, end: That was all.}
`
	sub := "id: test.sub\ntitle: Sub\nvars: {of: \"\"}\nsteps:\n  - {id: a, ask: \"What of {{.of}}?\"}\n"
	load := func(flow string) *flows.Book {
		book, err := flows.Load(smallContent(), files("main.yaml", flow, "sub.yaml", sub))
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	c := newChat(t, load(flow))
	for _, text := range []string{"/main", "Bob\nCleo", "that's all", "tall"} {
		c.say(text)
	}
	c.book = load(strings.Replace(flow, "id: loop", "id: round", 1) + "moved: {loop: round}\n")
	if got := c.say("short"); got != "That was all." {
		t.Errorf("behind the last round: %q", got)
	}
}
