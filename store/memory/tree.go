package memory

import (
	"bytes"
	"hash/fnv"

	"kintsugi/store"
)

// node is the root of a tree ordered by key, or nil for an empty one. It is a
// treap: a node's rank, drawn from its key, is above those below it, which keeps
// the tree shallow whatever the order of putting. Nodes never change; changing the
// tree copies the path to what is changed.
type node struct {
	key, value  []byte
	rank        uint32
	left, right *node
}

func rank(key []byte) uint32 {
	h := fnv.New32a()
	h.Write(key)
	// FNV leaves alike keys with alike high bits; the order looks at those first.
	return h.Sum32() * 0x9E3779B1
}

func (n *node) get(key []byte) []byte {
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value
		}
	}
	return nil
}

func (n *node) put(key, value []byte) *node {
	left, rest := n.split(key)
	_, right := rest.split(next(key))
	row := &node{key: bytes.Clone(key), value: append([]byte{}, value...), rank: rank(key)}
	return join(join(left, row), right)
}

func (n *node) without(key []byte) *node {
	if n.get(key) == nil {
		return n
	}
	left, rest := n.split(key)
	_, right := rest.split(next(key))
	return join(left, right)
}

// next is the smallest key above key.
func next(key []byte) []byte { return append(bytes.Clone(key), 0) }

// split gives the tree of the keys below key, and that of the others.
func (n *node) split(key []byte) (below, others *node) {
	if n == nil {
		return nil, nil
	}
	changed := *n
	if bytes.Compare(n.key, key) < 0 {
		changed.right, others = n.right.split(key)
		return &changed, others
	}
	below, changed.left = n.left.split(key)
	return below, &changed
}

// join gives one tree of two, all keys of left being below those of right.
func join(left, right *node) *node {
	if left == nil {
		return right
	}
	if right == nil {
		return left
	}
	if left.rank > right.rank {
		changed := *left
		changed.right = join(left.right, right)
		return &changed
	}
	changed := *right
	changed.left = join(left, right.left)
	return &changed
}

// scan calls fn for the rows of a range until it returns false, and says whether
// it never did.
func (n *node) scan(r store.Range, fn func(key, value []byte) bool) bool {
	if n == nil {
		return true
	}
	aboveFrom := bytes.Compare(n.key, r.From) >= 0
	belowTo := r.To == nil || bytes.Compare(n.key, r.To) < 0
	low := func() bool { return !aboveFrom || n.left.scan(r, fn) }
	self := func() bool { return !aboveFrom || !belowTo || fn(n.key, n.value) }
	high := func() bool { return !belowTo || n.right.scan(r, fn) }
	if r.Reverse {
		return high() && self() && low()
	}
	return low() && self() && high()
}
