// Package bolt is a [store.Backend] in one bbolt file: the default of Kintsugi.
//
// Updates that wait at the same time share one bolt transaction and so one fsync.
// None of them waits for others to come: whatever is there when the disk is free
// goes next.
//
// # Caveats
//
// One process at a time holds the file.
//
// An Update's function may run in the goroutine of another Update that waits at the
// same time, and commits for both. The stack of a panic is therefore that of the
// re-panic, not of where it began; and a function must not end its goroutine.
//
// A View that stays open keeps pages from being used again, so that the file
// grows; and a commit that has to enlarge the memory map waits for every View.
//
// The file never shrinks: what was deleted makes room inside it.
package bolt

import (
	"context"
	"errors"
	"sync"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"kintsugi/store"
)

// DB is a store.Backend in a file.
type DB struct {
	bolt  *bbolt.DB
	queue *queue
	once  sync.Once // of closing
}

func start(b *bbolt.DB) *DB { return &DB{bolt: b, queue: newQueue()} }

// View implements [store.Backend].
func (db *DB) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.queue.isClosed() {
		return store.ErrClosed
	}
	b, err := db.bolt.Begin(false)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return store.ErrClosed
	}
	if err != nil {
		return err
	}
	defer b.Rollback()
	return fn(newTx(b))
}

// Update implements [store.Backend].
func (db *DB) Update(ctx context.Context, fn func(store.Tx) error) error {
	c := &call{ctx: ctx, fn: fn, news: make(chan bool, 1)}
	lead, err := db.queue.add(c)
	if err != nil {
		return err
	}
	if lead || <-c.news {
		db.lead()
	}
	return c.outcome.deliver()
}

// Close implements [store.Backend].
func (db *DB) Close() error {
	var err error
	db.once.Do(func() {
		db.queue.close()
		err = db.bolt.Close()
	})
	return err
}
