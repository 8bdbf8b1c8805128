package store

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Nudge is something that comes back to a person by a rule of time.
type Nudge struct {
	// ID tells it from the person's other nudges: a short fixed word such as
	// "gratitude", readable on disk.
	ID   string
	Rule string // when it comes back, as the caller writes rules
	Flow string // what it leads to
	// Slot is the place on the calendar that it waits for, as the caller writes slots:
	// it stays when the zone changes.
	Slot string
}

// nudgeRow is a Nudge as it is sealed; the ID stands in its key.
type nudgeRow struct {
	Rule string `json:"r"`
	Flow string `json:"f,omitempty"`
	Slot string `json:"s,omitempty"`
}

// nudgePrefix begins the [Due.ID] of a nudge.
const nudgePrefix = "nudge."

// Nudge says whether it is a nudge that is due, and which.
func (d Due) Nudge() (id string, ok bool) { return strings.CutPrefix(d.ID, nudgePrefix) }

// PutNudge keeps a nudge in place of one with the same ID, and arms it for due; a
// zero due lets it sleep. It fails with [ErrNotFound] if there is no such person.
func (r *Records) PutNudge(p PersonID, n Nudge, due time.Time) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	key := nudgeKey(p, n.ID)
	sealed, err := sealJSON(b, tableNudges, key, &nudgeRow{Rule: n.Rule, Flow: n.Flow, Slot: n.Slot})
	if err != nil {
		return err
	}
	if err := r.tx.Put(tableNudges, key, sealed); err != nil {
		return err
	}
	if due.IsZero() {
		return r.DeleteDue(p, nudgePrefix+n.ID)
	}
	return r.PutDue(Due{At: due, Person: p, ID: nudgePrefix + n.ID})
}

// Nudge gives a person's nudge, if they have it.
func (r *Records) Nudge(p PersonID, id string) (n Nudge, found bool, err error) {
	key := nudgeKey(p, id)
	sealed, err := r.tx.Get(tableNudges, key)
	if err != nil || sealed == nil {
		return Nudge{}, false, err
	}
	n, err = r.openNudge(p, key, sealed)
	return n, err == nil, err
}

// Nudges gives all nudges of a person, by ID.
func (r *Records) Nudges(p PersonID) ([]Nudge, error) {
	keys, err := r.keysIn(tableNudges, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return nil, err
	}
	var nudges []Nudge
	for _, key := range keys {
		sealed, err := r.tx.Get(tableNudges, key)
		if err != nil {
			return nil, err
		}
		n, err := r.openNudge(p, key, sealed)
		if err != nil {
			return nil, err
		}
		nudges = append(nudges, n)
	}
	return nudges, nil
}

// DeleteNudge takes a nudge away. Taking away what was never there does nothing.
func (r *Records) DeleteNudge(p PersonID, id string) error {
	if err := r.DeleteDue(p, nudgePrefix+id); err != nil {
		return err
	}
	return r.tx.Delete(tableNudges, nudgeKey(p, id))
}

func (r *Records) openNudge(p PersonID, key, sealed []byte) (Nudge, error) {
	b, err := r.box(p)
	if err != nil {
		return Nudge{}, err
	}
	var row nudgeRow
	if err := openJSON(b, tableNudges, key, sealed, &row); err != nil {
		return Nudge{}, fmt.Errorf("nudge: %w", err)
	}
	return Nudge{ID: string(key[idSize:]), Rule: row.Rule, Flow: row.Flow, Slot: row.Slot}, nil
}

func nudgeKey(p PersonID, id string) []byte { return append(personKey(p), id...) }
