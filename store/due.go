package store

import (
	"fmt"
	"math"
	"time"
)

// Due is something that is to happen to a person at a time. Its ID tells what, and is
// readable on disk: a fixed word, or a hidden name.
type Due struct {
	At     time.Time
	Person PersonID
	ID     string
}

// PutDue sets when something is due, in place of an earlier time for the same
// person and ID. It fails with [ErrNotFound] if there is no such person.
func (r *Records) PutDue(d Due) error {
	if _, err := r.box(d.Person); err != nil {
		return err
	}
	old, found, err := r.Due(d.Person, d.ID)
	if err != nil {
		return err
	}
	if found {
		if err := r.tx.Delete(tableDue, dueKey(old, d.Person, d.ID)); err != nil {
			return err
		}
	}
	if err := r.tx.Put(tableDue, dueKey(d.At, d.Person, d.ID), nil); err != nil {
		return err
	}
	return r.tx.Put(tableDuePerson, duePersonKey(d.Person, d.ID), appendTime(nil, d.At))
}

// DeleteDue takes back what was due. Taking back what was never set does nothing.
func (r *Records) DeleteDue(p PersonID, id string) error {
	at, found, err := r.Due(p, id)
	if err != nil || !found {
		return err
	}
	if err := r.tx.Delete(tableDue, dueKey(at, p, id)); err != nil {
		return err
	}
	return r.tx.Delete(tableDuePerson, duePersonKey(p, id))
}

// Due gives the time that PutDue set for a person and ID, if it is set.
func (r *Records) Due(p PersonID, id string) (at time.Time, found bool, err error) {
	row, err := r.tx.Get(tableDuePerson, duePersonKey(p, id))
	if err != nil || row == nil {
		return time.Time{}, false, err
	}
	if len(row) != timeSize {
		return time.Time{}, false, fmt.Errorf("due: %w", ErrBroken)
	}
	return readTime(row), true, nil
}

// DueBy gives what is due at t or before, earliest first, at most limit.
func (r *Records) DueBy(t time.Time, limit int) ([]Due, error) {
	rows, err := r.keysIn(tableDue, until(nil, t), limit)
	if err != nil {
		return nil, err
	}
	var found []Due
	for _, key := range rows {
		d, err := readDue(key)
		if err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, nil
}

// NextDue gives the earliest time at which something is due, if anything is.
func (r *Records) NextDue() (time.Time, bool, error) {
	key, _, err := r.first(tableDue, Range{})
	if err != nil || key == nil {
		return time.Time{}, false, err
	}
	d, err := readDue(key)
	return d.At, err == nil, err
}

// dropDue takes back all that is due for a person.
func (r *Records) dropDue(p PersonID) error {
	rows, err := r.keysIn(tableDuePerson, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return err
	}
	for _, key := range rows {
		if err := r.DeleteDue(p, string(key[idSize:])); err != nil {
			return err
		}
	}
	return nil
}

func readDue(key []byte) (Due, error) {
	if len(key) < timeSize+idSize {
		return Due{}, fmt.Errorf("due: %w", ErrBroken)
	}
	return Due{At: readTime(key), Person: readPerson(key[timeSize:]), ID: string(key[timeSize+idSize:])}, nil
}

func dueKey(at time.Time, p PersonID, id string) []byte {
	key := make([]byte, 0, timeSize+idSize+len(id))
	return append(appendPerson(appendTime(key, at), p), id...)
}

func duePersonKey(p PersonID, id string) []byte {
	return append(personKey(p), id...)
}
