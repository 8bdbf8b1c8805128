package coach

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// token is one word of a text. A contraction is two: "don't" is "do" and "not".
type token struct {
	id         wordID
	start, end int32 // its bytes in the text as it was written
	sentence   int32 // the number of its sentence
	clause     int32 // and of its clause; both count from 0 in a text
	flags      trait
	who        subject // whose deed the clause tells of
	upper      bool    // it was written with a capital
	name       bool    // likewise, and it is no word of the language
}

// trait is something that holds for a token where it stands.
type trait uint16

const (
	sentenceStart trait = 1 << iota
	clauseStart
	quoted      // inside quotation marks
	reported    // what somebody said or wrote, told without marks
	negated     // a "not" before it in its clause
	denied      // inside what is not said, thought, felt or meant
	question    // its sentence ends with a question mark
	conditional // behind an "if"
	comma       // a mark stands before it
	numeric     // it is written in digits, whatever else it stands for
)

// mark is what stands between two words, the strongest of what is there.
type mark uint8

const (
	noMark mark = iota
	commaMark
	sentenceMark
	questionMark
)

// text is a text cut into tokens.
type text struct {
	folded folded
	tokens []token
	asks   []bool // of each sentence, whether it ends with a question mark
}

// scanner cuts a folded text.
type scanner struct {
	l        *Language
	out      *text
	pos      int
	pending  mark // before the next word
	sentence int32
	inQuote  bool
	single   bool
}

// numberWord is what every number reads as.
const numberWord = "#"

