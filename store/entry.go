package store

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one thing that a person kept.
type Entry struct {
	ID     string // unique among the person's entries
	At     time.Time
	Kind   string
	Text   string
	Flow   string          // the flow that recorded it
	Values json.RawMessage // the answers behind the text
}

// entryRow is an Entry as it is sealed; At stands in its key.
type entryRow struct {
	ID     string          `json:"i"`
	Kind   string          `json:"k,omitempty"`
	Text   string          `json:"t,omitempty"`
	Flow   string          `json:"f,omitempty"`
	Values json.RawMessage `json:"v,omitempty"`
}

// PutEntry keeps an entry. One with the same ID and At is replaced. It fails with
// [ErrNotFound] if there is no such person.
func (r *Records) PutEntry(p PersonID, e Entry) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	at := entryKey(p, e.At, e.ID)
	row := &entryRow{ID: e.ID, Kind: e.Kind, Text: e.Text, Flow: e.Flow, Values: e.Values}
	sealed, err := sealJSON(b, tableEntries, at, row)
	if err != nil {
		return err
	}
	return r.tx.Put(tableEntries, at, sealed)
}

// Entry gives the entry with the ID that was recorded at that time, or
// [ErrNotFound].
func (r *Records) Entry(p PersonID, at time.Time, id string) (Entry, error) {
	key := entryKey(p, at, id)
	sealed, err := r.tx.Get(tableEntries, key)
	if err != nil {
		return Entry{}, err
	}
	if sealed == nil {
		return Entry{}, fmt.Errorf("entry: %w", ErrNotFound)
	}
	b, err := r.box(p)
	if err != nil {
		return Entry{}, err
	}
	return openEntry(b, key, sealed)
}

// Entries gives a person's entries of one kind, or of all (""), newest first. It
// leaves out the first skip and gives at most limit.
func (r *Records) Entries(p PersonID, kind string, skip, limit int) ([]Entry, error) {
	var found []Entry
	if limit <= 0 {
		return nil, nil
	}
	err := r.eachEntry(p, kind, func(open func() (Entry, error)) (bool, error) {
		if skip--; skip >= 0 {
			return true, nil
		}
		e, err := open()
		found = append(found, e)
		return len(found) < limit, err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// CountEntries counts a person's entries of one kind, or all ("").
func (r *Records) CountEntries(p PersonID, kind string) (int, error) {
	n := 0
	err := r.eachEntry(p, kind, func(func() (Entry, error)) (bool, error) {
		n++
		return true, nil
	})
	return n, err
}

// eachEntry goes through a person's entries of one kind, or of all (""), newest
// first. It opens none that it need not: fn opens those it wants.
func (r *Records) eachEntry(p PersonID, kind string, fn func(open func() (Entry, error)) (more bool, err error)) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	in := prefixed(personKey(p))
	in.Reverse = true
	var failed error
	err = r.tx.Scan(tableEntries, in, func(key, sealed []byte) (more bool) {
		open := func() (Entry, error) { return openEntry(b, key, sealed) }
		if kind != "" {
			e, err := open()
			if err != nil {
				failed = err
				return false
			}
			if e.Kind != kind {
				return true
			}
			open = func() (Entry, error) { return e, nil }
		}
		more, failed = fn(open)
		return more && failed == nil
	})
	if err != nil {
		return err
	}
	return failed
}

// DeleteEntry removes an entry. Removing one that is not there does nothing.
func (r *Records) DeleteEntry(p PersonID, at time.Time, id string) error {
	return r.tx.Delete(tableEntries, entryKey(p, at, id))
}

func openEntry(b box, key, sealed []byte) (Entry, error) {
	var row entryRow
	if err := openJSON(b, tableEntries, key, sealed, &row); err != nil {
		return Entry{}, err
	}
	return Entry{
		ID: row.ID, At: readTime(key[idSize:]), Kind: row.Kind,
		Text: row.Text, Flow: row.Flow, Values: row.Values,
	}, nil
}

func entryKey(p PersonID, at time.Time, id string) []byte {
	hash := sha256.Sum256([]byte(id))
	key := make([]byte, 0, idSize+timeSize+8)
	key = appendTime(appendPerson(key, p), at)
	return append(key, hash[:8]...)
}
