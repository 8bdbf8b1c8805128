package store

import (
	"fmt"
	"time"
)

// Fetch is something that is still to be fetched for a person.
type Fetch struct {
	ID    string // unique among the person's
	Photo string // where it is, as the caller writes it
	Tries int    // so far, up to 255; readable on disk
}

// A fetch stands in two tables: by person, with the time that it is due, and in time
// order. In both its ID is a hidden name.

// fetchRow is what of a Fetch is sealed.
type fetchRow struct {
	ID    string `json:"i"`
	Photo string `json:"p"`
}

// fetchHeadSize is the size of what stands before that: the time and the tries.
const fetchHeadSize = timeSize + 1

// PutFetch has something be fetched at a time, in place of what had the same ID. It fails
// with [ErrNotFound] if there is no such person.
func (r *Records) PutFetch(p PersonID, f Fetch, at time.Time) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	key := r.keys.fetchKey(p, f.ID)
	sealed, err := sealJSON(b, tableFetches, key, &fetchRow{ID: f.ID, Photo: f.Photo})
	if err != nil {
		return err
	}
	return r.placeFetch(key, sealed, at, f.Tries)
}

// placeFetch writes a row by person, and the one in time order with it.
func (r *Records) placeFetch(key, sealed []byte, at time.Time, tries int) error {
	if err := r.dropFetch(key); err != nil {
		return err
	}
	row := append(appendTime(nil, at), byte(min(tries, 255)))
	if err := r.tx.Put(tableFetches, key, append(row, sealed...)); err != nil {
		return err
	}
	return r.tx.Put(tableFetchDue, fetchDueKey(at, key), nil)
}

// dropFetch deletes both rows, as far as they are there.
func (r *Records) dropFetch(key []byte) error {
	row, err := r.tx.Get(tableFetches, key)
	if err != nil || row == nil {
		return err
	}
	if len(row) >= fetchHeadSize {
		if err := r.tx.Delete(tableFetchDue, fetchDueKey(readTime(row), key)); err != nil {
			return err
		}
	}
	return r.tx.Delete(tableFetches, key)
}

// FetchesBy gives what is to be fetched at t or before, earliest first, at most limit.
// The IDs are hidden names, good for [Records.FetchOf], MoveFetch and DeleteFetch.
func (r *Records) FetchesBy(t time.Time, limit int) ([]Due, error) {
	keys, err := r.keysIn(tableFetchDue, until(nil, t), limit)
	if err != nil {
		return nil, err
	}
	found := make([]Due, 0, len(keys))
	for _, key := range keys {
		d, err := readDue(key)
		if err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, nil
}

// NextFetch gives the earliest time at which something is to be fetched, if anything is.
func (r *Records) NextFetch() (time.Time, bool, error) {
	key, _, err := r.first(tableFetchDue, Range{})
	if err != nil || key == nil {
		return time.Time{}, false, err
	}
	d, err := readDue(key)
	return d.At, err == nil, err
}

// FetchOf gives what is to be fetched, if it still is; at whichever time.
func (r *Records) FetchOf(d Due) (f Fetch, found bool, err error) {
	key := append(personKey(d.Person), d.ID...)
	row, err := r.tx.Get(tableFetches, key)
	if err != nil || row == nil {
		return Fetch{}, false, err
	}
	if len(row) < fetchHeadSize {
		return Fetch{}, false, fmt.Errorf("%s: %w", tableFetches, ErrBroken)
	}
	b, err := r.box(d.Person)
	if err != nil {
		return Fetch{}, false, err
	}
	var opened fetchRow
	if err := openJSON(b, tableFetches, key, row[fetchHeadSize:], &opened); err != nil {
		return Fetch{}, false, err
	}
	return Fetch{ID: opened.ID, Photo: opened.Photo, Tries: int(row[timeSize])}, true, nil
}

// MoveFetch has it be fetched at another time, after so many tries. Moving what is no
// longer to be fetched does nothing.
func (r *Records) MoveFetch(d Due, at time.Time, tries int) error {
	key := append(personKey(d.Person), d.ID...)
	row, err := r.tx.Get(tableFetches, key)
	if err != nil || row == nil {
		return err
	}
	if len(row) < fetchHeadSize {
		return fmt.Errorf("%s: %w", tableFetches, ErrBroken)
	}
	return r.placeFetch(key, append([]byte{}, row[fetchHeadSize:]...), at, tries)
}

// DeleteFetch takes it back; what can't be read, too. Taking back what was never there
// does nothing.
func (r *Records) DeleteFetch(d Due) error {
	if err := r.tx.Delete(tableFetchDue, dueKey(d.At, d.Person, d.ID)); err != nil {
		return err
	}
	return r.dropFetch(append(personKey(d.Person), d.ID...))
}

// dropFetches takes back all that is to be fetched for a person.
func (r *Records) dropFetches(p PersonID) error {
	var keys [][]byte
	err := r.tx.Scan(tableFetches, prefixed(personKey(p)), func(k, _ []byte) bool {
		keys = append(keys, k)
		return true
	})
	for _, key := range keys {
		if err == nil {
			err = r.dropFetch(key)
		}
	}
	return err
}

func (k *keys) fetchKey(p PersonID, id string) []byte {
	return append(personKey(p), k.nameKey(p, tableFetches, id)...)
}

// fetchDueKey is the place in time order of a row by person: both name the person and
// the hidden name alike.
func fetchDueKey(at time.Time, key []byte) []byte { return append(appendTime(nil, at), key...) }