func (l *Language) tokens(s string) *text {
	f := foldText(s)
	t := &text{folded: f, tokens: make([]token, 0, len(f.text)/4+4), asks: make([]bool, 1, 8)}
	sc := scanner{l: l, out: t}
	for sc.pos < len(f.text) {
		sc.next(s)
	}
	if sc.pending == questionMark {
		t.asks[sc.sentence] = true
	}
	l.contextual(t)
	t.unquoteWhole()
	return t
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

func (sc *scanner) at(i int) byte {
	if i < 0 || i >= len(sc.out.folded.text) {
		return ' '
	}
	return sc.out.folded.text[i]
}

func (sc *scanner) next(s string) {
	c := sc.at(sc.pos)
	switch {
	case digit(c):
		sc.number()
	case letter(c) && !sc.symbol():
		sc.word(s)
	case c == '*' && letter(sc.at(sc.pos+1)) && letter(sc.at(sc.pos-1)):
		sc.pos++
	case c >= 0x80 && sc.currency() > 0:
		sc.pos += sc.currency()
	case c == '&':
		sc.put(sc.l.vocabulary.known([]byte("and")), sc.pos, sc.pos+1, false)
		sc.pos++
	default:
		sc.mark(c)
		sc.pos++
	}
}

// symbol says whether the character here is an emoji or another sign, and passes it:
// it ends a sentence as a full stop does.
func (sc *scanner) symbol() bool {
	c := sc.at(sc.pos)
	if c < 0x80 {
		return false
	}
	r, _ := utf8.DecodeRune(sc.out.folded.text[sc.pos:])
	return !isWordRune(r)
}

// currency gives the length of the sign of a currency that stands here, or 0. Unlike
// other signs it ends no sentence.
func (sc *scanner) currency() int {
	if r, n := utf8.DecodeRune(sc.out.folded.text[sc.pos:]); unicode.Is(unicode.Sc, r) {
		return n
	}
	return 0
}

func (sc *scanner) raise(m mark) {
	if m > sc.pending {
		sc.pending = m
	}
}

// mark takes note of what stands between words.
func (sc *scanner) mark(c byte) {
	switch c {
	case '?':
		sc.raise(questionMark)
	case '.':
		if sc.at(sc.pos+1) == '.' || sc.at(sc.pos-1) == '.' {
			sc.raise(commaMark)
			return
		}
		sc.raise(sentenceMark)
	case '!', '\n':
		sc.raise(sentenceMark)
	case '"':
		sc.inQuote = !sc.inQuote
		sc.raise(commaMark)
	case '\'':
		sc.singleQuote()
	case ',', ';', ':', '(', ')', '/':
		sc.raise(commaMark)
	case '-':
		if sc.at(sc.pos-1) == ' ' || sc.at(sc.pos+1) == ' ' || sc.at(sc.pos+1) == '-' {
			sc.raise(commaMark)
		}
	default:
		if c >= 0x80 {
			sc.raise(sentenceMark)
		}
	}
}

// singleQuote opens or closes a quotation between single marks. One opens only if
// another closes it later on.
func (sc *scanner) singleQuote() {
	switch {
	case sc.single:
		sc.single = false
		sc.raise(commaMark)
	case sc.at(sc.pos-1) == ' ' || sc.at(sc.pos-1) == '(':
		if sc.closes() {
			sc.single = true
			sc.raise(commaMark)
		}
	}
}

// maxQuotation is how far a closing single quote is looked for, in bytes.
const maxQuotation = 300

func (sc *scanner) closes() bool {
	end := min(len(sc.out.folded.text), sc.pos+maxQuotation)
	for i := sc.pos + 2; i < end; i++ {
		if sc.at(i) == '\'' && !letter(sc.at(i+1)) && !digit(sc.at(i+1)) && sc.at(i-1) != ' ' {
			return true
		}
	}
	return false
}

// number takes digits with what stands between them: "9.30", "1,000".
func (sc *scanner) number() {
	start := sc.pos
	for digit(sc.at(sc.pos)) || bytes.IndexByte([]byte(".,:"), sc.at(sc.pos)) >= 0 && digit(sc.at(sc.pos+1)) {
		sc.pos++
	}
	if sc.digitWord(start) {
		return
	}
	sc.put(sc.l.number, start, sc.pos, false)
}

// digitWord takes digits that stand for something else than a number: those that a
// pattern names, as in "911" and "want 2 die", which are numbers all the same, and those
// of slang, as in "2day".
func (sc *scanner) digitWord(start int) bool {
	end := sc.pos
	for letter(sc.at(end)) {
		end++
	}
	if end > sc.pos {
		pieces, ok := sc.l.spelling[string(sc.out.folded.text[start:end])]
		if ok {
			sc.putPieces(pieces, start, end, false)
			sc.pos = end
		}
		return ok
	}
	id := sc.l.vocabulary.known(sc.out.folded.text[start:end])
	if id == 0 {
		return false
	}
	sc.put(id, start, end, false)
	sc.out.tokens[len(sc.out.tokens)-1].flags |= numeric
	return true
}

// word takes letters, with apostrophes, stars and digits inside.
func (sc *scanner) word(s string) {
	start := sc.pos
	for sc.inWord() {
		sc.pos++
	}
	end := sc.pos
	upper := false
	if c := s[sc.out.folded.from[start]]; c >= 'A' && c <= 'Z' {
		upper = true
	}
	if sc.at(end) == '.' && end-start == 1 && letter(sc.at(end+1)) && sc.at(end+2) == '.' && !letter(sc.at(end+3)) {
		sc.pos = end + 3 // "p.m."
		sc.putWord(append([]byte{sc.at(start)}, sc.at(end+1)), start, end+2, upper)
		return
	}
	sc.putWord(sc.out.folded.text[start:end], start, end, upper)
}

func (sc *scanner) inWord() bool {
	c := sc.at(sc.pos)
	if c >= 0x80 {
		return !sc.symbol()
	}
	after := sc.at(sc.pos + 1)
	switch c {
	case '\'':
		return letter(after) && letter(sc.at(sc.pos-1)) && !(sc.single && sc.quoteEnds())
	case '*':
		return letter(after) || after == '*' || letter(sc.at(sc.pos-1))
	}
	return letter(c) || digit(c)
}

func (sc *scanner) quoteEnds() bool { return !letter(sc.at(sc.pos + 1)) }

// putWord puts one written word, which may stand for several.
func (sc *scanner) putWord(w []byte, start, end int, upper bool) {
	l := sc.l
	if id := l.vocabulary.known(w); id != 0 {
		if _, splits := l.spelling[string(w)]; !splits {
			sc.put(id, start, end, upper)
			return
		}
	}
	if pieces, ok := l.spelling[string(w)]; ok {
		sc.putPieces(pieces, start, end, upper)
		return
	}
	if at := bytes.IndexByte(w, '\''); at > 0 {
		if sc.apostrophe(w, at, start, end, upper) {
			return
		}
	}
	id := l.unknown(w)
	sc.put(id, start, end, upper)
	sc.out.tokens[len(sc.out.tokens)-1].name = id == 0 && upper && !l.typos.isReal(w)
}

// apostrophe splits a word at its apostrophe, as in "he's", "mother's", "couldn't".
func (sc *scanner) apostrophe(w []byte, at, start, end int, upper bool) bool {
	l := sc.l
	if bytes.HasSuffix(w, []byte("n't")) && len(w) > 3 {
		stem := len(w) - 3
		sc.putWord(w[:stem], start, start+stem, upper)
		sc.put(l.vocabulary.known([]byte("not")), start+stem, end, false)
		return true
	}
	tail, ok := l.tails[string(w[at:])]
	if !ok {
		// "g'night", "o'clock": one word.
		joined := append(append([]byte{}, w[:at]...), w[at+1:]...)
		sc.put(l.unknown(joined), start, end, upper)
		return true
	}
	sc.putWord(w[:at], start, start+at, upper)
	sc.put(tail, start+at, end, false)
	return true
}

func (sc *scanner) putPieces(pieces []piece, start, end int, upper bool) {
	at := start
	for i, p := range pieces {
		to := start + p.to
		if i == len(pieces)-1 || to > end {
			to = end
		}
		if at >= to { // a word that has no letters of its own
			at = max(start, to-1)
		}
		sc.put(p.id, at, to, upper && i == 0)
		at = to
	}
}

func (sc *scanner) put(id wordID, start, end int, upper bool) {
	t := token{
		id:    id,
		start: sc.out.folded.from[start],
		end:   sc.out.folded.to[end-1],
		upper: upper,
	}
	first := len(sc.out.tokens) == 0
	if !first && sc.pending >= sentenceMark {
		sc.out.asks[sc.sentence] = sc.pending == questionMark
		sc.sentence++
		sc.out.asks = append(sc.out.asks, false)
	}
	if first || sc.pending >= sentenceMark {
		t.flags |= sentenceStart | clauseStart
	}
	if sc.pending == commaMark {
		t.flags |= comma
	}
	if sc.inQuote || sc.single {
		t.flags |= quoted
	}
	t.sentence = sc.sentence
	sc.pending = noMark
	sc.out.tokens = append(sc.out.tokens, t)
}

// unquoteWhole takes a text that stands between quotation marks as a whole for what
// it is: somebody's draft, and nobody's quotation.
func (t *text) unquoteWhole() {
	for i := range t.tokens {
		if t.tokens[i].flags&quoted == 0 {
			return
		}
	}
	for i := range t.tokens {
		t.tokens[i].flags &^= quoted
	}
}
