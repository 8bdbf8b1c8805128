package flows_test

import (
	"testing"
)

const languageFlow = `
id: test.language
command: tongue
title: The language
does: asks for the language
steps:
  - {id: many, when: languages > 1, say: "More than one."}
  - {id: which, ask: "Which language?", type: language, save: person.language, skip: Leave it}
  - {id: end, end: "{{.person.language}}."}
`

func tongue(t failer, two bool) *chat {
	t.Helper()
	if !two {
		return newChat(t, bookOf(t, languageFlow))
	}
	files := german(t)
	files["tongue.yaml"] = filesOf(languageFlow)
	return newChat(t, loaded(t, files))
}

func TestALanguageIsChosenByTheNameItGivesItself(t *testing.T) {
	for said, want := range map[string]string{"deutsch": "de", "English": "en", "the second one": "de", "2": "de", "klingon": ""} {
		c := tongue(t, true)
		if got := c.say("/tongue"); got != "More than one.\nWhich language?" {
			t.Fatalf("got %q", got)
		}
		c.say(said)
		if c.person.Language != want {
			t.Errorf("%q was read as %q, want %q", said, c.person.Language, want)
		}
	}
}

func TestWhatFollowsIsInTheLanguageChosen(t *testing.T) {
	c := tongue(t, true)
	c.say("/tongue")
	if got := c.press("Deutsch"); got != "Deutsch." {
		t.Errorf("got %q", got)
	}
	c.say("/gratitude")
	if got := c.say("xyz xyz"); got != "Das konnte ich keinem davon zuordnen. Was kommt am nächsten?" {
		t.Errorf("got %q", got)
	}
}

func TestWithOneLanguageThereIsNoneToChoose(t *testing.T) {
	c := tongue(t, false)
	if got := c.say("/tongue"); got != "Which language?" {
		t.Errorf("got %q", got)
	}
	if got := c.say("/skip"); got != "English." || c.person.Language != "" {
		t.Errorf("got %q, kept %q", got, c.person.Language)
	}
	c = newChat(t, loaded(t, nil))
	c.say("/settings")
	for _, b := range c.last().Buttons {
		if b.Label == "The language" {
			t.Error("the language is offered where there is one only")
		}
	}
}
