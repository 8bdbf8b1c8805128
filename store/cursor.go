package store

import "fmt"

// Cursor gives what was put under a name, or nil: how far a platform has been
// read. Names are fixed words, readable on disk.
func (r *Records) Cursor(name string) ([]byte, error) {
	sealed, err := r.tx.Get(tableCursors, []byte(name))
	if err != nil || sealed == nil {
		return nil, err
	}
	value, err := r.keys.own.open(tableCursors, []byte(name), sealed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tableCursors, err)
	}
	return value, nil
}

// PutCursor replaces what stands under a name.
func (r *Records) PutCursor(name string, value []byte) error {
	at := []byte(name)
	return r.tx.Put(tableCursors, at, r.keys.own.seal(tableCursors, at, value))
}
