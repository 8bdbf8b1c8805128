package flows_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kintsugi/flows"
)

// oddities are texts that have hurt other programs.
var oddities = map[string]string{
	"very long":         strings.Repeat("0123456789", 10_000),
	"one long word":     strings.Repeat("ä", 50_000),
	"emoji":             "😭😭😭👩‍👩‍👧‍👦🏳️‍🌈",
	"right to left":     "שלום, זה היה יום קשה",
	"direction marks":   "\u202egnorw\u202c \u2066in\u2069side",
	"combining":         "Z̸̡̢̛a̵͎͝l̷̰͐g̶̭͒o̷ e\u0301te\u0301",
	"NUL":               "before\x00after",
	"control":           "a\x1b[31mred\x07b",
	"lines":             "one\r\ntwo\n\n\nthree\u2028four",
	"markup":            `<b>&amp;*_` + "`" + `~||[a](b)</b>`,
	"template":          "{{.thanks}} {{.person.name}} {{range .Entries \"\" 1 9}}{{.Text}}{{end}}",
	"broken template":   "{{",
	"expression":        "${1+1} #{1+1} %{1+1} $(id) `id`",
	"format":            "%s %d %!v(MISSING) %n",
	"JSON":              `{"text":"\u0000","a":[1,{}]}`,
	"YAML":              "- a: &b !!binary |\n  x\n...\n---",
	"path":              "../../../../etc/passwd",
	"SQL":               "'; DROP TABLE entries;--",
	"zero width":        "a\u200b\u200c\u200d\ufeffb",
	"no break":          "a\u00a0b",
	"beyond the plane":  "𝕋𝕙𝕚𝕤 𠜎𠜱",
	"replacement":       "a\ufffdb",
	"slash, not alone":  "/ hello",
	"slash, then signs": "/é",
}

const textFlow = `
id: test.text
command: text
title: Text
does: take a text
steps:
  - {id: a, ask: "Which text?", save: what}
  - {id: b, record: test, text: "{{.what}}", values: [what]}
  - {id: c, end: "It was: {{.what}}"}
`

func TestOddTextIsKeptAndShownAsItStands(t *testing.T) {
	book := bookOf(t, textFlow)
	for name, text := range oddities {
		t.Run(name, func(t *testing.T) {
			c := newChat(t, book)
			c.say("/text")
			if got := c.say(text); got != "It was: "+text {
				t.Errorf("shown as %.80q", got)
			}
			if got := c.kept("test"); len(got) != 1 || got[0] != text {
				t.Errorf("kept as %.80q", got)
			}
			if got := c.entries[0].Values["what"]; got != text {
				t.Errorf("the value kept is %.80q", got)
			}
		})
	}
}

func TestNothingWithoutAWordInItIsTakenForAText(t *testing.T) {
	for _, text := range []string{"", " ", "\n\n", "\t\r\n", "\u00a0"} {
		c := newChat(t, bookOf(t, textFlow))
		c.say("/text")
		c.say(text)
		if got := c.kept("test"); len(got) > 0 {
			t.Errorf("%q was kept as %q", text, got)
		}
	}
}

// Odd text is put to each kind of question and to each place where no question is
// open; nothing may panic, and each is answered.
func TestOddTextIsAnsweredAnywhere(t *testing.T) {
	places := map[string][]string{
		"nothing open": nil, "a stranger": nil,
		"number": {"/everything", "word"}, "scale": {"/everything", "word", "7"},
		"choice":        {"/everything", "word", "7", "7", "7"},
		"choices":       {"/everything", "word", "7", "7", "7", "red"},
		"yes or no":     {"/everything", "word", "7", "7", "7", "red", "apple"},
		"list":          {"/everything", "word", "7", "7", "7", "red", "apple", "yes"},
		"list begun":    {"/everything", "word", "7", "7", "7", "red", "apple", "yes", "Ann"},
		"date":          {"/everything", "word", "7", "7", "7", "red", "apple", "yes", "/skip"},
		"date read":     {"/everything", "word", "7", "7", "7", "red", "apple", "yes", "/skip", "3 June"},
		"time":          {"/everything", "word", "7", "7", "7", "red", "apple", "yes", "/skip", "/skip"},
		"picture":       {"/everything", "word", "7", "7", "7", "red", "apple", "yes", "/skip", "/skip", "/skip"},
		"set aside":     {"/everything", "/cancel"},
		"to be resumed": {"/everything", "/everything"},
	}
	book := everythingBook(t)
	for place, said := range places {
		for name, text := range oddities {
			t.Run(place+"/"+name, func(t *testing.T) {
				c := newChat(t, book)
				c.person.Met = place != "a stranger"
				for _, s := range said {
					c.say(s)
				}
				for range 4 { // past the patience of any question
					if got := c.say(text); got == "" || !utf8.ValidString(got) {
						t.Fatalf("answered with %.80q", got)
					}
				}
			})
		}
	}
}

