package answer

import (
	"strings"
	"unicode/utf8"
)

// The longest name, in words and in characters. More is likelier something that a person
// wants to tell.
const (
	maxNameWords = 3
	maxNameRunes = 40
)

// Name reads what somebody wants to be called: up to three words, without the ones that
// introduce a name ("my name is", "call me"). plain says that no such words came before.
func (r *Reader) Name(s string) (name string, plain, ok bool) {
	words := strings.Fields(s)
	rest := r.introduced(words)
	plain = len(rest) == len(words)
	name = strings.TrimRight(strings.Join(rest, " "), ".,! ")
	if name == "" || len(rest) > maxNameWords || utf8.RuneCountInString(name) > maxNameRunes ||
		strings.ContainsAny(name, "?!:;,") || strings.Contains(strings.TrimSpace(s), "\n") {
		return "", plain, false
	}
	return name, plain, true
}

// introduced gives the words that come after the longest words for introducing a name.
func (r *Reader) introduced(words []string) []string {
	for n := min(r.namedWords, len(words)-1); n > 0; n-- {
		if r.named[normal(strings.Join(words[:n], " "))] {
			return words[n:]
		}
	}
	return words
}
