package store

import (
	"crypto/sha256"
	"fmt"
	"time"
)

// Quarantined is an event that could not be handled, kept for whoever mends the
// program.
type Quarantined struct {
	Source, ID string // as it was claimed
	At         time.Time
	Person     PersonID // 0 if it is nobody's yet
	Payload    []byte   // what came, as far as it is known
	Reason     string
}

// quarantinedRow is a Quarantined as it is sealed; the rest stands in its key.
type quarantinedRow struct {
	Source  string `json:"s"`
	ID      string `json:"i"`
	Payload []byte `json:"p,omitempty"`
	Reason  string `json:"r,omitempty"`
}

// Quarantine keeps an event, in place of the same event at the same time. It fails
// with [ErrNotFound] if it is of a person who does not exist.
func (r *Records) Quarantine(q Quarantined) error {
	if q.Person != 0 {
		if _, err := r.box(q.Person); err != nil {
			return err
		}
	}
	key := quarantineKey(q)
	row := &quarantinedRow{Source: q.Source, ID: q.ID, Payload: q.Payload, Reason: q.Reason}
	sealed, err := sealJSON(r.keys.own, tableQuarantine, key, row)
	if err != nil {
		return err
	}
	return r.tx.Put(tableQuarantine, key, sealed)
}

// Quarantined gives quarantined events by person and time, at most limit.
func (r *Records) Quarantined(limit int) ([]Quarantined, error) {
	keys, err := r.keysIn(tableQuarantine, Range{}, limit)
	if err != nil {
		return nil, err
	}
	var found []Quarantined
	for _, key := range keys {
		q, err := r.openQuarantined(key)
		if err != nil {
			return nil, err
		}
		found = append(found, q)
	}
	return found, nil
}

func (r *Records) openQuarantined(key []byte) (Quarantined, error) {
	sealed, err := r.tx.Get(tableQuarantine, key)
	if err != nil {
		return Quarantined{}, err
	}
	var row quarantinedRow
	if err := openJSON(r.keys.own, tableQuarantine, key, sealed, &row); err != nil {
		return Quarantined{}, err
	}
	if len(key) < idSize+timeSize {
		return Quarantined{}, fmt.Errorf("%s: %w", tableQuarantine, ErrBroken)
	}
	return Quarantined{
		Source: row.Source, ID: row.ID, At: readTime(key[idSize:]),
		Person: readPerson(key), Payload: row.Payload, Reason: row.Reason,
	}, nil
}

func quarantineKey(q Quarantined) []byte {
	hash := sha256.Sum256([]byte(q.Source + "\x00" + q.ID))
	key := make([]byte, 0, idSize+timeSize+8)
	key = appendTime(appendPerson(key, q.Person), q.At)
	return append(key, hash[:8]...)
}
