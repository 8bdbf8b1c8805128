package coach

import "math/bits"

// table says in which ways words are in classes: it has a row for each word, with two bits
// for each class. It is made once all classes are there, and of those alone that something
// asks for.
type table struct {
	row    []uint16 // by word; words alike share one
	across int      // how many blocks a row has
	rows   []block  // the blocks of each row, behind one another
	blocks blocks
}

// way is how a word is in a class: both ways, or neither, may hold.
type way uint64

const (
	alone    way = 1 << iota // it is a member
	opens                    // a member of several words begins with it
	bothWays = alone | opens
)

// newTable makes a table from the members of each class: those of one word, and the first
// words of the others.
func newTable(words int, single, first []wordSet) table {
	rows := make([]bitset, words)
	for class := range single {
		for _, id := range single[class] {
			rows[id].add(2 * class)
		}
		for _, id := range first[class] {
			rows[id].add(2*class + 1)
		}
	}
	t := table{row: make([]uint16, words), across: across(2 * len(single))}
	alike := map[string]uint16{}
	var key []byte
	p := newPacker()
	for id, row := range rows {
		key = row.appendKey(key[:0])
		n, known := alike[string(key)]
		if !known {
			n = uint16(len(alike))
			alike[string(key)] = n
			for i := range t.across {
				t.rows = append(t.rows, p.list[p.add(cut(row, i))])
			}
		}
		t.row[id] = n
	}
	t.blocks = p.blocks
	return t
}

// ways gives the ways in which a word is in a class.
func (t *table) ways(id wordID, class int) way {
	at := uint(class) * 2
	b := &t.rows[uint(t.row[id])*uint(t.across)+at/blockBits]
	j := at / 64 % 64
	if b.mask>>j&1 == 0 {
		return 0
	}
	return way(t.blocks.bits[int(b.from)+bits.OnesCount64(b.mask&(1<<j-1))]>>(at%64)) & bothWays
}
