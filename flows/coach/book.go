package coach

// book is all the patterns for one kind of text, found by the word they begin with.
type book struct {
	patterns []*pattern
	byWord   [][]int32 // by word: the patterns that can begin with it
	signs    []*sign
}

// first gives the words that a program can begin with, or any = true if it can begin
// with every word.
func (l *Language) first(code program) (words map[wordID]bool, any bool) {
	words = map[wordID]bool{}
	seen := map[int]bool{}
	var walk func(pc int)
	walk = func(pc int) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		in := code[pc]
		switch in.op {
		case opWord:
			words[wordID(in.to)] = true
		case opClass:
			for _, id := range l.vocabulary.listOf(int(in.to)) {
				words[id] = true
			}
			for _, p := range l.vocabulary.phrases[int(in.to)] {
				words[p[0]] = true
			}
		case opAny, opGap, opReach, opDone:
			any = true
		case opSplit:
			walk(int(in.to))
			walk(int(in.or))
		case opJump, opAhead:
			walk(int(in.to))
		default:
			walk(pc + 1)
		}
	}
	walk(0)
	return words, any
}

// add puts a pattern into the book.
func (b *book) add(l *Language, p *pattern) bool {
	words, any := l.first(p.code)
	if any {
		return false
	}
	n := int32(len(b.patterns))
	b.patterns = append(b.patterns, p)
	for id := range words {
		for len(b.byWord) <= int(id) {
			b.byWord = append(b.byWord, nil)
		}
		b.byWord[id] = append(b.byWord[id], n)
	}
	return true
}

// hit is a pattern that fits: the tokens of the match and of its trigger.
type hit struct {
	pattern    *pattern
	from, to   int
	open, shut int
}

// hits gives every place where a pattern fits and its guard holds.
func (b *book) hits(v *vocabulary, t []token, out []hit) []hit {
	m := matcher{v: v, tokens: t}
	for i := range t {
		id := int(t[i].id)
		if id == 0 || id >= len(b.byWord) {
			continue
		}
		for _, n := range b.byWord[id] {
			p := b.patterns[n]
			end := m.match(p.code, i)
			if end < 0 || end == i {
				continue
			}
			h := hit{pattern: p, from: i, to: end, open: i, shut: end}
			if m.open >= 0 && m.shut > m.open {
				h.open, h.shut = m.open, m.shut
			}
			if p.guard.holds(v, t, h.open) {
				out = append(out, h)
			}
		}
	}
	return out
}
