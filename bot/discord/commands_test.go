package discord

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
	"kintsugi/flows/content"
)

const putCommands = "PUT /applications/{app}/commands"

func TestCommandsAreRegisteredWhereNobodyElseReadsAlong(t *testing.T) {
	in(t, func(w *world) {
		w.run(nil)
		after(time.Second)
		contexts := map[string]int{}
		for _, c := range w.Commands() {
			if len(c.Contexts) != 1 || !slices.Equal(c.IntegrationTypes, []int{0, 1}) {
				t.Errorf("%s: contexts %v, integrations %v", c.Name, c.Contexts, c.IntegrationTypes)
				continue
			}
			contexts[c.Name] = c.Contexts[0]
			if c.Name == "private" && c.Description != "go on in private" {
				t.Errorf("it does %q", c.Description)
			}
			if c.Name == "journal" && (c.Description != "read what is kept" || c.DescriptionLocalizations["de"] != "lesen, was da steht" || c.Options[0].Name != "text") {
				t.Errorf("it is %+v", c)
			}
		}
		if len(contexts) != 3 || contexts["start"] != 1 || contexts["journal"] != 1 || contexts["private"] != 0 {
			t.Errorf("the commands are %v", contexts)
		}
	})
}

func TestCommandsAreRegisteredOnlyWhenTheyAreOthers(t *testing.T) {
	in(t, func(w *world) {
		for range 3 {
			p := w.run(nil)
			after(time.Second)
			w.Invalidate(false)
			after(time.Minute)
			p.stop()
		}
		if n := w.Calls(putCommands); n != 1 {
			t.Errorf("registered %d times", n)
		}
		w.options.Words = otherWords{}
		w.run(nil)
		after(time.Second)
		if n := w.Calls(putCommands); n != 2 {
			t.Errorf("registered %d times", n)
		}
	})
}

// otherWords are in one language less.
type otherWords struct{ fewWords }

func (otherWords) Languages() []string { return []string{"en"} }

func TestCommandsThatCantBeRegisteredAreTriedAgain(t *testing.T) {
	in(t, func(w *world) {
		w.FailNext(putCommands, discordtest.Fault{Status: 503}, 3)
		w.run(nil)
		after(5 * time.Minute)
		if len(w.Commands()) != 3 {
			t.Errorf("the commands are %v", w.Commands())
		}
	})
}

func TestALanguageHasALocale(t *testing.T) {
	for tag, want := range map[string]discordgo.Locale{
		"de": "de", "DE": "de", "de-AT": "de", "es": "es-ES", "es-419": "es-419", "pt": "pt-BR", "pt-PT": "pt-BR",
		"zh": "zh-CN", "zh-TW": "zh-TW", "sv": "sv-SE", "fr-CA": "fr", "en": "", "en-GB": "", "tlh": "", "": "",
	} {
		if got, ok := localeOf(tag); got != want || ok != (want != "") {
			t.Errorf("%q has %q, want %q", tag, got, want)
		}
	}
}

func TestOurOwnCommandsAreAllTaken(t *testing.T) {
	book, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	commands := commandsOf(book)
	if want := len(book.Menu("en")) + 1; len(commands) != want {
		t.Errorf("%d commands, want %d", len(commands), want)
	}
	for _, c := range commands {
		if c.Description == "" || c.Description == c.Name || utf8.RuneCountInString(c.Description) > maxDescription {
			t.Errorf("%s is described by %q", c.Name, c.Description)
		}
	}
}
