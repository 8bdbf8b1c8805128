package coach

import "math/bits"

// finder finds the patterns that can begin at a word by the words there, next to it and
// further on: for each of these, a word has a row of bits with one for each pattern that
// it suits.
type finder struct {
	kind   []uint16      // by word: words alike in all rows are of one kind
	across int           // how many blocks a row has
	rows   []uint32      // of each kind: the blocks of its rows, but for what is open
	open   [views]bitset // what every word suits
	blocks blocks
	free   [starts]bitset
	opens  []uint64 // where, in each block, the row of those open at the first place is not 0
}

// A finder looks at the words at the first places of a pattern, at those ahead in its
// sentence, and at those beyond, in what follows.
const (
	aheadView  = places
	beyondView = places + needed
	views      = beyondView + 1
)

// starts is how many kinds of places there are for a pattern to begin at.
const starts = 3

// startAt gives the kind of a token: within a clause, at its first word, at a sentence's.
func startAt(t *token) int {
	switch {
	case t.flags&sentenceStart != 0:
		return 2
	case t.flags&clauseStart != 0:
		return 1
	}
	return 0
}

// newFinder makes the finder of a book.
func newFinder(l *Language, patterns []*pattern) finder {
	var asked [views][]bitset
	var f finder
	for _, p := range patterns {
		needs, further := l.needs(p.code)
		for i, set := range l.leads(p.code) {
			asked[i] = append(asked[i], set)
		}
		for i, set := range needs {
			asked[aheadView+i] = append(asked[aheadView+i], set)
		}
		asked[beyondView] = append(asked[beyondView], further)
	}
	f.fill(len(l.vocabulary.words), len(patterns), asked)
	f.finish(patterns)
	return f
}

// fill makes the rows from the words that each pattern asks for. A nil set asks for none,
// and every word suits it.
func (f *finder) fill(words, patterns int, asked [views][]bitset) {
	f.kind, f.across = make([]uint16, words), across(patterns)
	stride := patterns/64 + 1
	var suited [views][]uint64
	for view, sets := range asked {
		f.open[view], suited[view] = make(bitset, stride), make([]uint64, words*stride)
		for n, set := range sets {
			if set == nil {
				f.open[view].add(n)
			}
			set.each(func(id int) { suited[view][id*stride+n/64] |= 1 << (n % 64) })
		}
	}
	p, rows := newPacker(), make([]uint32, 0, words*views*f.across)
	for id := range words {
		for view := range views {
			row := suited[view][id*stride:][:stride]
			for i := range f.across {
				rows = append(rows, p.add(cut(row, i)))
			}
		}
	}
	f.blocks = p.blocks
	f.kinds(rows)
}

// finish notes what the patterns themselves tell: where each can begin, and which are open
// at the first place.
func (f *finder) finish(patterns []*pattern) {
	for kind, traits := range [starts]trait{0, clauseStart, clauseStart | sentenceStart} {
		f.free[kind] = make(bitset, len(patterns)/64+1)
		for n, p := range patterns {
			if p.code.begins()&^traits == 0 {
				f.free[kind].add(n)
			}
		}
	}
	f.opens = make([]uint64, f.across)
	for j, w := range f.open[0] {
		if w != 0 {
			f.opens[j/64] |= 1 << (j % 64)
		}
	}
}

// kinds finds the words whose rows are alike.
func (f *finder) kinds(rows []uint32) {
	alike, key := map[string]uint16{}, []byte{}
	for id := range f.kind {
		own := rows[id*views*f.across:][:views*f.across]
		key = key[:0]
		for _, block := range own {
			key = append(key, byte(block), byte(block>>8), byte(block>>16), byte(block>>24))
		}
		kind, known := alike[string(key)]
		if !known {
			kind = uint16(len(alike))
			alike[string(key)] = kind
			f.rows = append(f.rows, own...)
		}
		f.kind[id] = kind
	}
}

// block gives a block of a word's row.
func (f *finder) block(id wordID, view, i int) block {
	return f.blocks.list[f.rows[(int(f.kind[id])*views+view)*f.across+i]]
}

// search goes through a text from its end and knows at each token what stands ahead.
type search struct {
	f      *finder
	tokens []token
	number wordID
	ahead  [needed + 1]bitset // what is there of each set needed, and beyond
	found  bitset
}

func (f *finder) search(t []token, number wordID) search {
	stride := len(f.open[0])
	room := make(bitset, (needed+2)*stride)
	s := search{f: f, tokens: t, number: number, found: room[:stride]}
	for i := range s.ahead {
		room = room[stride:]
		s.ahead[i] = room[:stride]
	}
	copy(s.ahead[needed], f.open[beyondView])
	return s
}

// back goes back to the token at i and gives the patterns that can begin there, as a
// set.
func (s *search) back(i int) bitset {
	f := s.f
	ends := i+1 == len(s.tokens) || s.tokens[i+1].flags&sentenceStart != 0
	var at [places]suits
	for n := range at {
		at[n] = s.suits(i + n)
	}
	for n := range s.ahead {
		if ends && n < needed {
			copy(s.ahead[n], f.open[aheadView+n])
		}
		at[0].orInto(f, s.ahead[n], aheadView+n)
	}
	clear(s.found)
	free := f.free[startAt(&s.tokens[i])]
	for n := range f.across {
		s.meet(&at, n, free)
	}
	return s.found
}

// suits is what a token is looked up by. A number reads as a word of its own and as any
// number.
type suits struct {
	id, number wordID
	numeric    bool
}

// suits gives what the token at i is looked up by. Behind the last token stands none: a
// word that nothing asks for.
func (s *search) suits(i int) suits {
	if i >= len(s.tokens) {
		return suits{}
	}
	t := &s.tokens[i]
	return suits{t.id, s.number, t.flags&numeric != 0}
}

// orInto adds what a token suits to a row.
func (t suits) orInto(f *finder, to bitset, view int) {
	for i := range f.across {
		f.blocks.orInto(cut(to, i), f.block(t.id, view, i))
		if t.numeric {
			f.blocks.orInto(cut(to, i), f.block(t.number, view, i))
		}
	}
}

// meet finds the patterns of one block that are in all rows. Few are left of the first ones,
// and the others are not looked at where none is.
func (s *search) meet(at *[places]suits, i int, free bitset) {
	f := s.f
	var own, number [places]block
	for view, t := range at {
		own[view] = f.block(t.id, view, i)
		if t.numeric {
			number[view] = f.block(t.number, view, i)
		}
	}
	first, second, third := cut(f.open[0], i), cut(f.open[1], i), cut(f.open[2], i)
	free, found := cut(free, i), cut(s.found, i)
	mask := f.opens[i] | own[0].mask | number[0].mask
	for ; mask != 0; mask &= mask - 1 {
		j := bits.TrailingZeros64(mask)
		w := free[j] & (first[j] | f.blocks.word(own[0], j) | f.blocks.word(number[0], j))
		if w == 0 {
			continue
		}
		w &= second[j] | f.blocks.word(own[1], j) | f.blocks.word(number[1], j)
		if w == 0 {
			continue
		}
		w &= third[j] | f.blocks.word(own[2], j) | f.blocks.word(number[2], j)
		for n := 0; n < len(s.ahead) && w != 0; n++ {
			w &= s.ahead[n][i*64+j]
		}
		found[j] = w
	}
}
