package coach

import "slices"

// book is all the patterns for one kind of text.
type book struct {
	patterns   []*pattern // the exceptions behind the others
	codes      []program  // of each: side by side, as most that are tried don't fit
	exceptions int        // where they begin
	signs      []*sign
	finder     finder
	doubts     doubts
	hunches    hunches
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
			if to := m.match(b.codes[n], i); to > i {
				out = m.holding(b.patterns[n], to, out)
			}
		})
	}
	return out
}

// given gives what hits does, but for the exceptions that have nothing to take away.
func (b *book) given(v *vocabulary, t []token, out []hit) []hit {
	type attempt struct{ n, at int32 }
	exceptions, first := make([]attempt, 0, 4*len(t)), len(out)
	m, s := b.matcher(v, t)
	for i := len(t) - 1; i >= 0; i-- {
		s.back(i).each(func(n int) {
			if n >= b.exceptions {
				exceptions = append(exceptions, attempt{int32(n), int32(i)})
			} else if to := m.match(b.codes[n], i); to > i {
				out = m.holding(b.patterns[n], to, out)
			}
		})
	}
	found := out[first:]
	shown, longest := signsOfHits(found), longestOf(found)
	for _, a := range exceptions {
		p, at := b.patterns[a.n], int(a.at)
		if !slices.ContainsFunc(shown, p.sign.is) {
			continue
		}
		if to := m.match(b.codes[a.n], at); to > at && m.hit(p, to).touches(found, longest) {
			out = m.holding(p, to, out)
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

// longestOf gives how many tokens the longest hit takes.
func longestOf(hits []hit) int {
	n := 0
	for _, h := range hits {
		n = max(n, h.to-h.from)
	}
	return n
}

// touches says whether the hit of an exception takes away any of some hits, which are in
// order from the end of the text. Only those near it are looked at.
func (h hit) touches(hits []hit, longest int) bool {
	at, _ := slices.BinarySearchFunc(hits, h.to, func(x hit, to int) int {
		if x.from >= to {
			return -1
		}
		return 1
	})
	for ; at < len(hits) && hits[at].from > h.from-longest; at++ {
		if x := &hits[at]; h.from < x.shut && x.open < h.to && h.pattern.sign.is(x.pattern.sign) {
			return true
		}
	}
	return false
}

func (b *book) matcher(v *vocabulary, t []token) (matcher, search) {
	number := v.known([]byte(numberWord))
	return matcher{v: v, tokens: t, number: number}, b.finder.search(t, number)
}

// finish puts the exceptions last, makes the patterns quick to find, and puts their
// programs behind one another, so that they are quick to come by.
func (b *book) finish(l *Language) {
	var found, exceptions []*pattern
	for _, p := range b.patterns {
		if p.except {
			exceptions = append(exceptions, p)
		} else {
			found = append(found, p)
		}
	}
	b.patterns, b.exceptions = append(found, exceptions...), len(found)
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
	b.lineUp()
}

// lineUp puts the programs side by side.
func (b *book) lineUp() {
	b.codes = make([]program, len(b.patterns))
	for n, p := range b.patterns {
		b.codes[n] = p.code
	}
}
