package flows

import (
	"slices"
	"strings"
	"unicode"
)

// saying is something that people say to a program though it has asked for something else,
// or for nothing: whether it is human, who reads along, that it should stop. It has an
// answer of its own, so that nobody is told only that they weren't understood.
type saying struct {
	ways  [][]string // the words of each way to say it
	reply *wording
	note  bool // there is more in it than a question: it can go into the journal
	plain bool // to the letter, it is about the program, and no sign of danger
}

// loadSayings reads the file with the key `said`:
//
//	around: [so, then, please]
//	said:
//	  - {of: [are you human, are you a bot], reply: I'm a program., plain: true}
//	  - {of: will it happen again, reply: I can't know that., note: true}
func (b *Book) loadSayings(s source, m *mapping) {
	b.around = m.texts("around")
	list := m.list("said")
	m.finish()
	for _, y := range list {
		entry := s.mapping(y)
		if entry == nil {
			continue
		}
		said := saying{note: entry.flag("note"), plain: entry.flag("plain"), reply: wordingAt(s, entry, "reply")}
		for _, way := range entry.texts("of") {
			said.ways = append(said.ways, wordsOf(way))
		}
		if len(said.ways) == 0 {
			s.fault(entry.line, "`of` says what is said")
		}
		entry.finish()
		b.sayings = append(b.sayings, said)
	}
}

// wordsOf gives the words of a text as they are compared, without any marks.
func wordsOf(text string) []string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// sayingIn gives what the words say, if it is one of the sayings: the one of most words,
// with nothing around it but words that change nothing.
func (r *run) sayingIn(text string) *saying {
	if r.language() != english {
		return nil
	}
	var found *saying
	most, words := 0, wordsOf(text)
	for i := range r.book.sayings {
		for _, way := range r.book.sayings[i].ways {
			if len(way) > most && r.book.isSaid(words, way) {
				found, most = &r.book.sayings[i], len(way)
			}
		}
	}
	return found
}

// isSaid says whether words are a way to say something, and what may stand around it.
func (b *Book) isSaid(words, way []string) bool {
	empty := func(word string) bool { return slices.Contains(b.around, word) }
	meant := func(word string) bool { return !empty(word) }
	for i := 0; i+len(way) <= len(words); i++ {
		if slices.Equal(words[i:i+len(way)], way) {
			return !slices.ContainsFunc(words[:i], meant) && !slices.ContainsFunc(words[i+len(way):], meant)
		}
	}
	return false
}

// isPlain says whether a text is a saying about the program, to the letter.
func (r *run) isPlain(text string) bool {
	s := r.sayingIn(text)
	return s != nil && s.plain && slices.ContainsFunc(s.ways, func(way []string) bool { return slices.Equal(way, wordsOf(text)) })
}

// answers says what there is to say to a saying that is no answer to a question, and keeps it
// until there is a place for it, if there is more in it. It says whether it was one.
func (r *run) answers(a *ask, text string) bool {
	s := r.sayingIn(text)
	if s == nil {
		return false
	}
	r.lead(s.reply.at(r, r.s.Front.Misses-1, nil))
	if s.note {
		r.unplaceAt(a, text)
	}
	return true
}
