package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxAnswer is how long an answer may be, in characters, to be anything but text.
const maxAnswer = 200

type tokenKind int

const (
	word    tokenKind = iota + 1 // letters, with apostrophes inside
	numeral                      // digits, with any of .,:/- between them
	mark                         // any other single character
)

// token is a piece of a normal text.
type token struct {
	kind tokenKind
	text string
	dot  bool // a full stop stands right behind the numeral: "3."
}

// tokens cuts an answer into tokens, or gives none if it is too long to be more
// than text.
func tokens(s string) []token {
	if tooLong(s, maxAnswer) {
		return nil
	}
	return scan(normal(s))
}

// scan cuts a normal text into tokens.
func scan(s string) []token {
	sc := scanner{s: s, out: make([]token, 0, 8)}
	for sc.pos < len(sc.s) {
		sc.next()
	}
	return sc.out
}

func tooLong(s string, limit int) bool {
	return len(s) > limit && (len(s) > limit*utf8.UTFMax || utf8.RuneCountInString(s) > limit)
}

type scanner struct {
	s   string
	pos int
	out []token
}

func (sc *scanner) next() {
	r, size := sc.peek(sc.pos)
	switch {
	case r == ' ':
		sc.pos += size
	case sc.startsNumeral():
		sc.numeral()
	case letter(r):
		sc.word()
	case r == '-' && sc.insideWord():
		sc.pos += size
	default:
		sc.out = append(sc.out, token{kind: mark, text: sc.s[sc.pos : sc.pos+size]})
		sc.pos += size
	}
}

func (sc *scanner) peek(i int) (rune, int) {
	if i >= len(sc.s) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(sc.s[i:])
}

func (sc *scanner) before() rune {
	r, _ := utf8.DecodeLastRuneInString(sc.s[:sc.pos])
	return r
}

// startsNumeral says whether a numeral begins here: a digit, or, behind nothing
// or a space, a minus or a decimal mark that a digit follows.
func (sc *scanner) startsNumeral() bool {
	i := sc.pos
	if sc.pos == 0 || sc.s[sc.pos-1] == ' ' {
		for n := 0; n < 2 && i < len(sc.s) && (sc.s[i] == '-' && n == 0 || sc.s[i] == '.'); n++ {
			i++
		}
	}
	return sc.digitAt(i)
}

func (sc *scanner) digitAt(i int) bool {
	return i < len(sc.s) && sc.s[i] >= '0' && sc.s[i] <= '9'
}

func (sc *scanner) numeral() {
	start := sc.pos
	for !sc.digitAt(sc.pos) {
		sc.pos++
	}
	for sc.digitAt(sc.pos) || sc.pos < len(sc.s) && strings.IndexByte(".,:/-", sc.s[sc.pos]) >= 0 && sc.digitAt(sc.pos+1) {
		sc.pos++
	}
	t := token{kind: numeral, text: sc.s[start:sc.pos]}
	rest := sc.s[sc.pos:]
	if strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, "..") {
		t.dot = true
		sc.pos++
	}
	sc.out = append(sc.out, t)
}

// word takes letters and the apostrophes between them. Full stops between single
// letters are left out, so that "p.m." is "pm".
func (sc *scanner) word() {
	start, run := sc.pos, 0 // run counts letters since the last full stop
	for sc.inWord(run) {
		r, size := sc.peek(sc.pos)
		run++
		if r == '.' {
			run = 0
		}
		sc.pos += size
	}
	text := strings.ReplaceAll(sc.s[start:sc.pos], ".", "")
	sc.out = append(sc.out, token{kind: word, text: text})
}

// inWord says whether the word goes on here.
func (sc *scanner) inWord(run int) bool {
	r, size := sc.peek(sc.pos)
	if letter(r) {
		return true
	}
	after, _ := sc.peek(sc.pos + size)
	return letter(after) && (r == '\'' || r == '.' && run == 1)
}

// insideWord says whether the hyphen here joins a word: "twenty-one", "3-May".
func (sc *scanner) insideWord() bool {
	after, _ := sc.peek(sc.pos + 1)
	before := sc.before()
	return meaningful(before) && meaningful(after) && (letter(before) || letter(after))
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}
