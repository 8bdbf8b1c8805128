package coach

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// bitset is a set of small numbers. It is as long as its largest member asks for.
type bitset []uint64

func (b bitset) has(n int) bool {
	i := n / 64
	return i < len(b) && b[i]&(1<<(uint(n)%64)) != 0
}

func (b *bitset) add(n int) {
	b.grow(n/64 + 1)
	(*b)[n/64] |= 1 << (uint(n) % 64)
}

// remove takes out a member.
func (b bitset) remove(n int) { b[n/64] &^= 1 << (uint(n) % 64) }

func (b *bitset) grow(words int) {
	if words > len(*b) {
		*b = append(*b, make(bitset, words-len(*b))...)
	}
}

// addAll adds words.
func (b *bitset) addAll(words wordSet) {
	if len(words) > 0 {
		b.grow(int(slices.Max(words))/64 + 1)
	}
	for _, id := range words {
		(*b)[id/64] |= 1 << (uint(id) % 64)
	}
}

// size gives how many members there are.
func (b bitset) size() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// appendKey adds bytes that equal sets of one length share.
func (b bitset) appendKey(to []byte) []byte {
	for _, w := range b {
		to = binary.LittleEndian.AppendUint64(to, w)
	}
	return to
}

// each calls fn for every member, in order.
func (b bitset) each(fn func(n int)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			fn(i*64 + bits.TrailingZeros64(w))
		}
	}
}
