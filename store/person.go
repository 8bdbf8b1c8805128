package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// PersonID numbers people from 1 up. A number is never given twice.
type PersonID uint64

// Address is where a person is reached.
type Address struct {
	Platform string // "telegram", "discord" …
	ID       string // as the platform names the private chat
}

// Person is who somebody is.
type Person struct {
	ID       PersonID
	Name     string // what to call them; empty when they would rather not say
	Language string // IETF tag
	Zone     string // IANA name
	Country  string // ISO 3166-1 alpha-2; empty if they haven't said
	Role     string
	// Addresses are where they can be reached; messages go to the first.
	Addresses []Address
	Met       bool // they have been greeted and told what this is
	Since     time.Time
	// About is whatever else they told or set, by name, as the caller writes it.
	About map[string]string
	// Unreachable says that the platform cannot reach them: nudges stop until they
	// come back.
	Unreachable bool
}

// FindPerson looks a person up by one of their addresses.
func (r *Records) FindPerson(a Address) (PersonID, bool, error) {
	v, err := r.tx.Get(tableAddresses, r.keys.addressKey(a))
	if err != nil || v == nil {
		return 0, false, err
	}
	if len(v) != idSize {
		return 0, false, fmt.Errorf("address: %w", ErrBroken)
	}
	return readPerson(v), true, nil
}

// AddPerson adds a person and gives them back with the ID they were given; an ID
// in p is ignored. An address of somebody else is [ErrAddressTaken].
func (r *Records) AddPerson(p Person) (Person, error) {
	last, err := r.number(metaLastID)
	if err != nil {
		return Person{}, err
	}
	p.ID, p.Since = PersonID(last+1), milli(p.Since)
	if err := r.addKey(p.ID); err != nil {
		return Person{}, err
	}
	if err := r.index(p.ID, nil, p.Addresses); err != nil {
		return Person{}, err
	}
	if err := r.writePerson(p); err != nil {
		return Person{}, err
	}
	if err := r.setNumber(metaLastID, last+1); err != nil {
		return Person{}, err
	}
	return p, r.countPeople(+1)
}

func (r *Records) addKey(id PersonID) error {
	key := make([]byte, keySize)
	rand.Read(key)
	b, err := newBox(key)
	if err != nil {
		return err
	}
	keepBox(&r.boxes, id, b)
	at := personKey(id)
	return r.tx.Put(tableKeys, at, r.keys.wrap.seal(tableKeys, at, key))
}

// Person gives a person, or [ErrNotFound].
func (r *Records) Person(id PersonID) (Person, error) {
	at := personKey(id)
	sealed, err := r.tx.Get(tablePeople, at)
	if err != nil {
		return Person{}, err
	}
	if sealed == nil {
		return Person{}, fmt.Errorf("person: %w", ErrNotFound)
	}
	b, err := r.box(id)
	if err != nil {
		return Person{}, err
	}
	row, err := b.open(tablePeople, at, sealed)
	if err != nil {
		return Person{}, fmt.Errorf("person: %w", err)
	}
	return decodePerson(id, row)
}

// People gives the IDs of people in their order, those behind one, at most limit.
func (r *Records) People(after PersonID, limit int) ([]PersonID, error) {
	keys, err := r.keysIn(tablePeople, Range{From: personKey(after + 1)}, limit)
	if err != nil {
		return nil, err
	}
	people := make([]PersonID, len(keys))
	for i, key := range keys {
		if len(key) != idSize {
			return nil, fmt.Errorf("person: %w", ErrBroken)
		}
		people[i] = readPerson(key)
	}
	return people, nil
}

// PutPerson replaces a person who was added before, or fails with [ErrNotFound].
// An address of somebody else is [ErrAddressTaken].
func (r *Records) PutPerson(p Person) error {
	old, err := r.Person(p.ID)
	if err != nil {
		return err
	}
	if err := r.index(p.ID, old.Addresses, p.Addresses); err != nil {
		return err
	}
	return r.writePerson(p)
}

func (r *Records) writePerson(p Person) error {
	b, err := r.box(p.ID)
	if err != nil {
		return err
	}
	at := personKey(p.ID)
	return r.tx.Put(tablePeople, at, b.seal(tablePeople, at, p.encode()))
}

// index brings the address index from old to now.
func (r *Records) index(id PersonID, old, now []Address) error {
	for _, a := range now {
		if slices.Contains(old, a) {
			continue
		}
		owner, found, err := r.FindPerson(a)
		if err != nil {
			return err
		}
		if found && owner != id {
			return ErrAddressTaken
		}
		if err := r.tx.Put(tableAddresses, r.keys.addressKey(a), personKey(id)); err != nil {
			return err
		}
	}
	for _, a := range old {
		if slices.Contains(now, a) {
			continue
		}
		if err := r.tx.Delete(tableAddresses, r.keys.addressKey(a)); err != nil {
			return err
		}
	}
	return nil
}

// DeletePerson deletes a person: their key first, then every record and index row
// of theirs. It fails with [ErrNotFound] if there is no such person, and works for
// one whose record is broken.
func (r *Records) DeletePerson(id PersonID) error {
	p, err := r.Person(id)
	switch {
	case errors.Is(err, ErrBroken):
		err = r.unindexBroken(id)
	case err == nil:
		err = r.index(id, p.Addresses, nil)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(r.unscheduleAll(id), r.leaveAll(id)); err != nil {
		return err
	}
	for _, table := range personTables() {
		rows, err := r.keysIn(table, prefixed(personKey(id)), math.MaxInt)
		if err != nil {
			return err
		}
		if err := r.deleteAll(table, rows); err != nil {
			return err
		}
	}
	delete(r.boxes, id)
	return r.countPeople(-1)
}

// unscheduleAll removes the rows that lead to a person: those in time order, and codes.
func (r *Records) unscheduleAll(id PersonID) error {
	for _, lane := range lanes() {
		if _, err := r.DropWaiting(id, lane); err != nil {
			return err
		}
	}
	if err := r.dropCodes(id); err != nil {
		return err
	}
	return errors.Join(r.dropDue(id), r.dropFetches(id))
}

// unindexBroken removes the addresses of a person who can't be read, which takes a
// look at everybody's.
func (r *Records) unindexBroken(id PersonID) error {
	var rows [][]byte
	err := r.tx.Scan(tableAddresses, Range{}, func(k, v []byte) bool {
		if len(v) == idSize && readPerson(v) == id {
			rows = append(rows, k)
		}
		return true
	})
	if err != nil {
		return err
	}
	return r.deleteAll(tableAddresses, rows)
}

// CountPeople gives the number of people, without looking at them.
func (r *Records) CountPeople() (int, error) {
	n, err := r.number(metaPeople)
	return int(n), err
}

func (r *Records) countPeople(change int) error {
	n, err := r.number(metaPeople)
	if err != nil {
		return err
	}
	return r.setNumber(metaPeople, n+uint64(change))
}
