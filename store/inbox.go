package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// News is something that came to a person from the other side, and that they have not
// dealt with. Words in it are theirs already: whoever wrote them has given them away.
type News struct {
	ID     uint64
	At     time.Time
	Kind   string
	Couple CoupleID
	Values json.RawMessage
}

type newsRow struct {
	At     int64           `json:"a"` // Unix milliseconds
	Kind   string          `json:"k"`
	Couple CoupleID        `json:"c"`
	Values json.RawMessage `json:"v,omitempty"`
}

// AddNews puts something into a person's inbox. It fails with [ErrNotFound] if there is
// no such person.
func (r *Records) AddNews(p PersonID, n News) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	last, err := r.number(metaLastNews)
	if err != nil {
		return err
	}
	key := newsKey(p, last+1)
	sealed, err := sealJSON(b, tableInbox, key, &newsRow{At: n.At.UnixMilli(), Kind: n.Kind, Couple: n.Couple, Values: n.Values})
	if err != nil {
		return err
	}
	return errors.Join(r.setNumber(metaLastNews, last+1), r.tx.Put(tableInbox, key, sealed))
}

// NewsOf gives what is in a person's inbox, at most limit, the oldest first.
func (r *Records) NewsOf(p PersonID, limit int) ([]News, error) {
	b, err := r.box(p)
	if err != nil {
		return nil, err
	}
	keys, err := r.keysIn(tableInbox, prefixed(personKey(p)), limit)
	if err != nil {
		return nil, err
	}
	var found []News
	for _, key := range keys {
		sealed, err := r.tx.Get(tableInbox, key)
		if err != nil {
			return nil, err
		}
		var row newsRow
		if len(key) != 2*idSize {
			return nil, fmt.Errorf("inbox: %w", ErrBroken)
		}
		if err := openJSON(b, tableInbox, key, sealed, &row); err != nil {
			return nil, err
		}
		found = append(found, News{
			ID: readNumber(key[idSize:]), At: time.UnixMilli(row.At).UTC(), Kind: row.Kind, Couple: row.Couple, Values: row.Values,
		})
	}
	return found, nil
}

// DropNews takes something out of a person's inbox. Taking out what is not there does
// nothing.
func (r *Records) DropNews(p PersonID, id uint64) error {
	return r.tx.Delete(tableInbox, newsKey(p, id))
}

func newsKey(p PersonID, id uint64) []byte { return appendNumber(personKey(p), id) }
