package coach

import "strings"

// typos finds the word that was meant by one with a single slip in it: a letter too
// many, too few, wrong, or two that changed places. Words are found by themselves less one
// letter, or whole.
type typos struct {
	near runs[uint16] // by hash of a word less one letter: those that it may come from
	// real lists words of the language, each on a line and in order: one of them may look
	// like a slip and is none.
	real string
}

// typoLength is how long a word has to be for a slip to be looked for.
const typoLength = 5

// typoHashes is how many hashes there are: the more, the fewer words share one by chance.
const typoHashes = 1 << 15

func newTypos(words []string, real string) *typos {
	t := &typos{real: real}
	t.near.from = make([]uint32, typoHashes+1)
	eachShort(words, func(hash uint32, _ uint16) { t.near.from[hash]++ })
	for h := range typoHashes { // where each ends, for now
		t.near.from[h+1] += t.near.from[h]
	}
	t.near.all = make([]uint16, t.near.from[typoHashes])
	eachShort(words, func(hash uint32, id uint16) {
		t.near.from[hash]--
		t.near.all[t.near.from[hash]] = id
	})
	return t
}

// eachShort calls fn for the hashes of all words, and of those less one letter.
func eachShort(words []string, fn func(hash uint32, id uint16)) {
	for id, w := range words {
		if len(w) < typoLength || !plainWord(w) {
			continue
		}
		for less := -1; less < len(w); less++ {
			if less <= 0 || w[less] != w[less-1] { // or it is the same again
				fn(typoHash(w, less), uint16(id))
			}
		}
	}
}

// typoHash gives the hash of a word less the letter at a place; -1 is the whole word.
func typoHash[T string | []byte](w T, less int) uint32 {
	h := uint32(hashStart)
	for i := range len(w) {
		if i != less {
			h = (h ^ uint32(w[i])) * hashStep
		}
	}
	return (h ^ h>>16) % typoHashes
}

// comesFrom says whether a word less the letter at a place, or the whole if that is -1, is
// another word, or that one less a letter.
func comesFrom(w []byte, less int, word string) bool {
	n := len(w)
	if less >= 0 {
		n--
	}
	at := func(i int) byte {
		if less >= 0 && i >= less {
			i++
		}
		return w[i]
	}
	if n > len(word) || n < len(word)-1 {
		return false
	}
	i := 0
	for i < n && at(i) == word[i] {
		i++
	}
	for ; i < n; i++ {
		if n == len(word) || at(i) != word[i+1] {
			return false
		}
	}
	return true
}

// meant gives the word that a misspelt one was meant to be, or 0.
func (t *typos) meant(w []byte, words []string) wordID {
	if len(w) < typoLength-1 || len(w) > 20 {
		return 0
	}
	id := t.slip(w, words)
	if id != 0 && t.isReal(w) {
		return 0
	}
	return id
}

// slip gives a known word that is one slip away.
func (t *typos) slip(w []byte, words []string) wordID {
	for less := -1; less < len(w); less++ {
		if id := t.among(w, less, words); id != 0 {
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

// among gives the known word that is one slip away, of those that a word less a letter may
// come from. Of several that are as near, it is the first in the alphabet.
func (t *typos) among(w []byte, less int, words []string) wordID {
	var id wordID
	for _, n := range t.near.of(int(typoHash(w, less))) {
		if word := words[n]; oneSlip(w, word) && comesFrom(w, less, word) && (id == 0 || word < words[id]) {
			id = wordID(n)
		}
	}
	return id
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
	if id := v.known(w); id != 0 {
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
		if id := v.known(short); id != 0 {
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
