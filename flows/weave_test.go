package flows_test

import (
	"strings"
	"testing"
)

// weaving asks for a list or for words, and puts them into a text.
func weaving(kind, text string) string {
	return `
id: test.weave
command: weave
does: asks
title: Words
for: both
steps:
  - {id: said, ask: "What?", type: ` + kind + `, save: it}
  - {id: bye, end: "` + text + `"}
`
}

// A list is written as people write one, and one that is more than phrases is set by.
func TestAListIsWovenIn(t *testing.T) {
	const mid, label, last, quoted = "Leave out what hurts, such as {{.it}}. The rest can wait.", "I like: {{.it}}", "For comfort: {{.it}}.", "You: “{{.it}}”"
	for _, tt := range []struct{ text, items, want string }{
		{mid, "The kitchen\nthe car\nHis phone", "Leave out what hurts, such as the kitchen, the car and his phone. The rest can wait."},
		{mid, "Rose\nMarch\nTom's birthday\nSt Ann's", "Leave out what hurts, such as Rose, March, Tom's birthday and St Ann's. The rest can wait."},
		{mid, "Don't forget\nTV\nGoing to Rome\nMam", "Leave out what hurts, such as don't forget, TV, going to Rome and Mam. The rest can wait."},
		{mid, "The Shannon\nThe Coat\nNorth Street\nText Mara", "Leave out what hurts, such as the Shannon, The Coat, North Street and text Mara. The rest can wait."},
		{mid, "The sea", "Leave out what hurts, such as the sea. The rest can wait."},
		{mid, "Would you sit with me?\nTea", "Leave out what hurts, such as:\n– Would you sit with me?\n– Tea\n\nThe rest can wait."},
		{mid, "Would you sit with me?", "Leave out what hurts, such as:\n– Would you sit with me?\n\nThe rest can wait."},
		{label, "Tea\nA walk by the sea", "I like: tea and a walk by the sea"},
		{label, "He can go on the 26th\nthe children choose", "I like:\n– He can go on the 26th\n– the children choose"},
		{label, "a walk and then tea\nSleep", "I like:\n– a walk and then tea\n– Sleep"},
		{label, "a walk that goes all the way round the lake\nsleep", "I like:\n– a walk that goes all the way round the lake\n– sleep"},
		{last, "Tea\nCake", "For comfort: tea and cake."},
		{last, "Somebody sat with me.", "For comfort: Somebody sat with me."},
		{last, "Would you sit with me?", "For comfort: Would you sit with me?"},
		{last, "I sit down.\nI ring her.", "For comfort:\n– I sit down.\n– I ring her."},
		{quoted, "Would you come?\nWould you ring?", "You: “Would you come?\nWould you ring?”"},
		{quoted, "Say \"stop\"\nCake", "You: “Say ‘stop’ and cake”"},
		{"{{range .it}}“{{.}}” {{end}}", "say \"stop\"\nCake", "“say ‘stop’” “Cake” "},
		{quoted, "Tea\nCake", "You: “Tea and cake”"},
		{"{{.it}}\nThat's all.", "Tea\nCake", "Tea and cake\nThat's all."},
	} {
		c := newChat(t, bookOf(t, weaving("list", strings.ReplaceAll(tt.text, "\n", `\n`))))
		c.say("/weave")
		for _, item := range strings.Split(tt.items, "\n") {
			c.say(item)
		}
		if got := c.say("that's all"); got != tt.want {
			t.Errorf("%q in %q: %q, and not %q", tt.items, tt.text, got, tt.want)
		}
	}
}

// What somebody wrote reads as part of the sentence that it is put into.
func TestWordsFitTheirSentence(t *testing.T) {
	for _, tt := range []struct{ text, said, want string }{
		{"When it starts, I {{.it}}.", "Put the phone away.", "When it starts, I put the phone away."},
		{"When it starts, I {{.it}}.", "Ring Mara", "When it starts, I ring Mara."},
		{"When it starts, {{.it}}.", "Rose comes over", "When it starts, Rose comes over."},
		{"When it starts, {{.it}}.", "Mary Murphy comes", "When it starts, Mary Murphy comes."},
		{"When it starts, {{.it}}.", "I go out!", "When it starts, I go out!"},
		{"When {{.it}}, I go.", "the bell rings.", "When the bell rings, I go."},
		{"When {{.it}} I go.", "The bell rings.", "When the bell rings I go."},
		{"It was {{.it}}?", "late.", "It was late?"},
		{"A sign: {{.it}}.", "He rang.", "A sign: He rang."},
		{"You wrote “{{.it}}”.", "He rang.", "You wrote “He rang.”"},
		{"You wrote “{{.it}}” that day.", "She wrote “home” to me", "You wrote “She wrote ‘home’ to me” that day."},
		{"You wrote “{{.it}}” that day.", `"no"`, "You wrote “no” that day."},
		{"You wrote “{{.it}}” that day.", `he wrote "home" twice`, "You wrote “he wrote ‘home’ twice” that day."},
		{"{{.it}}. That's it.", "Nothing…", "Nothing… That's it."},
		{"To ring: {{.it}}", "Will", "To ring: Will"},
	} {
		c := newChat(t, bookOf(t, weaving("text", tt.text)))
		c.say("/weave")
		if got := c.say(tt.said); got != tt.want {
			t.Errorf("%q in %q: %q, and not %q", tt.said, tt.text, got, tt.want)
		}
	}
}

// The signs that mark what is put in can't be written by anybody.
func TestNobodyWritesTheSigns(t *testing.T) {
	c := newChat(t, bookOf(t, weaving("text", "So: {{.it}}.")))
	c.say("/weave")
	if got := c.say("te\uFDD3a\uFDD6 and \uFDD2\uFDD5cake"); got != "So: tea and cake." {
		t.Errorf("said %q", got)
	}
}
