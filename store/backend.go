package store

import "context"

// Backend keeps ordered tables of bytes. It knows nothing of people or of what
// the bytes mean; [Store] brings that. Every Backend passes storetest.
//
// Tables come into being when something is put into them.
type Backend interface {
	// View runs fn on a consistent snapshot. fn only reads.
	View(ctx context.Context, fn func(Tx) error) error
	// Update runs fn and commits what it wrote if it returns nil: durably, and all
	// of it or nothing. If fn returns an error, nothing is written and that very
	// error is returned; if fn panics, nothing is written and Update panics with
	// the same value in the caller. Neither hurts an Update that runs at the same
	// time. An error of the commit itself wraps [ErrCommit].
	//
	// Updates that wait at the same time may share one commit. fn may run more
	// than once and must touch nothing outside its Tx, but for variables that each
	// run sets afresh. A ctx that ends before fn is begun ends Update with its
	// error.
	Update(ctx context.Context, fn func(Tx) error) error
	// Close waits for what is under way. Later calls fail with [ErrClosed].
	// Closing twice is safe.
	Close() error
}

// Tx is a transaction. Slices it gives out are valid until it ends and must not
// be changed; slices given to it are copied or no longer touched by the caller.
type Tx interface {
	// Get gives the value at key, or nil if there is none. An empty value that
	// was put comes back as a non-nil empty slice.
	Get(table string, key []byte) ([]byte, error)
	// Put sets the value at key, which must not be empty.
	Put(table string, key, value []byte) error
	// Delete removes key. Removing what is not there does nothing.
	Delete(table string, key []byte) error
	// Scan calls fn for each key of the range in order until fn returns false. fn
	// must not write.
	Scan(table string, r Range, fn func(key, value []byte) (more bool)) error
}

// Range is a range of keys, bytewise. The zero Range is the whole table.
type Range struct {
	From    []byte // the first key; nil from the start
	To      []byte // the first key no longer in it; nil to the end
	Reverse bool   // from the last key to the first
}
