package coach

// row is a sentence as cues see it: what stands for each of its words, behind one for where it
// begins, and before one for where it ends.
type row []place

// place is a word of a row. All are 0 for a word that nobody knows.
type place struct {
	stem, exact, kind stemID
	begins            bool // a cue may begin here: no number does
	tells             bool // it says something beside a word further off
}

// far is how many words there are from one of a pair to the other at most.
const far = 6

// eachCue calls fn for the cues of a text, in the order of the tokens that they begin at, with
// that and the one behind each. No cue reaches into another sentence.
func (l *Language) eachCue(t []token, fn func(c cue, from, to int)) {
	r := make(row, 0, min(len(t), passage)+2)
	for from, to := 0, 0; from < len(t); from = to {
		for to = from + 1; to < len(t) && t[to].sentence == t[from].sentence; to++ {
		}
		r = l.row(t[from:to], r[:0])
		last := len(r) - 1
		for i := range last {
			r.each(i, func(c cue, behind int) { fn(c, from+max(i-1, 0), from+min(i+behind, last-1)) })
		}
	}
}

// row gives the row of a sentence, in the room of another one.
func (l *Language) row(t []token, r row) row {
	s := l.stems
	r = append(r, place{sentenceBegins, sentenceBegins, sentenceBegins, true, false})
	for _, tok := range t {
		id := l.cued(tok)
		known := id != 0 && tok.flags&numeric == 0
		r = append(r, place{s.of[id], s.exact[id], s.kind[id], known, known && !s.small.has(int(id))})
	}
	return append(r, place{stem: sentenceEnds, exact: sentenceEnds, kind: sentenceEnds})
}

// each calls fn for the cues that begin at a place, with how far behind it their last word is.
func (r row) each(i int, fn func(c cue, behind int)) {
	if !r[i].begins {
		return
	}
	if i > 0 {
		r.forms(i, fn)
	}
	r.several(i, fn)
	r.pairs(i, fn)
}

// forms calls fn for a word alone, and for it and the next one in just their forms.
func (r row) forms(i int, fn func(c cue, behind int)) {
	word, next := r[i], r[i+1]
	fn(cue{first: word.stem}, 0)
	if word.exact != word.stem {
		fn(cue{first: word.exact}, 0)
	}
	if i+2 < len(r) && (next.exact != next.stem || word.exact != word.stem && next.stem != 0) {
		fn(cue{first: word.exact, second: next.exact}, 1)
	}
}

// lies are how the words of a cue of several may lie: how far behind the first one each is, 0
// for none, with the gap between them.
var lies = [...]struct {
	second, third int
	gap           gap
}{{1, 0, tight}, {2, 0, early}, {1, 2, tight}, {2, 3, early}, {1, 3, late}}

// several calls fn for the cues of two and three words, and for those of their kinds if one has
// any.
func (r row) several(i int, fn func(c cue, behind int)) {
	for _, lie := range lies {
		behind := max(lie.second, lie.third)
		if i+behind >= len(r) {
			continue
		}
		second, third := r[i+lie.second], place{}
		if lie.third > 0 {
			third = r[i+lie.third]
		}
		if second.stem == 0 || lie.third > 0 && third.stem == 0 {
			continue
		}
		c := cue{r[i].stem, second.stem, third.stem, lie.gap}
		fn(c, behind)
		if kinds := (cue{r[i].kind, second.kind, third.kind, lie.gap}); kinds != c {
			fn(kinds, behind)
		}
	}
}

// pairs calls fn for a word with each of those not far behind it, if both say something.
func (r row) pairs(i int, fn func(c cue, behind int)) {
	if !r[i].tells {
		return
	}
	for behind := 1; behind <= far && i+behind < len(r); behind++ {
		if r[i+behind].tells {
			fn(cue{first: r[i].stem, second: r[i+behind].stem, gap: late}, behind)
		}
	}
}