func TestOddTokensChangeNothing(t *testing.T) {
	c := newChat(t, everythingBook(t))
	for _, text := range []string{"/everything", "word", "7"} {
		c.say(text)
	}
	before := questionOf(c)
	for _, token := range []string{
		"", ".", "1", "1.", ".1", "-1.0", "1.-1", "3.99999999999999999999", "3.0x", "03.0", "x.y", "💥", "3.0.0",
		strings.Repeat("9", 1000),
	} {
		if got := c.answer(flows.Event{Kind: flows.Pressed, Token: token}); got == "" {
			t.Errorf("%.20q was met with silence", token)
		}
		if got := questionOf(c); got != before {
			t.Fatalf("%.20q went on to %q", token, got)
		}
	}
}

func TestOddThingsAreMetWithALineAndChangeNothing(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.say("/everything")
	for _, thing := range []string{"", "photo", "voice", "video", "sticker", "location", "contact", "document", "edit", "forward", "other", "newer"} {
		if got := c.answer(flows.Event{Kind: flows.Sent, Thing: thing}); got == "" {
			t.Errorf("%q was met with silence", thing)
		}
	}
	for _, e := range []flows.Event{{Kind: flows.Lapsed, Wait: "wait-1"}, {Kind: flows.Lapsed}, {}, {Kind: 99}} {
		if got := c.answer(e); got != "" {
			t.Errorf("%+v was met with %q", e, got)
		}
	}
	if got := questionOf(c); got != "text" {
		t.Errorf("went on to %q", got)
	}
}

func TestForwardedWordsAreNoAnswerAndThatIsSaid(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.say("/everything")
	if got := c.answer(flows.Event{Kind: flows.Sent, Thing: "forward"}); !strings.Contains(got, "forwarded") {
		t.Errorf("they were met with %q", got)
	}
}

func TestNumbersAreTakenOnlyWithinTheirLimits(t *testing.T) {
	book := bookOf(t, `
id: test.number
command: number
title: Number
does: take a number
steps:
  - {id: a, ask: "What number?", type: number, min: -5, max: 5, save: n}
  - {id: b, ask: "How far?", type: scale, min: 0, max: 4, save: s}
  - {id: c, record: test, text: "{{.n}} and {{.s}}", values: [n, s]}
`)
	for said, taken := range map[string]bool{
		"5": true, "-5": true, "0": true, "4.999": true, "5.001": false, "-6": false, "1e9": false, "1e400": false,
		"NaN": false, "Inf": false, "-Inf": false, "0x5": false, "99999999999999999999999": false, "": false, "five": true,
	} {
		c := newChat(t, book)
		c.say("/number")
		c.say(said)
		if got := questionOf(c) == "b"; got != taken {
			t.Errorf("the number %q taken: %v, want %v", said, got, taken)
		}
	}
	for said, taken := range map[string]bool{"0": true, "4": true, "5": false, "-1": false, "2.5": false, "10": false} {
		c := newChat(t, book)
		c.say("/number")
		c.say("1")
		c.say(said)
		if got := len(c.kept("test")) == 1; got != taken {
			t.Errorf("%q on the scale taken: %v, want %v", said, got, taken)
		}
	}
}

func TestADayIsTakenOnlyOnTheSideThatIsWanted(t *testing.T) {
	for which, days := range map[string]map[string]bool{
		"future": {"yesterday": false, "1 May 2026": false, "today": true, "tomorrow": true, "3 May 2027": true, "31 June": false},
		"past":   {"yesterday": true, "1 May 2026": true, "today": true, "tomorrow": false, "3 May 2027": false, "0 May": false},
		"any":    {"yesterday": true, "tomorrow": true, "30 February": false, "3 May 0": false, "3 May 99999": false},
	} {
		book := bookOf(t, `
id: test.day
command: day
title: A day
does: take a day
steps:
  - {id: a, ask: "Which day?", type: date, which: `+which+`, save: d}
  - {id: b, record: test, text: "{{.d}}"}
`)
		for said, taken := range days {
			c := newChat(t, book)
			c.say("/day")
			c.say(said)
			c.say("yes")
			if got := len(c.kept("test")) == 1; got != taken {
				t.Errorf("%s %q taken: %v, want %v", which, said, got, taken)
			}
		}
	}
}

func TestALongListIsCut(t *testing.T) {
	c := newChat(t, everythingBook(t))
	for _, text := range []string{"/everything", "word", "7", "7", "7", "red", "apple", "yes"} {
		c.say(text)
	}
	c.say(strings.Repeat("one more\n", 5000))
	if got := questionOf(c); got != "date" {
		t.Fatalf("at %q, want to have gone on from a list that is full", got)
	}
	if got := len(c.session); got > 2<<10 {
		t.Errorf("the session has %d bytes, and a hundred items need half of 2 KiB", got)
	}
}
