package flows_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// longSentence is how many words a sentence has that no two flows of practices may share.
const longSentence = 8

var (
	sentenceEnd = regexp.MustCompile(`[.?!:]["”']?\s+|\n+`)

	// What is put in, and what decides about it, are no words of the flow.
	putIn = regexp.MustCompile(`\{\{.*?\}\}`)
)

// No two flows of practices say the same sentence: each was written for itself. A practice and
// its further parts are flows like any others.
func TestNoSharedSentenceInTwoPractices(t *testing.T) {
	book, err := flows.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, id := range book.IDs() {
		if !ofPractice(book, id) {
			continue
		}
		for _, text := range book.TextsForTest(id) {
			for _, sentence := range sentenceEnd.Split(putIn.ReplaceAllString(text, " "), -1) {
				words := strings.FieldsFunc(strings.ToLower(sentence), func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' })
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

// ofPractice says whether a flow is a practice or a further part of one: its id begins with the
// same word.
func ofPractice(book *flows.Book, id string) bool {
	first, _, _ := strings.Cut(id, ".")
	return slices.ContainsFunc(book.Practices(), func(practice string) bool { return strings.HasPrefix(practice, first+".") })
}
