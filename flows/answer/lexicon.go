package answer

import "strings"

// class says what part a phrase can play. It is a byte so that a row of classes,
// a shape, reads as a word: "nm" is a number and a month.
type class = byte

const (
	unknown class = '?'
	filler  class = '_'
	hedge   class = '~'

	yes    class = 'Y'
	no     class = 'X'
	skip   class = 'S'
	all    class = 'A'
	both   class = 'B'
	none   class = 'Z'
	and    class = '&'
	negate class = '!'

	number  class = 'n'
	ordinal class = 'o'
	ending  class = 's' // of an ordinal in digits: "rd"
	ratio   class = 'q' // "7/10" in one numeral
	letters class = 'c' // a single letter
	minus   class = '-'
	outOf   class = '/'
	andHalf class = '+'
	option  class = '#'
	counted class = '*'

	toCome     class = 'F' // of an age: not reached yet
	hasBeen    class = 'R'
	atSomeTime class = 'W'
)

// meaning is one part that a phrase can play, with what it stands for.
type meaning struct {
	class class
	value int
}

// part is a phrase of an answer with all its meanings; never without any.
type part struct {
	token
	meanings []meaning
}

func (p part) is(c class) (value int, ok bool) {
	for _, m := range p.meanings {
		if m.class == c {
			return m.value, true
		}
	}
	return 0, false
}

// lexicon knows the phrases of one kind of answer.
type lexicon struct {
	phrases map[string][]meaning
	// longest is, for the first token of phrases, how many tokens they have at most.
	longest map[string]int
	// numeral gives the meanings of a numeral that is no phrase.
	numeral func(token) []meaning
}

// add gives each phrase one more meaning.
func (l *lexicon) add(c class, value int, phrases []string) {
	if l.phrases == nil {
		l.phrases, l.longest = map[string][]meaning{}, map[string]int{}
	}
	for _, p := range phrases {
		ts := tokens(p)
		l.longest[ts[0].text] = max(l.longest[ts[0].text], len(ts))
		key := join(ts)
		l.phrases[key] = append(l.phrases[key], meaning{c, value})
	}
}

func join(ts []token) string {
	if len(ts) == 1 {
		return ts[0].text
	}
	texts := make([]string, len(ts))
	for i, t := range ts {
		texts[i] = t.text
	}
	return strings.Join(texts, " ")
}

// read cuts tokens into phrases, the longest first. What has no meaning here is
// kept as unknown, but for marks that only decorate.
func (l *lexicon) read(ts []token) []part {
	parts := make([]part, 0, len(ts))
	for len(ts) > 0 {
		n, p := l.phrase(ts)
		ts = ts[n:]
		if _, u := p.is(unknown); u && p.kind == mark && silent(p.text) {
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// phrase gives the longest phrase that ts begin with, and its length in tokens.
func (l *lexicon) phrase(ts []token) (int, part) {
	for n := min(l.longest[ts[0].text], len(ts)); n > 0; n-- {
		key := join(ts[:n])
		if ms, ok := l.phrases[key]; ok {
			return n, part{token{kind: ts[0].kind, text: key, dot: ts[n-1].dot}, ms}
		}
	}
	if ts[0].kind == numeral && l.numeral != nil {
		if ms := l.numeral(ts[0]); len(ms) > 0 {
			return 1, part{ts[0], ms}
		}
	}
	return 1, part{ts[0], []meaning{{unknown, 0}}}
}

// silent says whether a mark means nothing by itself.
func silent(mark string) bool {
	if len(mark) == 1 {
		return strings.Contains(`.,!?;:'"()[]{}*-`, mark)
	}
	for _, r := range mark {
		if decoration(r) {
			return true
		}
	}
	return false
}

// arg is a phrase in one of its meanings.
type arg struct {
	part
	meaning
}

// maxReadings bounds how many ways an answer is looked at.
const maxReadings = 256

// shapes calls visit with each way to read the parts: a shape and, by its side,
// what stands there. Parts of the dropped classes leave no trace. Both slices are
// good until visit returns.
func shapes(parts []part, dropped string, visit func(shape []byte, args []arg)) {
	left := maxReadings
	var step func(rest []part, shape []byte, args []arg)
	step = func(rest []part, shape []byte, args []arg) {
		if left == 0 {
			return
		}
		if len(rest) == 0 {
			left--
			visit(shape, args)
			return
		}
		gone := false
		for _, m := range rest[0].meanings {
			if strings.IndexByte(dropped, m.class) < 0 {
				step(rest[1:], append(shape, m.class), append(args, arg{rest[0], m}))
			} else if !gone {
				gone = true
				step(rest[1:], shape, args)
			}
		}
	}
	step(parts, make([]byte, 0, len(parts)), make([]arg, 0, len(parts)))
}
