package coach

import "slices"

// book is all the patterns for one kind of text.
type book struct {
	patterns []*pattern
	signs    []*sign
	finder   finder
}

// add puts a pattern into the book. It says whether the pattern begins with something
// that it can be found by.
func (b *book) add(l *Language, p *pattern) bool {
	if _, any := l.first(p.code, 0); any {
		return false
	}
	b.patterns = append(b.patterns, p)
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
			if h, ok := m.fits(b.patterns[n], i); ok {
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
	for _, p := range b.patterns {
		all = append(all, p.code...)
	}
	all = slices.Clip(all)
	for _, p := range b.patterns {
		n := len(p.code)
		p.code, all = all[:n:n], all[n:]
	}
}
