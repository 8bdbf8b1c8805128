package coach

import "slices"

// book is all the patterns for one kind of text, found by the word they begin with.
type book struct {
	patterns []*pattern
	code     []program // of each pattern
	crosses  []bool    // of each pattern: whether it reaches into the next sentence
	byWord   [][]int32 // by word: the patterns that can begin with it
	signs    []*sign
	needs    needs
	needed   [][]int // of each pattern: the sets of words of which a text has to have one
	second   []int   // of each pattern: the class that the word behind its first is in, or -1
}

func newBook() *book { return &book{needs: needs{numbers: map[string]int{}}} }

// next visits the instructions that can take the next word at a place of a program, and
// its end if that can be reached without one.
func (code program) next(start int, visit func(pc int)) {
	seen := map[int]bool{}
	var walk func(pc int)
	walk = func(pc int) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := code[pc]; in.op {
		case opWord, opClass, opAny, opGap, opReach, opDone:
			visit(pc)
		case opSplit:
			walk(int(in.to))
			walk(int(in.or))
		case opJump, opAhead:
			walk(int(in.to))
		default:
			walk(pc + 1)
		}
	}
	walk(start)
}

// first gives the words that can come next at a place of a program, or any = true if
// every word can, or none has to.
func (l *Language) first(code program, start int) (words bitset, any bool) {
	code.next(start, func(pc int) {
		switch in := code[pc]; in.op {
		case opWord:
			words.add(int(in.to))
		case opClass:
			words.join(l.vocabulary.begins[in.to])
		default:
			any = true
		}
	})
	return words, any
}

// second gives the class that a word has to be in to stand behind the first word of what
// fits a program, or -1 if it can be any word, or none.
func (l *Language) second(code program) int {
	var words bitset
	open := false
	code.next(0, func(pc int) {
		behind, any := l.first(code, pc+1)
		words.join(behind)
		open = open || any
		if code[pc].op == opClass {
			for _, p := range l.vocabulary.phrases[code[pc].to] {
				words.add(int(p[1]))
			}
		}
	})
	if open {
		return -1
	}
	return l.vocabulary.anonymous(words)
}

// add puts a pattern into the book. It says whether the pattern begins with something
// that it can be found by.
func (b *book) add(l *Language, p *pattern) bool {
	words, any := l.first(p.code, 0)
	if any {
		return false
	}
	n := int32(len(b.patterns))
	b.patterns = append(b.patterns, p)
	b.code = append(b.code, p.code)
	b.crosses = append(b.crosses, slices.ContainsFunc(p.code, func(in inst) bool { return in.op == opNextSentence }))
	b.needed = append(b.needed, b.needs.of(l, p.code))
	b.second = append(b.second, l.second(p.code))
	words.each(func(id int) {
		for len(b.byWord) <= id {
			b.byWord = append(b.byWord, nil)
		}
		b.byWord[id] = append(b.byWord[id], n)
	})
	return true
}

// hits gives every place where a pattern fits and its guard holds.
func (b *book) hits(v *vocabulary, t []token, out []hit) []hit {
	m := matcher{v: v, tokens: t, number: v.ids[numberWord]}
	next, end := b.needs.ahead(), len(t)
	for i := len(t) - 1; i >= 0; i-- {
		b.needs.back(next, &t[i], i, m.number)
		out = b.hitsAt(&m, next, end, t[i].id, i, out)
		if t[i].flags&numeric != 0 {
			out = b.hitsAt(&m, next, end, m.number, i, out)
		}
		if t[i].flags&sentenceStart != 0 {
			end = i
		}
	}
	return out
}

// hitsAt gives those that begin with a word at the token i, whose sentence ends before
// the token at end.
func (b *book) hitsAt(m *matcher, next ahead, end int, id wordID, i int, out []hit) []hit {
	if id == 0 || int(id) >= len(b.byWord) {
		return out
	}
	var second token
	if i+1 < len(m.tokens) {
		second = m.tokens[i+1]
	}
	for _, n := range b.byWord[id] {
		if s := b.second[n]; s >= 0 && !m.v.in(second.id, s) && second.flags&numeric == 0 {
			continue
		}
		within := end
		if b.crosses[n] {
			within = len(m.tokens)
		}
		if !next.all(b.needed[n], within) {
			continue
		}
		to := m.match(b.code[n], i)
		if to <= i {
			continue
		}
		p := b.patterns[n]
		h := hit{pattern: p, from: i, to: to, open: i, shut: to}
		if m.open >= 0 && m.shut > m.open {
			h.open, h.shut = m.open, m.shut
		}
		if p.guard.holds(m.v, m.tokens, h.open) {
			out = append(out, h)
		}
	}
	return out
}

// pack puts all programs behind one another, so that they are quick to come by.
func (b *book) pack() {
	var all program
	for _, code := range b.code {
		all = append(all, code...)
	}
	all = slices.Clip(all)
	for i, code := range b.code {
		b.code[i], all = all[:len(code):len(code)], all[len(code):]
		b.patterns[i].code = b.code[i]
	}
}
