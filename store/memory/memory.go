// Package memory is a [store.Backend] that keeps everything in memory: the
// reference that others are measured by, and what tests run on.
//
// A table is a tree whose nodes never change, so that a View holds on to the tree
// it began with, and an Update that fails simply leaves its tree behind.
package memory

import (
	"context"
	"errors"
	"maps"
	"sync"

	"kintsugi/store"
)

var errReadOnly = errors.New("memory: a View may not write")

// Backend is an empty store.Backend when new. What it holds ends with it.
type Backend struct {
	writing sync.Mutex // held by the Update that runs

	mu     sync.Mutex // guards what follows
	tables map[string]*node
	closed bool
	begun  sync.WaitGroup // transactions under way
}

// New gives an empty backend.
func New() *Backend { return &Backend{} }

// Clone gives another one that holds the same, and goes its own way from then on.
func (b *Backend) Clone() *Backend { return &Backend{tables: b.snapshot()} }

// View implements [store.Backend].
func (b *Backend) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.begun.Done()
	return fn(&tx{tables: b.snapshot()})
}

// Update implements [store.Backend].
func (b *Backend) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.begun.Done()
	b.writing.Lock()
	defer b.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{tables: maps.Clone(b.snapshot()), writable: true}
	if t.tables == nil {
		t.tables = make(map[string]*node)
	}
	if err := fn(t); err != nil {
		return err
	}
	b.commit(t.tables)
	return nil
}

// Close implements [store.Backend].
func (b *Backend) Close() error {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.begun.Wait()
	return nil
}

func (b *Backend) begin(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	b.begun.Add(1)
	return nil
}

func (b *Backend) snapshot() map[string]*node {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tables
}

func (b *Backend) commit(tables map[string]*node) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tables = tables
}

type tx struct {
	tables   map[string]*node
	writable bool
}

func (t *tx) Get(table string, key []byte) ([]byte, error) {
	return t.tables[table].get(key), nil
}

func (t *tx) Put(table string, key, value []byte) error {
	if !t.writable {
		return errReadOnly
	}
	if len(key) == 0 {
		return errors.New("memory: the key is empty")
	}
	t.tables[table] = t.tables[table].put(key, value)
	return nil
}

func (t *tx) Delete(table string, key []byte) error {
	if !t.writable {
		return errReadOnly
	}
	t.tables[table] = t.tables[table].without(key)
	return nil
}

func (t *tx) Scan(table string, r store.Range, fn func(key, value []byte) (more bool)) error {
	t.tables[table].scan(r, fn)
	return nil
}
