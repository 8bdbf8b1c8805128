package coach

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"math/bits"
	"slices"
)

// coder writes what the coach knows as bytes, or reads it: one walk does both, so that the
// two can't come apart. Numbers are as short as they are small.
type coder struct {
	writing bool
	out     []byte // what is written
	in      string // what is read
	at      int    // how far it has been
	err     error  // the first thing wrong in it; what is read from there on is 0
}

var errDamaged = errors.New("what the coach knows is cut short or damaged")

// number is any that a coder takes.
type number interface {
	~int | ~int32 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// uint passes on a number: the one given when writing, the one that stands there otherwise.
func (c *coder) uint(n uint64) uint64 {
	if c.writing {
		c.out = binary.AppendUvarint(c.out, n)
		return n
	}
	n = 0
	for shift := 0; shift < 64 && c.at < len(c.in); shift += 7 {
		b := c.in[c.at]
		c.at++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	return c.fail()
}

func (c *coder) fail() uint64 {
	c.at, c.err = len(c.in), errDamaged
	return 0
}

// left gives how many bytes are still to be read.
func (c *coder) left() int { return len(c.in) - c.at }

// plain passes on a number that is not below 0.
func plain[T number](c *coder, n *T) {
	if c.writing {
		c.uint(uint64(*n))
		return
	}
	read := c.uint(0)
	if *n = T(read); uint64(*n) != read {
		*n = T(c.fail())
	}
}

// signed passes on a number that may be below 0: how far it is from another one.
func signed[T number](c *coder, n *T, from T) {
	away := int64(*n) - int64(from)
	read := c.uint(uint64(away)<<1 ^ uint64(away>>63))
	if !c.writing {
		*n = T(int64(from) + (int64(read>>1) ^ -int64(read&1)))
	}
}

// numbers pass on a list of them.
func numbers[T number](c *coder, list *[]T) {
	each(c, list, func(n *T) { plain(c, n) })
}

// rising passes on numbers that lie close behind one another.
func rising[T number](c *coder, list []T) {
	var last T
	for i := range list {
		signed(c, &list[i], last)
		last = list[i]
	}
}

// counted passes on numbers that were given out one by one: most are the next one.
func counted[T number](c *coder, list *[]T) {
	next := T(0)
	each(c, list, func(n *T) { following(c, n, &next) })
}

// following passes on a number that is the next one or one before that.
func following[T number](c *coder, n, next *T) {
	back := c.uint(uint64(*next - *n))
	if back > uint64(*next) {
		back = c.fail()
	}
	if *n = *next - T(back); back == 0 {
		*next++
	}
}

// flag passes on a yes or no.
func (c *coder) flag(b *bool) {
	n := uint8(0)
	if *b {
		n = 1
	}
	plain(c, &n)
	*b = n == 1
}

// string passes on a string. What is read shares its bytes with the whole.
func (c *coder) string(s *string) {
	n := c.length(len(*s))
	if c.writing {
		c.out = append(c.out, *s...)
		return
	}
	*s = c.in[c.at : c.at+n]
	c.at += n
}

// length passes on how many there are of something that takes a byte or more each.
func (c *coder) length(n int) int {
	read := c.uint(uint64(n))
	if !c.writing && read > uint64(c.left()) {
		return int(c.fail())
	}
	return int(read)
}

// each passes on a list.
func each[T any](c *coder, list *[]T, fn func(*T)) {
	n := c.length(len(*list))
	if !c.writing && n > 0 {
		*list = make([]T, n)
	}
	for i := range *list {
		fn(&(*list)[i])
	}
}

// mapping passes on a map, in the order of its keys.
func mapping[K cmp.Ordered, V any](c *coder, m *map[K]V, key func(*K), value func(*V)) {
	keys := slices.Sorted(maps.Keys(*m))
	if !c.writing {
		*m = map[K]V{}
	}
	each(c, &keys, func(k *K) {
		key(k)
		v := (*m)[*k]
		value(&v)
		(*m)[*k] = v
	})
}

// runsOf passes on many short lists.
func runsOf[T any](c *coder, r *runs[T], fn func(list []T)) {
	n, size := c.length(r.size()), 0
	if !c.writing {
		r.from = make([]uint32, n+1)
	}
	for i := range n {
		own := uint32(0)
		if c.writing {
			own = r.from[i+1] - r.from[i]
		}
		plain(c, &own)
		size += int(own)
		r.from[i+1] = uint32(size)
	}
	if !c.writing {
		if size > c.left() {
			c.fail()
			return
		}
		r.all = make([]T, size)
	}
	for i := range n {
		fn(r.of(i))
	}
}

// set passes on a set by its members, which are below a number.
func (c *coder) set(b *bitset, size int) {
	if !c.writing {
		*b = make(bitset, size/64+1)
	}
	n, last := c.length(b.size()), 0
	step := func(to int) int {
		gap := to - last
		plain(c, &gap)
		last += gap
		return last
	}
	if c.writing {
		b.each(func(n int) { step(n) })
		return
	}
	for range n {
		at := step(0)
		if at > size {
			c.fail()
			return
		}
		b.add(at)
	}
}

// blocks passes on blocks, by the bits in each.
func (c *coder) blocks(b *blocks) {
	n := c.length(len(b.list))
	words := c.length(len(b.bits))
	if !c.writing {
		b.list, b.bits = make([]block, n), make([]uint64, 0, words)
	}
	for i := range b.list {
		c.block(b, &b.list[i])
	}
}

func (c *coder) block(b *blocks, own *block) {
	if c.writing {
		at, last := int(own.from), 0
		size := bitset(b.bits[at : at+bits.OnesCount64(own.mask)]).size()
		plain(c, &size)
		for mask := own.mask; mask != 0; mask &= mask - 1 {
			for w := b.bits[at]; w != 0; w &= w - 1 {
				to := bits.TrailingZeros64(mask)*64 + bits.TrailingZeros64(w)
				c.uint(uint64(to - last))
				last = to
			}
			at++
		}
		return
	}
	own.from = uint32(len(b.bits))
	at, end := uint64(0), 0
	for range c.length(0) {
		at += c.uint(0)
		if at >= blockBits {
			c.fail()
			return
		}
		if own.mask>>(at/64) == 0 { // the first bit of its uint64
			own.mask |= 1 << (at / 64)
			b.bits = append(b.bits, 0)
			end = len(b.bits) - 1
		}
		b.bits[end] |= 1 << (at % 64)
	}
}

// weight passes on a weight: those of two decimals, as most are, take few bytes.
func (c *coder) weight(w *float32) {
	if c.writing {
		n := int64(math.Round(float64(*w) * 100))
		if float32(n)/100 == *w && n > -1<<20 && n < 1<<20 {
			c.uint(uint64(n<<1^n>>63) << 1)
			return
		}
		c.uint(uint64(math.Float32bits(*w))<<1 | 1)
		return
	}
	read := c.uint(0)
	if read&1 == 1 {
		*w = math.Float32frombits(uint32(read >> 1))
		return
	}
	read >>= 1
	*w = float32(int64(read>>1)^-int64(read&1)) / 100
}
