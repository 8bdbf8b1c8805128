package storetest

import (
	"context"
	"fmt"
	"sync/atomic"
	"syscall"

	"kintsugi/store"
)

// Faulty is a backend whose commits can be made to fail, as on a disk that is full.
type Faulty struct {
	store.Backend
	failing atomic.Bool
}

// Fail makes every commit from now on fail, or succeed again. An Update that wrote
// nothing has no commit that could fail.
func (f *Faulty) Fail(failing bool) { f.failing.Store(failing) }

// Update implements [store.Backend]. The error of a commit that was made to fail
// wraps [store.ErrCommit] and [syscall.ENOSPC].
func (f *Faulty) Update(ctx context.Context, fn func(store.Tx) error) error {
	return f.Backend.Update(ctx, func(tx store.Tx) error {
		w := &watched{Tx: tx}
		if err := fn(w); err != nil {
			return err
		}
		if w.wrote && f.failing.Load() {
			return fmt.Errorf("%w: %w", store.ErrCommit, syscall.ENOSPC)
		}
		return nil
	})
}

// watched notes whether a transaction writes.
type watched struct {
	store.Tx
	wrote bool
}

func (w *watched) Put(table string, key, value []byte) error {
	w.wrote = true
	return w.Tx.Put(table, key, value)
}

func (w *watched) Delete(table string, key []byte) error {
	w.wrote = true
	return w.Tx.Delete(table, key)
}
