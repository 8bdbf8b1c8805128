package coach

import "unicode"

// Language is what the coach knows of one language: its words and its patterns.
type Language struct {
	vocabulary *vocabulary
	number     wordID
	spelling   map[string][]piece // contractions without their apostrophe, slang
	tails      map[string]wordID  // what may follow an apostrophe
	twins      map[wordID][]twin  // spellings that stand for another word in some places
	typos      *typos
	feelings   []Feeling
	faux       []Faux
	marks      subjects
	books      [modeCount]*book
	stems      *stems
	cues       cues
}

// piece is one of the words that a written word stands for; to is where its letters
// end in the written word.
type piece struct {
	id wordID
	to int
}

// twin is a spelling that is read otherwise before certain words: "ill" is "i will"
// before a verb.
type twin struct {
	before int // a class
	after  int // a class of words behind which it can stand, as well as where a clause begins; or -1
	pieces []piece
}

func isWordRune(r rune) bool {
	return r != unicode.ReplacementChar && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// Knows says whether a word in small letters is one of the language, of four letters or more,
// and no first name that the coach knows.
func (l *Language) Knows(word string) bool {
	w := []byte(word)
	return l.typos.isReal(w) && !l.vocabulary.in(l.vocabulary.lexicon.find(w, l.vocabulary.words), l.marks.name)
}
