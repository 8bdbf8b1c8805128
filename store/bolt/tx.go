package bolt

import (
	"bytes"
	"slices"

	"go.etcd.io/bbolt"

	"kintsugi/store"
)

// tx is a store.Tx over a bolt transaction. Each table is a bucket.
type tx struct {
	bolt    *bbolt.Tx
	buckets map[string]*bbolt.Bucket // those opened so far
	writes  int                      // puts and deletes so far
}

func newTx(b *bbolt.Tx) *tx { return &tx{bolt: b, buckets: make(map[string]*bbolt.Bucket)} }

// bucket gives the bucket of a table, or nil if it has none yet.
func (t *tx) bucket(table string) *bbolt.Bucket {
	b := t.buckets[table]
	if b == nil {
		b = t.bolt.Bucket([]byte(table))
		if b != nil {
			t.buckets[table] = b
		}
	}
	return b
}

func (t *tx) Get(table string, key []byte) ([]byte, error) {
	b := t.bucket(table)
	if b == nil {
		return nil, nil
	}
	return b.Get(key), nil
}

func (t *tx) Put(table string, key, value []byte) error {
	b := t.bucket(table)
	if b == nil {
		made, err := t.bolt.CreateBucketIfNotExists([]byte(table))
		if err != nil {
			return err
		}
		b = made
		t.buckets[table] = b
	}
	if value == nil {
		value = []byte{} // bolt would give back nil, as if there were nothing
	}
	t.writes++
	return b.Put(key, value)
}

func (t *tx) Delete(table string, key []byte) error {
	b := t.bucket(table)
	if b == nil {
		return nil
	}
	t.writes++
	return b.Delete(key)
}

func (t *tx) Scan(table string, r store.Range, fn func(key, value []byte) (more bool)) error {
	b := t.bucket(table)
	if b == nil {
		return nil
	}
	switch {
	case !r.Reverse:
		scanUp(b.Cursor(), r, fn)
	case t.bolt.Writable():
		scanBack(b.Cursor(), r, fn)
	default:
		scanDown(b.Cursor(), r, fn)
	}
	return nil
}

func scanUp(c *bbolt.Cursor, r store.Range, fn func(key, value []byte) bool) {
	for k, v := c.Seek(r.From); k != nil; k, v = c.Next() {
		if r.To != nil && bytes.Compare(k, r.To) >= 0 || !fn(k, v) {
			return
		}
	}
}

// scanBack goes up first and then backwards over what it found. A page that the
// same transaction has emptied is the end of the table to bbolt's Cursor.Prev, and
// no end at all to Cursor.Last; going up passes over it.
func scanBack(c *bbolt.Cursor, r store.Range, fn func(key, value []byte) bool) {
	type row struct{ key, value []byte }
	var rows []row
	scanUp(c, r, func(k, v []byte) bool {
		rows = append(rows, row{k, v})
		return true
	})
	for _, row := range slices.Backward(rows) {
		if !fn(row.key, row.value) {
			return
		}
	}
}

func scanDown(c *bbolt.Cursor, r store.Range, fn func(key, value []byte) bool) {
	for k, v := last(c, r.To); k != nil; k, v = c.Prev() {
		if bytes.Compare(k, r.From) < 0 || !fn(k, v) {
			return
		}
	}
}

// last goes to the last key below to.
func last(c *bbolt.Cursor, to []byte) (key, value []byte) {
	if to == nil {
		return c.Last()
	}
	if k, _ := c.Seek(to); k == nil {
		return c.Last()
	}
	return c.Prev()
}
