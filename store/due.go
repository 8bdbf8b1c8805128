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

// What is due stands in two tables: in time order, and by person with its time, for
// finding the first row. The two times of a nudge, when it comes next and when it was
// called to, share the second row.

// dueRow is what the row by person holds: one time or, for a nudge, two; in
// milliseconds since 1970.
type dueRow [2]int64

// noTime is where nothing is due.
const noTime = math.MinInt64

func readDueRow(row []byte) (dueRow, error) {
	at := dueRow{noTime, noTime}
	if len(row) != timeSize && len(row) != 2*timeSize {
		return at, fmt.Errorf("due: %w", ErrBroken)
	}
	for i := range len(row) / timeSize {
		at[i] = readTime(row[i*timeSize:]).UnixMilli()
	}
	return at, nil
}

func (at dueRow) empty() bool { return at == dueRow{noTime, noTime} }

func (at dueRow) row() []byte {
	row := appendTime(make([]byte, 0, 2*timeSize), time.UnixMilli(at[0]))
	if at[1] == noTime {
		return row
	}
	return appendTime(row, time.UnixMilli(at[1]))
}

// placeOf gives the row by person that holds the time of an ID, and which of its times
// that is.
func placeOf(id string) (row string, i int) {
	if name, ok := calledName(id); ok {
		return armedPrefix + name, 1
	}
	return id, 0
}

// idAt is the other way round.
func idAt(row string, i int) string {
	if i == 1 {
		return calledPrefix + row[len(armedPrefix):]
	}
	return row
}

// PutDue sets when something is due, in place of an earlier time for the same
// person and ID. It fails with [ErrNotFound] if there is no such person.
func (r *Records) PutDue(d Due) error {
	if _, err := r.box(d.Person); err != nil {
		return err
	}
	row, i := placeOf(d.ID)
	return r.changeDue(d.Person, row, func(at *dueRow) { at[i] = d.At.UnixMilli() })
}

// DeleteDue takes back what was due. Taking back what was never set does nothing.
func (r *Records) DeleteDue(p PersonID, id string) error {
	row, i := placeOf(id)
	return r.changeDue(p, row, func(at *dueRow) { at[i] = noTime })
}

// changeDue changes the times in a row by person, and the rows in time order with them.
func (r *Records) changeDue(p PersonID, row string, change func(*dueRow)) error {
	key := duePersonKey(p, row)
	old, err := r.dueRow(key)
	if err != nil {
		return err
	}
	now := old
	change(&now)
	for i := range now {
		if now[i] == old[i] {
			continue
		}
		if err := r.moveDue(p, idAt(row, i), old[i], now[i]); err != nil {
			return err
		}
	}
	if now.empty() {
		return r.tx.Delete(tableDuePerson, key)
	}
	return r.tx.Put(tableDuePerson, key, now.row())
}

// moveDue moves a row in time order.
func (r *Records) moveDue(p PersonID, id string, from, to int64) error {
	if from != noTime {
		if err := r.tx.Delete(tableDue, dueKey(time.UnixMilli(from), p, id)); err != nil {
			return err
		}
	}
	if to == noTime {
		return nil
	}
	return r.tx.Put(tableDue, dueKey(time.UnixMilli(to), p, id), nil)
}

func (r *Records) dueRow(key []byte) (dueRow, error) {
	row, err := r.tx.Get(tableDuePerson, key)
	if err != nil || row == nil {
		return dueRow{noTime, noTime}, err
	}
	return readDueRow(row)
}

// Due gives the time that PutDue set for a person and ID, if it is set.
func (r *Records) Due(p PersonID, id string) (at time.Time, found bool, err error) {
	row, i := placeOf(id)
	times, err := r.dueRow(duePersonKey(p, row))
	if err != nil || times[i] == noTime {
		return time.Time{}, false, err
	}
	return time.UnixMilli(times[i]).UTC(), true, nil
}

// IsDue says whether something is still due at its time.
func (r *Records) IsDue(d Due) (bool, error) {
	row, err := r.tx.Get(tableDue, dueKey(d.At, d.Person, d.ID))
	return row != nil, err
}

// DueBy gives what is due at t or before, earliest first, at most limit.
func (r *Records) DueBy(t time.Time, limit int) ([]Due, error) {
	rows, err := r.keysIn(tableDue, until(nil, t), limit)
	if err != nil {
		return nil, err
	}
	found := make([]Due, 0, len(rows))
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
		if err := r.changeDue(p, string(key[idSize:]), func(at *dueRow) { *at = dueRow{noTime, noTime} }); err != nil {
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
