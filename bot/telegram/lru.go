package telegram

import "container/list"

// lru is a map that forgets what was used the longest ago when it is full. It is not
// safe for concurrent use.
type lru[K comparable, V any] struct {
	size  int
	order *list.List // of slots, the latest used first
	slots map[K]*list.Element
}

type slot[K comparable, V any] struct {
	key   K
	value V
}

func newLRU[K comparable, V any](size int) *lru[K, V] {
	return &lru[K, V]{size: size, order: list.New(), slots: map[K]*list.Element{}}
}

// get gives what stands under a key, or the zero value.
func (l *lru[K, V]) get(key K) V {
	e := l.slots[key]
	if e == nil {
		return *new(V)
	}
	l.order.MoveToFront(e)
	return e.Value.(*slot[K, V]).value
}

func (l *lru[K, V]) put(key K, value V) {
	if e := l.slots[key]; e != nil {
		l.order.MoveToFront(e)
		e.Value.(*slot[K, V]).value = value
		return
	}
	l.slots[key] = l.order.PushFront(&slot[K, V]{key, value})
	if len(l.slots) > l.size {
		l.drop(l.order.Back().Value.(*slot[K, V]).key)
	}
}

func (l *lru[K, V]) drop(key K) {
	if e := l.slots[key]; e != nil {
		l.order.Remove(e)
		delete(l.slots, key)
	}
}
