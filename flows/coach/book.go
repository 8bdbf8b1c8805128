package coach

import "slices"

// book is all the patterns for one kind of text.
type book struct {
	patterns []*pattern
	code     []program // of each pattern
	signs    []*sign
	finder   finder
}

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
			words.addAll(l.vocabulary.shapes[in.to].words[0])
		default:
			any = true
		}
	})
	return words, any
}

// add puts a pattern into the book. It says whether the pattern begins with something
// that it can be found by.
func (b *book) add(l *Language, p *pattern) bool {
	if _, any := l.first(p.code, 0); any {
		return false
	}
	b.patterns = append(b.patterns, p)
	b.code = append(b.code, p.code)
	return true
}

// hits gives every place where a pattern fits and its guard holds, from the end of the
// text to its beginning.
func (b *book) hits(v *vocabulary, t []token, out []hit) []hit {
	number := v.ids[numberWord]
	m := matcher{v: v, tokens: t, number: number}
	s := b.finder.search(t, number)
	for i := len(t) - 1; i >= 0; i-- {
		s.back(i).each(func(n int) {
			if h, ok := m.fits(b.patterns[n], b.code[n], i); ok {
				out = append(out, h)
			}
		})
	}
	return out
}

// finish makes the patterns quick to find, and puts their programs behind one another,
// so that they are quick to come by.
func (b *book) finish(l *Language) {
	b.finder = newFinder(l, b.patterns)
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
