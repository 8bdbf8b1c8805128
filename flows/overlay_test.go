package flows_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// german gives the German overlays of testdata/de: the phrases, with the words that
// answers are read with, and the flow of one good thing.
func german(t failer) fstest.MapFS {
	t.Helper()
	words := readFile(t, "answer/testdata/de.yaml")
	head := "language: de\nwords:\n  " + strings.ReplaceAll(words, "\n", "\n  ") + "\n"
	files := fstest.MapFS{}
	names, _ := filepath.Glob("testdata/de/*.yaml")
	for _, name := range names {
		data := readFile(t, name)
		if filepath.Base(name) == "phrases.yaml" {
			data = head + data
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: []byte(data)}
	}
	return files
}

func readFile(t failer, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(data)
}

func germanBook(t failer) *flows.Book {
	t.Helper()
	book, err := flows.Load(content.FS, german(t))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return book
}

func TestAConversationInGerman(t *testing.T) {
	playFile(t, "testdata/de/evening.txtar", german(t))
}

func TestTheNearestLanguageIsSpoken(t *testing.T) {
	book := germanBook(t)
	for tag, want := range map[string]string{
		"de": "Gab es", "de-AT": "Gab es", "de_AT": "Gab es", "DE": "Gab es", "de-Latn-AT": "Gab es",
		"": "Anything", "en-GB": "Anything", "nl": "Anything", "-": "Anything", "d": "Anything",
	} {
		c := newChat(t, book)
		c.person.Language = tag
		if got := c.say("/gratitude"); !strings.HasPrefix(got, want) {
			t.Errorf("%q reads %q, want %q…", tag, got, want)
		}
	}
}

func TestAPhraseIsGivenInTheNearestLanguage(t *testing.T) {
	book := germanBook(t)
	if got := book.Phrase("stale", "de-CH"); !strings.HasPrefix(got, "Dieser Knopf") {
		t.Errorf("in German: %q", got)
	}
	if in, en := book.Phrase("cannot-save", "de"), book.Phrase("cannot-save", ""); in != en || en == "" {
		t.Errorf("untranslated: %q, in English %q", in, en)
	}
	if got := book.Phrase("no such phrase", "de"); got != "" {
		t.Errorf("unknown: %q", got)
	}
}

func TestATextThatIsNotTranslatedIsReportedMildlyAndReadInEnglish(t *testing.T) {
	book := germanBook(t)
	missing := flows.Problem{File: "gratitude.yaml", Line: 33, Text: `"nothing.end" is not in de yet`, Mild: true}
	if !slices.Contains(book.Problems(), missing) {
		t.Errorf("not reported: %v", missing)
	}
	for _, p := range book.Problems() {
		if !p.Mild {
			t.Errorf("a problem that isn't mild: %v", p)
		}
		if p.File == "gratitude.yaml" && p != missing {
			t.Errorf("reported too: %v", p)
		}
	}
	c := newChat(t, book)
	c.person.Language = "de"
	c.say("/gratitude")
	if got := c.press("Heute nichts"); got != "Then nothing it is." {
		t.Errorf("got %q", got)
	}
}

func TestAStaleTranslationIsReportedWithItsLineAndStillRead(t *testing.T) {
	files := german(t)
	flow := string(files["gratitude.yaml"].Data)
	files["gratitude.yaml"].Data = []byte(strings.Replace(flow, "What was it, exactly?", "What was it?", 1))
	book, err := flows.Load(content.FS, files)
	if err != nil {
		t.Fatal(err)
	}
	stale := flows.Problem{File: "gratitude-de.yaml", Line: 9, Text: `"thanks.ask" is stale: its English has changed since`, Mild: true}
	if !slices.Contains(book.Problems(), stale) {
		t.Errorf("not reported among %v", book.Problems())
	}
	c := newChat(t, book)
	c.person.Language = "de"
	c.say("/gratitude")
	if got := c.say("ja, etwas"); got != "Was genau war es?" {
		t.Errorf("got %q", got)
	}
}

func TestATranslationWithTooFewWeekdaysIsAMistake(t *testing.T) {
	files := german(t)
	phrases := string(files["phrases.yaml"].Data)
	files["phrases.yaml"].Data = []byte(strings.Replace(phrases, "is: [Sonntag, Montag,", "is: [Montag,", 1))
	_, err := flows.Load(content.FS, files)
	if err == nil || !strings.Contains(err.Error(), `"weekdays" wants 7 words, and has 6`) {
		t.Errorf("got %v", err)
	}
}

func TestALanguageCanChangeInTheMiddle(t *testing.T) {
	c := newChat(t, germanBook(t))
	c.say("/gratitude")
	c.person.Language = "de"
	if got := c.press("Something, yes"); got != "Was genau war es?" {
		t.Errorf("an English button, then German: %q", got)
	}
	c.person.Language = "en"
	if got := c.say("/repeat"); got != "What was it, exactly?" {
		t.Errorf("back to English: %q", got)
	}
}
