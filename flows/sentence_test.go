package flows_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// longSentence is how many words a sentence has that no two practices may share.
const longSentence = 8

var sentenceEnd = regexp.MustCompile(`[.?!:]["”']?\s+|\n+`)

// No two practices say the same sentence: each was written for itself.
func TestNoSharedSentenceInTwoPractices(t *testing.T) {
	book, err := flows.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, id := range book.Practices() {
		for _, text := range book.TextsForTest(id) {
			for _, sentence := range sentenceEnd.Split(text, -1) {
				words := strings.FieldsFunc(strings.ToLower(sentence), func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != '{' && c != '.' })
				if len(words) < longSentence {
					continue
				}
				key := strings.Join(words, " ")
				if other := said[key]; other != "" && other != id {
					t.Errorf("%s and %s both say: %s", other, id, sentence)
				}
				said[key] = id
			}
		}
	}
}
