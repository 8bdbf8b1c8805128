package coach

import "slices"

// index says of every word which patterns it suits at one place: a row of bits for each
// word, with a bit for each pattern. Words alike share a row.
type index struct {
	stride int     // how long a row is, in uint64
	row    []int32 // by word: where its row begins
	bits   []uint64
}

// newIndex makes an index of the words that each pattern asks for. A nil set asks for
// none, and every word suits it. Room is kept from one index to the next.
func newIndex(words int, asked []bitset, room *[]uint64) index {
	x := index{stride: len(asked)/64 + 1, row: make([]int32, words)}
	open := make(bitset, x.stride)
	var all bitset
	for n, set := range asked {
		if set == nil {
			open.add(n)
		}
		all.join(set)
	}
	next := int32(x.stride) // behind an empty row, for the words that none asks for
	all.each(func(id int) {
		x.row[id] = next
		next += int32(x.stride)
	})
	if int(next) > len(*room) {
		*room = make([]uint64, next)
	}
	own := (*room)[:next]
	clear(own)
	for n, set := range asked {
		set.each(func(id int) { own[int(x.row[id])+n/64] |= 1 << (uint(n) % 64) })
	}
	alike := map[string]int32{}
	var key []byte
	for id, at := range x.row {
		row := bitset(own[at : int(at)+x.stride])
		row.join(open)
		key = row.appendKey(key[:0])
		if _, ok := alike[string(key)]; !ok {
			alike[string(key)] = int32(len(x.bits))
			x.bits = append(x.bits, row...)
		}
		x.row[id] = alike[string(key)]
	}
	x.bits = slices.Clip(x.bits)
	return x
}

func (x *index) of(id wordID) []uint64 {
	at := int(x.row[id])
	return x.bits[at : at+x.stride]
}

// suits gives the row of those that a token suits. A number reads as a word of its own and
// as any number: its row is made in room.
func (x *index) suits(t *token, number wordID, room []uint64) []uint64 {
	row := x.of(t.id)
	if t.flags&numeric == 0 {
		return row
	}
	copy(room, row)
	orInto(room, x.of(number))
	return room
}

func orInto(to, from []uint64) {
	for i, w := range from[:len(to)] {
		to[i] |= w
	}
}

// finder finds the patterns that can begin at a word by the words there, next to it and
// further on.
type finder struct {
	at     [places]index
	ahead  [needed]index // in its sentence
	beyond index         // in what follows
	free   [starts]bitset
}

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
	var at [places][]bitset
	var ahead [needed][]bitset
	var beyond []bitset
	var f finder
	for kind := range f.free {
		f.free[kind] = make(bitset, len(patterns)/64+1)
	}
	for n, p := range patterns {
		for i, set := range l.leads(p.code) {
			at[i] = append(at[i], set)
		}
		needs, further := l.needs(p.code)
		for i := range ahead {
			ahead[i] = append(ahead[i], needs[i])
		}
		beyond = append(beyond, further)
		for kind, traits := range [starts]trait{0, clauseStart, clauseStart | sentenceStart} {
			if p.code.begins()&^traits == 0 {
				f.free[kind].add(n)
			}
		}
	}
	words, room := len(l.vocabulary.words), []uint64{}
	for i := range f.at {
		f.at[i] = newIndex(words, at[i], &room)
	}
	for i := range f.ahead {
		f.ahead[i] = newIndex(words, ahead[i], &room)
	}
	f.beyond = newIndex(words, beyond, &room)
	return f
}

// search goes through a text from its end and knows at each token what stands ahead.
type search struct {
	f      *finder
	tokens []token
	number wordID
	ahead  [needed]bitset // what is there of each set needed
	beyond bitset
	found  bitset
	room   [places]bitset // for the rows of numbers
}

func (f *finder) search(t []token, number wordID) search {
	stride := f.at[0].stride
	room := make(bitset, (needed+2+places)*stride)
	next := func() bitset {
		row := room[:stride:stride]
		room = room[stride:]
		return row
	}
	s := search{f: f, tokens: t, number: number, found: next(), beyond: next()}
	for i := range s.ahead {
		s.ahead[i] = next()
	}
	for i := range s.room {
		s.room[i] = next()
	}
	copy(s.beyond, f.beyond.of(0))
	return s
}

// back goes back to the token at i and gives the patterns that can begin there, as a
// set.
func (s *search) back(i int) bitset {
	t := &s.tokens[i]
	ends := i+1 == len(s.tokens) || s.tokens[i+1].flags&sentenceStart != 0
	for n := range s.ahead {
		x := &s.f.ahead[n]
		if ends {
			copy(s.ahead[n], x.of(0))
		}
		orInto(s.ahead[n], x.suits(t, s.number, s.room[0]))
	}
	orInto(s.beyond, s.f.beyond.suits(t, s.number, s.room[0]))
	var at [places][]uint64
	for n := range at {
		x := &s.f.at[n]
		if at[n] = x.of(0); i+n < len(s.tokens) { // behind the last token stands none: a word that nothing asks for
			at[n] = x.suits(&s.tokens[i+n], s.number, s.room[n])
		}
	}
	s.meet(at, s.f.free[startAt(t)])
	return s.found
}

// meet finds the patterns that are in all rows. Few are left of the first ones, and the
// others are not looked at where none is.
func (s *search) meet(at [places][]uint64, free bitset) {
	found := s.found
	first, second, third := at[0][:len(found)], at[1][:len(found)], at[2][:len(found)]
	free = free[:len(found)]
	for j := range found {
		w := first[j] & second[j] & third[j] & free[j]
		if w != 0 {
			for n := range s.ahead {
				w &= s.ahead[n][j]
			}
			w &= s.beyond[j]
		}
		found[j] = w
	}
}
