package answer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxChoices is how long, in characters, an answer with several choices may be.
const maxChoices = 1000

// notChosen is the index of no label.
const notChosen = -1

// Choice reads which one of the labels was meant; index counts from zero.
//
// A label typed as it stands, but for case and marks at the end, is always meant.
// Otherwise two things are looked at, and if both say something they must agree:
//
//   - A position: "2", "#2", "b)", "the second one", "last". Where a label begins
//     with digits, a typed number is never a position, so that "2" is not the
//     second of "1", "3", "10". A letter is none if it begins another label.
//   - Words: the only label that says yes or no, for any yes or no ("nope" is "No,
//     not now", and "No" is "Not today" where nothing else declines), one of a single
//     word before longer ones; the only label with all the words typed; or the only
//     one with words a slip of one letter away.
//
// At least one of the words typed must have three letters ("no" is not "No contact
// yet"), and a label that says "not" is never meant by words that don't.
func (r *Reader) Choice(s string, labels []string) (index int, ok bool) {
	ts := tokens(s)
	if len(ts) == 0 {
		return 0, false
	}
	return r.choose(s, ts, r.labels(labels))
}

func (r *Reader) choose(s string, ts []token, ls []label) (index int, ok bool) {
	if i := exact(s, ls); i != notChosen {
		return i, true
	}
	position, clear := r.position(ts, ls)
	words, wordsClear := r.words(ts, ls)
	switch {
	case !clear, !wordsClear, position == notChosen && words == notChosen:
		return 0, false
	case position == notChosen:
		return words, true
	case words == notChosen, words == position:
		return position, true
	}
	return 0, false
}

// label is a choice, made ready for comparing.
type label struct {
	folded string
	tokens []token
	number float64 // what it begins with, if it begins with a number
	has    bool    // it begins with a number
}

func (r *Reader) labels(texts []string) []label {
	ls := make([]label, len(texts))
	for i, text := range texts {
		text = normal(text)
		l := label{folded: bare(text), tokens: scan(text)}
		if parts := joinNumbers(r.counts.read(l.tokens[:min(2, len(l.tokens))])); len(parts) > 0 {
			_, l.has = parts[0].is(number)
			l.number = r.value(arg{parts[0], parts[0].meanings[0]})
		}
		ls[i] = l
	}
	return ls
}

// exact gives the only label that folds to the same text.
func exact(s string, ls []label) int {
	folded := fold(s)
	return only(ls, func(l label) bool { return l.folded == folded })
}

// only gives the index of the label that fits, unless none or several do.
func only(ls []label, fits func(label) bool) int {
	i := slices.IndexFunc(ls, fits)
	if i < 0 || slices.ContainsFunc(ls[i+1:], fits) {
		return notChosen
	}
	return i
}

// position reads an answer as the place of a label. It is not clear when it is a
// place, but could as well be something else.
func (r *Reader) position(ts []token, ls []label) (index int, clear bool) {
	parts := joinNumbers(r.counts.read(ts))
	for i, p := range parts {
		if p.kind == word && len(p.text) == 1 {
			parts[i].meanings = append(slices.Clip(p.meanings), meaning{letters, int(p.text[0] - 'a')})
		}
	}
	index, clear = notChosen, true
	shapes(parts, string([]byte{filler, option}), func(shape []byte, args []arg) {
		if len(shape) != 1 {
			several := strings.Trim(string(shape), "n") == "" || strings.Trim(string(shape), "c") == ""
			clear = clear && (len(shape) == 0 || !several) // "one three", "a c"
			return
		}
		i, ok := r.place(args[0], ls)
		if index != notChosen && i != notChosen && i != index {
			ok = false
		}
		clear = clear && ok
		index = max(index, i)
	})
	return index, clear
}

