package coach

import (
	"cmp"
	"math"
	"slices"
)

// hit is a pattern that fits: the tokens of the match and of its trigger.
type hit struct {
	pattern    *pattern
	from, to   int
	open, shut int
	yields     bool // it gives way to another rule
}

// exceptions are the hits of exceptions, by the place where they begin.
type exceptions struct {
	hits    []hit
	longest int // how many tokens the longest of them takes
}

// sift parts the exceptions from what is found, and orders both by their places; of
// triggers that begin together the longest comes first.
func sift(hits []hit) (exceptions, []hit) {
	slices.SortStableFunc(hits, func(a, b hit) int {
		switch {
		case a.pattern.except && b.pattern.except:
			return cmp.Compare(a.from, b.from)
		case a.pattern.except:
			return -1
		case b.pattern.except:
			return 1
		}
		return cmp.Or(cmp.Compare(a.open, b.open), cmp.Compare(b.shut, a.shut))
	})
	e, n := exceptions{}, 0
	for n < len(hits) && hits[n].pattern.except {
		e.longest = max(e.longest, hits[n].to-hits[n].from)
		n++
	}
	e.hits = hits[:n]
	return e, hits[n:]
}

// cover says whether a hit stands in a place where its sign is not given. Only the
// exceptions near it are looked at, so that a long text takes no longer by the word.
func (e exceptions) cover(h hit) bool {
	at, _ := slices.BinarySearchFunc(e.hits, h.open-e.longest, func(x hit, from int) int { return cmp.Compare(x.from, from) })
	for ; at < len(e.hits) && e.hits[at].from < h.shut; at++ {
		if x := e.hits[at]; h.open < x.to && x.pattern.sign.is(h.pattern.sign) {
			return true
		}
	}
	return false
}

// standing gives the hits that count: none of an exception, one of each sign in a
// place, one of each part in a text.
func standing(t []token, hits []hit) []hit {
	exceptions, found := sift(hits)
	out := make([]hit, 0, len(found))
	seen := make(reach, 0, 16)
	for _, h := range found {
		if !exceptions.cover(h) && seen.adds(h) {
			out = append(out, h)
		}
	}
	return giveWay(t, out)
}

// reach says of each sign up to which token it has been found.
type reach []struct {
	sign *sign
	to   int
}

// adds says whether a hit adds something to those before it, and notes it.
func (r *reach) adds(h hit) bool {
	to := h.shut
	if h.pattern.sign.kind == partSign {
		to = math.MaxInt // one of a kind is enough
	}
	for i := range *r {
		if s := &(*r)[i]; s.sign.is(h.pattern.sign) {
			adds := s.to <= h.open
			s.to = max(s.to, to)
			return adds
		}
	}
	*r = append(*r, struct {
		sign *sign
		to   int
	}{h.pattern.sign, to})
	return true
}

// giveWay leaves out the hits of signs that are given only where no other rule is. As
// they are in order, the rules next to one on either side are all that count.
func giveWay(t []token, hits []hit) []hit {
	near := -1
	for i := range hits {
		near = hits[i].yield(t, near)
	}
	near = -1
	for i := range slices.Backward(hits) {
		near = hits[i].yield(t, near)
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return h.yields })
}

// yield gives way to the rule found at the token near, -1 if there is none. It gives the
// token of the rule that is near the next one.
func (h *hit) yield(t []token, near int) int {
	switch where := h.pattern.sign.yields; {
	case where != "":
		h.yields = h.yields || near >= 0 && together(where, t[h.open], t[near])
	case h.pattern.sign.kind == ruleSign:
		return h.open
	}
	return near
}

// together says whether two words stand in the same clause, sentence or text.
func together(where string, a, b token) bool {
	return where == "text" || where == "sentence" && a.sentence == b.sentence || where == "clause" && a.clause == b.clause
}

// between gives those of some hits that begin from one token to before another one. They are in
// the order of their places.
func between(hits []hit, from, to int) []hit {
	place := func(h hit, at int) int { return cmp.Compare(h.open, at) }
	first, _ := slices.BinarySearchFunc(hits, from, place)
	last, _ := slices.BinarySearchFunc(hits, to, place)
	return hits[first:last]
}
