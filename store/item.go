package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"
)

// Item is something that a person keeps before them: a promise, a goal, a milestone.
type Item struct {
	ID     string // unique among the person's items
	Kind   string
	State  string
	Text   string
	At     time.Time       // when it was first kept
	Values json.RawMessage // the answers behind the text
	Shared uint64          // the exchange that it is one of, if the other one of a couple has it too
}

// itemRow is an Item as it is sealed, whole: its key tells nothing of it.
type itemRow struct {
	ID     string          `json:"i"`
	Kind   string          `json:"k,omitempty"`
	State  string          `json:"s,omitempty"`
	Text   string          `json:"t,omitempty"`
	At     int64           `json:"a"` // Unix milliseconds
	Values json.RawMessage `json:"v,omitempty"`
	Shared uint64          `json:"x,omitempty"`
}

// PutItem keeps an item. One with the same ID is replaced. It fails with
// [ErrNotFound] if there is no such person.
func (r *Records) PutItem(p PersonID, i Item) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	key := r.keys.itemKey(p, i.ID)
	row := &itemRow{ID: i.ID, Kind: i.Kind, State: i.State, Text: i.Text, At: i.At.UnixMilli(), Values: i.Values, Shared: i.Shared}
	sealed, err := sealJSON(b, tableItems, key, row)
	if err != nil {
		return err
	}
	return r.tx.Put(tableItems, key, sealed)
}

// Item gives a person's item, if they have it.
func (r *Records) Item(p PersonID, id string) (i Item, found bool, err error) {
	key := r.keys.itemKey(p, id)
	sealed, err := r.tx.Get(tableItems, key)
	if err != nil || sealed == nil {
		return Item{}, false, err
	}
	b, err := r.box(p)
	if err != nil {
		return Item{}, false, err
	}
	i, err = openItem(b, key, sealed)
	return i, err == nil, err
}

// Items gives a person's items of one kind, or of all (""), newest first.
func (r *Records) Items(p PersonID, kind string) ([]Item, error) {
	b, err := r.box(p)
	if err != nil {
		return nil, err
	}
	keys, err := r.keysIn(tableItems, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, key := range keys {
		sealed, err := r.tx.Get(tableItems, key)
		if err != nil {
			return nil, err
		}
		i, err := openItem(b, key, sealed)
		if err != nil {
			return nil, err
		}
		if kind == "" || i.Kind == kind {
			items = append(items, i)
		}
	}
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
	})
	return items, nil
}

func openItem(b box, key, sealed []byte) (Item, error) {
	var row itemRow
	if err := openJSON(b, tableItems, key, sealed, &row); err != nil {
		return Item{}, fmt.Errorf("item: %w", err)
	}
	at := time.UnixMilli(row.At).UTC()
	return Item{ID: row.ID, Kind: row.Kind, State: row.State, Text: row.Text, At: at, Values: row.Values, Shared: row.Shared}, nil
}

func (k *keys) itemKey(p PersonID, id string) []byte {
	return append(personKey(p), k.nameKey(p, tableItems, id)...)
}