// place gives the label that one part points at: by its place, or by the number
// it begins with.
func (r *Reader) place(a arg, ls []label) (index int, clear bool) {
	index = notChosen
	switch a.class {
	case number:
		v := r.value(a)
		if slices.ContainsFunc(ls, label.digits) {
			return only(ls, func(l label) bool { return l.has && l.number == v }), true
		}
		named := only(ls, func(l label) bool { return l.has && l.number == v })
		if v == float64(int(v)) {
			index = int(v) - 1
		}
		if named != notChosen && named != index {
			return notChosen, false
		}
	case ordinal:
		index = a.meaning.value - 1
		if a.meaning.value < 0 {
			index = len(ls) - 1
		}
	case letters:
		index = a.meaning.value
		initial := string(rune('a' + index))
		for i, l := range ls {
			if i != index && strings.HasPrefix(l.folded, initial) {
				return notChosen, true
			}
		}
	}
	if index < 0 || index >= len(ls) {
		return notChosen, true
	}
	return index, true
}

// digits says whether the label begins with a numeral.
func (l label) digits() bool { return len(l.tokens) > 0 && l.tokens[0].kind == numeral }

// words reads an answer as words of a label. It is not clear when several labels
// fit.
func (r *Reader) words(ts []token, ls []label) (index int, clear bool) {
	if isYes, ok := r.yesNo(ts); ok {
		if i, clear := r.saying(isYes, ls); i != notChosen || !clear {
			return i, clear
		}
	}
	if r.only(none, ts) {
		return matching(ls, r.saysNone)
	}
	typed := r.content(ts)
	if !slices.ContainsFunc(typed, func(w string) bool { return len(w) > 2 && !r.negations[w] }) {
		return notChosen, true
	}
	for _, same := range []func(a, b string) bool{sameWord, slip} {
		i, clear := matching(ls, func(l label) bool { return r.covers(l, typed, same) })
		if i != notChosen || !clear {
			return i, clear
		}
	}
	return notChosen, true
}

// saying gives the only label that says yes, or no; among several, the only one
// that says it in a word.
func (r *Reader) saying(isYes bool, ls []label) (index int, clear bool) {
	says := func(l label) bool {
		y, ok := r.yesNo(l.head())
		return ok && y == isYes
	}
	if i := only(ls, func(l label) bool { return len(l.tokens) == 1 && says(l) }); i != notChosen {
		return i, true
	}
	return matching(ls, says)
}

// saysNone says whether a label begins with "none" or the like.
func (r *Reader) saysNone(l label) bool {
	if len(l.tokens) == 0 {
		return false
	}
	_, p := r.replies.phrase(l.tokens)
	_, ok := p.is(none)
	return ok
}

// matching gives the only label that fits; it is not clear when several do.
func matching(ls []label, fits func(label) bool) (index int, clear bool) {
	i := only(ls, fits)
	return i, i != notChosen || !slices.ContainsFunc(ls, fits)
}

// head is the label up to its first mark: the "Yes" of "Yes, I am safe".
func (l label) head() []token {
	for i, t := range l.tokens {
		if t.kind == mark && i > 0 && strings.Contains(",.;:-(!", t.text) {
			return l.tokens[:i]
		}
	}
	return l.tokens
}

// content gives the words that carry meaning.
func (r *Reader) content(ts []token) []string {
	var words []string
	for _, p := range r.counts.read(ts) {
		means := !slices.ContainsFunc(p.meanings, func(m meaning) bool {
			return m.class == filler || m.class == hedge || m.class == option
		})
		if means && p.kind != mark && !r.ands[p.text] {
			words = append(words, strings.Fields(p.text)...)
		}
	}
	return words
}

// covers says whether the label has all the typed words, and no negation unless one
// was typed.
func (r *Reader) covers(l label, typed []string, same func(a, b string) bool) bool {
	has := func(w string) bool {
		return slices.ContainsFunc(l.tokens, func(t token) bool { return same(w, t.text) })
	}
	for _, w := range typed {
		if !has(w) {
			return false
		}
	}
	negated := slices.ContainsFunc(l.tokens, func(t token) bool { return r.negations[t.text] })
	return !negated || slices.ContainsFunc(typed, func(w string) bool { return r.negations[w] })
}

func sameWord(a, b string) bool { return a == b }

// slip says whether two words are the same but for one letter too many, missing,
// wrong, or swapped with its neighbour. Words under five letters must be equal.
func slip(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 5 && utf8.RuneCountInString(a) < 5 || len(x)-len(y) > 1 || len(y)-len(x) > 1 {
		return false
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	swapped := len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
	return swapped || len(x) <= 1 && len(y) <= 1
}
