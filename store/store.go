package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// Store keeps [Records] in a [Backend]. It is safe for concurrent use.
type Store struct {
	backend Backend
	keys    *keys
}

// Open opens what b holds with the master key. An empty b gets the schema; an
// older schema is brought forward. [ErrNotOurs], [ErrNewer] and [ErrWrongKey]
// leave b untouched. An error never closes b.
func Open(ctx context.Context, b Backend, key MasterKey) (*Store, error) {
	return open(ctx, b, key, migrations())
}

func open(ctx context.Context, b Backend, key MasterKey, steps []migration) (*Store, error) {
	keys, err := deriveKeys(key)
	if err != nil {
		return nil, err
	}
	s := &Store{backend: b, keys: keys}
	if err := s.prepare(ctx, steps); err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	return s, nil
}

// View runs fn on a consistent snapshot. fn only reads.
func (s *Store) View(ctx context.Context, fn func(*Records) error) error {
	return s.backend.View(ctx, func(tx Tx) error { return fn(s.records(tx)) })
}

// Update runs fn and commits what it wrote if it returns nil; see
// [Backend.Update] for the whole contract. fn may run more than once.
func (s *Store) Update(ctx context.Context, fn func(*Records) error) error {
	return s.backend.Update(ctx, func(tx Tx) error { return fn(s.records(tx)) })
}

// Close closes the backend, after what is under way. Closing twice is safe.
func (s *Store) Close() error { return s.backend.Close() }

func (s *Store) records(tx Tx) *Records { return &Records{tx: tx, keys: s.keys} }

// Records are the records and indexes as one transaction sees them. They are good
// for that transaction only, and not for concurrent use.
type Records struct {
	tx   Tx
	keys *keys

	// What was unwrapped so far: data keys of people, and keys of couples.
	boxes       map[PersonID]box
	coupleBoxes map[CoupleID]box
}

// box gives the data key of a person, or [ErrNotFound] if there is no such person:
// whoever has no key can have no records.
func (r *Records) box(p PersonID) (box, error) {
	if b, ok := r.boxes[p]; ok {
		return b, nil
	}
	at := personKey(p)
	sealed, err := r.tx.Get(tableKeys, at)
	if err != nil {
		return box{}, err
	}
	if sealed == nil {
		return box{}, fmt.Errorf("person: %w", ErrNotFound)
	}
	key, err := r.keys.wrap.open(tableKeys, at, sealed)
	if err != nil {
		return box{}, fmt.Errorf("data key: %w", err)
	}
	b, err := newBox(key)
	if err != nil {
		return box{}, fmt.Errorf("data key: %w", ErrBroken)
	}
	keepBox(&r.boxes, p, b)
	return b, nil
}

// maxBoxes is how many keys of a sort a transaction keeps at hand: one that goes through
// many people meets each of them once.
const maxBoxes = 64

func keepBox[ID comparable](boxes *map[ID]box, id ID, b box) {
	if *boxes == nil {
		*boxes = make(map[ID]box)
	}
	if len(*boxes) >= maxBoxes {
		clear(*boxes)
	}
	(*boxes)[id] = b
}

// first gives the first row of a range; a nil key says that there is none.
func (r *Records) first(table string, in Range) (key, value []byte, err error) {
	err = r.tx.Scan(table, in, func(k, v []byte) bool {
		key, value = k, v
		return false
	})
	return key, value, err
}

// keysIn lists the keys of a range, at most limit of them.
func (r *Records) keysIn(table string, in Range, limit int) ([][]byte, error) {
	var found [][]byte
	if limit <= 0 {
		return nil, nil
	}
	err := r.tx.Scan(table, in, func(k, _ []byte) bool {
		found = append(found, k)
		return len(found) < limit
	})
	return found, err
}

// deleteAll deletes rows by key.
func (r *Records) deleteAll(table string, keys [][]byte) error {
	for _, k := range keys {
		if err := r.tx.Delete(table, k); err != nil {
			return err
		}
	}
	return nil
}

// number reads a counter of the meta table, 0 if it was never set.
func (r *Records) number(name string) (uint64, error) {
	v, err := r.tx.Get(tableMeta, []byte(name))
	if err != nil || v == nil {
		return 0, err
	}
	if len(v) != 8 {
		return 0, fmt.Errorf("counter %s: %w", name, ErrBroken)
	}
	return readNumber(v), nil
}

func (r *Records) setNumber(name string, n uint64) error {
	return r.tx.Put(tableMeta, []byte(name), appendNumber(nil, n))
}

// sealJSON seals v for its place.
func sealJSON(b box, table string, key []byte, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		// The cause could quote what a person wrote.
		return nil, fmt.Errorf("%s: a record cannot be encoded", table)
	}
	return b.seal(table, key, plain), nil
}

// openJSON opens what sealJSON sealed.
func openJSON(b box, table string, key, sealed []byte, v any) error {
	plain, err := b.open(table, key, sealed)
	if err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	if json.Unmarshal(plain, v) != nil {
		return fmt.Errorf("%s: %w", table, ErrBroken)
	}
	return nil
}
