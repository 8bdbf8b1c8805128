package bot

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kintsugi/flows"
)

// Allow says who may come in: all who are named and all who know the phrase. The zero
// Allow lets everybody in. Who is in already stays in.
type Allow struct {
	// People are named as "telegram:123456": the platform, and either the number that it
	// gives the person or the chat.
	People []string
	// Phrase is what somebody who was invited says, or the payload of their link. Capital
	// letters don't matter, and between its words a space is as good as - or _.
	Phrase string
}

// shortestPhrase is how many characters a phrase has at least: shorter ones are guessed.
const shortestPhrase = 8

// allowPlatforms are the platforms that people can be named on.
var allowPlatforms = []string{"telegram", "discord", "terminal"}

// Validate gives every mistake, each with its setting and with what would do. It repeats
// neither the phrase nor anybody's number.
func (a Allow) Validate() []string {
	var mistakes []string
	for i, entry := range a.People {
		platform, id, ok := strings.Cut(entry, ":")
		switch {
		case !ok || id == "":
			mistakes = append(mistakes, fmt.Sprintf("allow.people: entry %d names nobody; write the platform, a colon and the person's number, such as telegram:123456", i+1))
		case !slices.Contains(allowPlatforms, platform):
			mistakes = append(mistakes, fmt.Sprintf("allow.people: entry %d names no platform that there is; before the colon stands %s", i+1, strings.Join(allowPlatforms, ", ")))
		}
	}
	if a.Phrase != "" && utf8.RuneCountInString(foldPhrase(a.Phrase)) < shortestPhrase {
		mistakes = append(mistakes, fmt.Sprintf("allow.phrase: it is easy to guess; write %d characters or more", shortestPhrase))
	}
	return mistakes
}

// door is an Allow ready for use.
type door struct {
	open    bool // to everybody
	people  []string
	phrase  [sha256.Size]byte // of the folded phrase
	phrased bool
	guesses *quota
	refused *quota // how often strangers are told that they can't come in
}

const (
	wrongGuesses    = 5    // of an address, before it has to be quiet
	allWrongPhrases = 200  // of everybody
	allWrongCodes   = 1000 // of everybody
	allRefused      = 4096 // strangers who are told so
)

func newDoor(a Allow) *door {
	folded := foldPhrase(a.Phrase)
	return &door{
		open:    len(a.People) == 0 && a.Phrase == "",
		people:  a.People,
		phrase:  sha256.Sum256([]byte(folded)),
		phrased: folded != "",
		guesses: newQuota(wrongGuesses, allWrongPhrases),
		refused: newQuota(1, allRefused),
	}
}

// names says whether the person behind an event is named.
func (d *door) names(in Inbound) bool {
	platform := in.From.Platform + ":"
	return in.User != "" && slices.Contains(d.people, platform+in.User) || slices.Contains(d.people, platform+in.From.ID)
}

// isPhrase says whether an event is the phrase, or a start with it. It takes as long
// whatever is wrong in it.
func (d *door) isPhrase(e flows.Event) bool {
	said, ok := guessIn(e)
	if !d.phrased || !ok {
		return false
	}
	sum := sha256.Sum256([]byte(foldPhrase(said)))
	return subtle.ConstantTimeCompare(sum[:], d.phrase[:]) == 1
}

// guessIn gives the words of an event that can be meant as the phrase.
func guessIn(e flows.Event) (string, bool) {
	if e.Kind != flows.Said {
		return "", false
	}
	if name, payload, ok := commandWith(e.Text); ok {
		return payload, name == "start" && payload != ""
	}
	return e.Text, true
}

// commandWith cuts a command into its name and what stands behind it.
func commandWith(text string) (name, payload string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return "", "", false
	}
	name = rest
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		name, payload = rest[:i], strings.TrimSpace(rest[i:])
	}
	name, _, _ = strings.Cut(name, "@")
	return strings.ToLower(name), payload, true
}

// foldPhrase leaves out what differs between ways to write the same phrase.
func foldPhrase(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return unicode.IsSpace(c) || c == '-' || c == '_'
	})
	return strings.Join(words, " ")
}
