package coach

import "math/bits"

// blockBits is how wide a block is.
const blockBits = 64 * 64

// blocks are pieces of wide rows of bits that are mostly 0. Of each only those uint64 are
// kept that are not, and blocks alike are kept once.
type blocks struct {
	list []block // the first is empty
	bits []uint64
}

// block is one of them: which of its uint64 are kept, and where they begin in bits.
type block struct {
	mask uint64
	from uint32
}

// word gives the j-th uint64 of a block.
func (b *blocks) word(of block, j int) uint64 {
	if of.mask>>j&1 == 0 {
		return 0
	}
	return b.bits[int(of.from)+bits.OnesCount64(of.mask&(1<<j-1))]
}

// orInto adds the bits of a block to a row as wide as it.
func (b *blocks) orInto(to bitset, of block) {
	at := of.from
	for mask := of.mask; mask != 0; mask &= mask - 1 {
		to[bits.TrailingZeros64(mask)] |= b.bits[at]
		at++
	}
}

// packer makes blocks.
type packer struct {
	blocks
	alike map[string]uint32
	key   []byte
}

func newPacker() *packer {
	p := &packer{alike: map[string]uint32{}}
	p.add(nil)
	return p
}

// add gives the number of the block with these bits.
func (p *packer) add(row bitset) uint32 {
	p.key = row.appendKey(p.key[:0])
	for len(p.key) > 0 && p.key[len(p.key)-1] == 0 { // as wide as it may be
		p.key = p.key[:len(p.key)-1]
	}
	if n, ok := p.alike[string(p.key)]; ok {
		return n
	}
	n := uint32(len(p.list))
	p.alike[string(p.key)] = n
	own := block{from: uint32(len(p.bits))}
	for j, w := range row {
		if w != 0 {
			own.mask |= 1 << j
			p.bits = append(p.bits, w)
		}
	}
	p.list = append(p.list, own)
	return n
}

// across gives how many blocks a row of some bits takes.
func across(n int) int { return n/blockBits + 1 }

// cut gives the piece of a row that the i-th block of it holds.
func cut(row bitset, i int) bitset {
	return row[min(len(row), i*64):min(len(row), i*64+64)]
}
