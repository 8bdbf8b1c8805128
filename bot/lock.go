package bot

import (
	"context"
	"sync"

	"kintsugi/store"
)

// lockKey names what is locked: a person, or an address that may be of somebody
// new. An address is locked before a person, never after.
type lockKey struct {
	person  store.PersonID
	address store.Address
}

// locks are locks by key. One exists only while somebody holds it or waits for
// it. They are channels, so that waiting can end with a context.
type locks struct {
	mu   sync.Mutex // guards held and the users of each
	held map[lockKey]*keyLock
}

type keyLock struct {
	turn  chan struct{} // holds one value while the lock is held
	users int           // who hold it or wait for it
}

func newLocks() *locks { return &locks{held: map[lockKey]*keyLock{}} }

// lock waits for the lock of key and gives the function that frees it.
func (l *locks) lock(ctx context.Context, key lockKey) (unlock func(), err error) {
	k := l.enter(key)
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		l.leave(key, k)
		return nil, ctx.Err()
	}
	return func() {
		<-k.turn
		l.leave(key, k)
	}, nil
}

func (l *locks) person(ctx context.Context, p store.PersonID) (unlock func(), err error) {
	return l.lock(ctx, lockKey{person: p})
}

func (l *locks) enter(key lockKey) *keyLock {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.held[key]
	if k == nil {
		k = &keyLock{turn: make(chan struct{}, 1)}
		l.held[key] = k
	}
	k.users++
	return k
}

func (l *locks) leave(key lockKey, k *keyLock) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k.users--
	if k.users == 0 {
		delete(l.held, key)
	}
}
