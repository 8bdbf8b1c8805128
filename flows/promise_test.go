package flows_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shaping has what was written put into shape, once to follow "I" and once to follow
// "When".
const shaping = `
id: test.shaping
command: shaping
does: put words into shape
title: Shaping
vars: {whole: false}
steps:
  - {id: deed, ask: "I …?", save: deed}
  - {id: fit-deed, call: promise.deed, give: {words: deed}, take: {deed: words}}
  - {id: clause, ask: "“I {{.deed}}.” When …?", save: clause}
  - {id: fit-clause, call: promise.clause, give: {words: clause}, take: {clause: words, whole: whole}}
  - {id: end, end: "“{{if .whole}}{{.clause}}{{else}}When {{.clause}}{{end}}”"}
`

func TestWordsForADeedFollowI(t *testing.T) {
	book := wholeBookOf(t, shaping)
	for said, want := range map[string]string{
		"ring home":                "ring home",
		"Ring home.":               "ring home",
		"I ring home":              "ring home",
		"i'll ring home":           "ring home",
		"I’ll ring home!":          "ring home",
		"I will ring home":         "ring home",
		"then I'll ring home":      "ring home",
		"AND THEN I ring home":     "ring home",
		"To ring Anna, my sister":  "ring Anna, my sister",
		"Île de Ré: book the ship": "Île de Ré: book the ship",
		"I":                        "I",
		"then":                     "then",
		"…":                        "…",
		"Item by item I clear it":  "item by item I clear it",
		"ring home\nand say so":    "ring home\nand say so",
	} {
		c := newChat(t, book)
		c.say("/shaping")
		if got := c.say(said); got != strings.Replace("“I "+want+".” When …?", "….", "…", 1) {
			t.Errorf("%q gives %s", said, got)
		}
	}
}

func TestWordsForAMomentFollowWhen(t *testing.T) {
	book := wholeBookOf(t, shaping)
	for said, want := range map[string]string{
		"I've locked the shop":         "When I've locked the shop",
		"When I've locked the shop.":   "When I've locked the shop",
		"whenever the bell goes":       "When the bell goes",
		"The children are asleep":      "When the children are asleep",
		"Anna is asleep":               "When Anna is asleep",
		"It’s ten":                     "When it’s ten",
		"after supper":                 "After supper",
		"Once I'm home":                "Once I'm home",
		"every evening at ten":         "Every evening at ten",
		"attention wanders":            "When attention wanders",
		"If":                           "When If",
		"...":                          "When ...",
		"right after the alarm is set": "Right after the alarm is set",
	} {
		c := newChat(t, book)
		c.say("/shaping")
		c.say("ring home")
		if got := c.say(said); got != "“"+want+"”" {
			t.Errorf("%q gives %s", said, got)
		}
	}
}

// Whatever somebody writes, there are words left of it, and nothing breaks.
func TestShapingLeavesWords(t *testing.T) {
	book := wholeBookOf(t, shaping)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{
			"I", "i'll", "I’ll", "will", "then", "THEN", "and", "When", "if", "to", "at", ".", "…", "Ä", "  ", "\n", "ring",
		}), 1, 6).Draw(t, "words")
		said := "x"
		for _, w := range words {
			said = w + rapid.SampledFrom([]string{" ", "", "  ", "\t"}).Draw(t, "gap") + said
		}
		c := newChat(t, book)
		c.say("/shaping")
		if got := c.say(said); got == "“I .” When …?" {
			t.Fatalf("%q leaves nothing", said)
		}
		if got := c.say(said); got == "“When ”" || got == "“”" {
			t.Fatalf("%q leaves nothing", said)
		}
	})
}

// giving is a conversation that comes upon something to promise.
const giving = `
id: test.giving
command: giving
does: come upon a promise
title: Giving
vars: {deed: "I'll ring home"}
steps:
  - {id: make, call: promise.make, give: {act: deed}}
  - {id: end, end: Over.}
`

func TestAPromiseIsNotAskedForTheDeedThatItIsGiven(t *testing.T) {
	c := newChat(t, wholeBookOf(t, giving))
	for _, said := range []string{"/giving", "I've locked the shop", "/skip", "/skip"} {
		c.say(said)
	}
	c.press("Keep it")
	if len(c.items) != 1 || c.items[0].Text != "When I've locked the shop, I ring home." {
		t.Errorf("kept %+v", c.items)
	}
}
