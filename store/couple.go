package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"time"
)

// CoupleID numbers couples from 1 up. A number is never given twice.
type CoupleID uint64

// Couple is what two people have in common: whoever invited, whoever came, and how far
// they are. It holds no words. What each of them knows of the other is their own
// [Member], so that either can leave and the other's side stays as it was.
type Couple struct {
	ID     CoupleID
	People [2]PersonID // who invited, and who was invited
	Agreed bool        // the second has said yes
	Linked bool        // and so has the first: nothing is asked any more
	Until  time.Time   // of one that is not linked: until when it can be
}

// Other is the one of the two that a person is not.
func (c Couple) Other(p PersonID) PersonID {
	if c.People[0] == p {
		return c.People[1]
	}
	return c.People[0]
}

// coupleRow is a Couple as it is sealed, with a key of its own.
type coupleRow struct {
	People [2]PersonID `json:"p"`
	Agreed bool        `json:"a,omitempty"`
	Linked bool        `json:"l,omitempty"`
	Until  int64       `json:"u"` // Unix milliseconds
}

// AddCouple adds a couple and gives it back with the ID that it was given.
func (r *Records) AddCouple(c Couple) (Couple, error) {
	last, err := r.number(metaLastCouple)
	if err != nil {
		return Couple{}, err
	}
	c.ID = CoupleID(last + 1)
	key := make([]byte, keySize)
	rand.Read(key)
	at := coupleKey(c.ID)
	if err := r.tx.Put(tableCoupleKeys, at, r.keys.wrap.seal(tableCoupleKeys, at, key)); err != nil {
		return Couple{}, err
	}
	c.Until = milli(c.Until)
	return c, errors.Join(r.setNumber(metaLastCouple, last+1), r.PutCouple(c))
}

// PutCouple replaces a couple that was added before, or fails with [ErrNotFound].
func (r *Records) PutCouple(c Couple) error {
	b, err := r.coupleBox(c.ID)
	if err != nil {
		return err
	}
	key := coupleKey(c.ID)
	sealed, err := sealJSON(b, tableCouples, key, &coupleRow{People: c.People, Agreed: c.Agreed, Linked: c.Linked, Until: c.Until.UnixMilli()})
	if err != nil {
		return err
	}
	return r.tx.Put(tableCouples, key, sealed)
}

// Couple gives a couple, or [ErrNotFound].
func (r *Records) Couple(id CoupleID) (Couple, error) {
	b, err := r.coupleBox(id)
	if err != nil {
		return Couple{}, err
	}
	key := coupleKey(id)
	sealed, err := r.tx.Get(tableCouples, key)
	if err != nil {
		return Couple{}, err
	}
	if sealed == nil {
		return Couple{}, fmt.Errorf("couple: %w", ErrNotFound)
	}
	var row coupleRow
	if err := openJSON(b, tableCouples, key, sealed, &row); err != nil {
		return Couple{}, err
	}
	return Couple{ID: id, People: row.People, Agreed: row.Agreed, Linked: row.Linked, Until: time.UnixMilli(row.Until).UTC()}, nil
}

// deleteCouple deletes a couple, its key first.
func (r *Records) deleteCouple(id CoupleID) error {
	key := coupleKey(id)
	delete(r.coupleBoxes, id)
	return errors.Join(r.tx.Delete(tableCoupleKeys, key), r.tx.Delete(tableCouples, key), r.dropExchanges(id))
}

// dropEmpty deletes a couple that nobody stands with.
func (r *Records) dropEmpty(id CoupleID) error {
	c, err := r.Couple(id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, p := range c.People {
		stands, err := r.IsMember(p, "", id)
		if err != nil && !errors.Is(err, ErrNotFound) || stands {
			return err
		}
	}
	return r.deleteCouple(id)
}

func (r *Records) coupleBox(id CoupleID) (box, error) {
	if b, ok := r.coupleBoxes[id]; ok {
		return b, nil
	}
	at := coupleKey(id)
	sealed, err := r.tx.Get(tableCoupleKeys, at)
	if err != nil {
		return box{}, err
	}
	if sealed == nil {
		return box{}, fmt.Errorf("couple: %w", ErrNotFound)
	}
	key, err := r.keys.wrap.open(tableCoupleKeys, at, sealed)
	if err != nil {
		return box{}, fmt.Errorf("key of a couple: %w", err)
	}
	b, err := newBox(key)
	if err == nil {
		keepBox(&r.coupleBoxes, id, b)
	}
	return b, err
}

func coupleKey(id CoupleID) []byte { return appendNumber(make([]byte, 0, idSize), uint64(id)) }
