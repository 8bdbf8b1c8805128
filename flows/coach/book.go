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
	m, s := b.matcher(v, t)
	for i := len(t) - 1; i >= 0; i-- {
		s.back(i).each(func(n int) {
			if h, ok := m.fits(b.patterns[n], i); ok {
				out = append(out, h)
			}
		})
	}
	return out
}

// given gives what hits does, but for the exceptions of signs that nothing shows: there is
// nothing there that they could take away.
func (b *book) given(v *vocabulary, t []token, out []hit) []hit {
	type attempt struct{ n, at int32 }
	exceptions, first := make([]attempt, 0, 4*len(t)), len(out)
	m, s := b.matcher(v, t)
	for i := len(t) - 1; i >= 0; i-- {
		s.back(i).each(func(n int) {
			if b.patterns[n].except {
				exceptions = append(exceptions, attempt{int32(n), int32(i)})
			} else if h, ok := m.fits(b.patterns[n], i); ok {
				out = append(out, h)
			}
		})
	}
	shown := signsOfHits(out[first:])
	for _, a := range exceptions {
		if p := b.patterns[a.n]; slices.ContainsFunc(shown, p.sign.is) {
			if h, ok := m.fits(p, int(a.at)); ok {
				out = append(out, h)
			}
		}
	}
	return out
}

// signsOfHits gives the signs that hits show, each once.
func signsOfHits(hits []hit) []*sign {
	signs := make([]*sign, 0, 8)
	for _, h := range hits {
		if !slices.ContainsFunc(signs, h.pattern.sign.is) {
			signs = append(signs, h.pattern.sign)
		}
	}
	return signs
}

func (b *book) matcher(v *vocabulary, t []token) (matcher, search) {
	number := v.ids[numberWord]
	return matcher{v: v, tokens: t, number: number}, b.finder.search(t, number)
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
