package coach

import (
	"slices"
	"strings"
)

// typos finds the word that was meant by one with a single slip in it: a letter too
// many, too few, wrong, or two that changed places.
type typos struct {
	index map[string][]wordID // a word less one letter: the words that it can come from
	// real lists words of the language, each on a line and in order: one of them may look
	// like a slip and is none.
	real string
}

// typoLength is how long a word has to be for a slip to be looked for.
const typoLength = 5

func newTypos(v *vocabulary, real string) *typos {
	t := &typos{index: map[string][]wordID{}, real: real}
	ids := make([]wordID, len(v.words))
	for id := range ids {
		ids[id] = wordID(id)
	}
	// Of two words that are as near, the first in the alphabet is taken, each time.
	slices.SortFunc(ids, func(a, b wordID) int { return strings.Compare(v.words[a], v.words[b]) })
	for _, id := range ids {
		w := v.words[id]
		if len(w) < typoLength || !plainWord(w) {
			continue
		}
		t.add(w, id)
		for i := range w {
			t.add(w[:i]+w[i+1:], id)
		}
	}
	return t
}

func (t *typos) add(key string, id wordID) {
	list := t.index[key]
	if n := len(list); n > 0 && list[n-1] == id {
		return
	}
	t.index[key] = append(list, id)
}

// meant gives the word that a misspelt one was meant to be, or 0.
func (t *typos) meant(w []byte, words []string) wordID {
	if len(w) < typoLength-1 || len(w) > 20 {
		return 0
	}
	id := t.near(w, words)
	if id != 0 && t.isReal(w) {
		return 0
	}
	return id
}

// near gives a known word that is one slip away.
func (t *typos) near(w []byte, words []string) wordID {
	if id := t.among(t.index[string(w)], w, words); id != 0 {
		return id
	}
	var buf [20]byte
	for i := range w {
		short := append(append(buf[:0], w[:i]...), w[i+1:]...)
		if id := t.among(t.index[string(short)], w, words); id != 0 {
			return id
		}
	}
	return 0
}

// isReal looks a word up among those of the language.
func (t *typos) isReal(w []byte) bool {
	lo, hi := 0, len(t.real)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(t.real[:mid], '\n') + 1
		end := start + strings.IndexByte(t.real[start:], '\n')
		if end < start {
			end = len(t.real)
		}
		switch line := t.real[start:end]; {
		case line == string(w):
			return true
		case line < string(w):
			lo = end + 1
		default:
			hi = start
		}
	}
	return false
}

func (t *typos) among(ids []wordID, w []byte, words []string) wordID {
	for _, id := range ids {
		if oneSlip(w, words[id]) {
			return id
		}
	}
	return 0
}

// oneSlip says whether two words differ in one slip. The first letter has to be right,
// or be the one that is missing or changed places.
func oneSlip(a []byte, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 1:
		return string(a[i+1:]) == b[i:]
	case -1:
		return string(a[i:]) == b[i+1:]
	case 0:
		if i == len(a) {
			return true
		}
		if string(a[i+1:]) == b[i+1:] {
			return i > 0
		}
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == b[i+2:]
	}
	return false
}

func plainWord(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// unknown makes what it can of a word that the coach does not know: with a letter held
// down too long ("sooo"), or with a slip. It gives 0 if it makes nothing of it.
func (l *Language) unknown(w []byte) wordID {
	v := l.vocabulary
	if id, ok := v.ids[string(w)]; ok {
		return id
	}
	if len(w) > 40 {
		return 0
	}
	for keep := 2; keep >= 1; keep-- {
		var buf [40]byte
		short := squeeze(buf[:0], w, keep)
		if len(short) == len(w) {
			continue
		}
		if id, ok := v.ids[string(short)]; ok {
			return id
		}
	}
	return l.typos.meant(w, v.words)
}

// squeeze shortens every run of three or more of one letter, and the letter that ends
// the word, to the given number.
func squeeze(out, w []byte, keep int) []byte {
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		n := j - i
		if n > 2 || j == len(w) && n > keep {
			n = keep
		}
		for range n {
			out = append(out, w[i])
		}
		i = j
	}
	return out
}
