package store

import (
	"fmt"
	"time"
)

// A queue with waiting messages has exactly one row in the wake table, at the time
// of its first message: a person's messages keep their order, so that what stands
// behind the first cannot go before it.

// WakeBy gives the queues of a lane whose first message may be sent at t or before,
// earliest first, at most limit.
func (r *Records) WakeBy(t time.Time, lane Lane, limit int) ([]Wake, error) {
	rows, err := r.keysIn(tableWake, until([]byte{byte(lane)}, t), limit)
	if err != nil {
		return nil, err
	}
	var found []Wake
	for _, key := range rows {
		w, err := readWake(key)
		if err != nil {
			return nil, err
		}
		found = append(found, w)
	}
	return found, nil
}

// NextWake gives the earliest time at which a waiting message may be sent, in
// whichever lane, if any waits.
func (r *Records) NextWake() (next time.Time, found bool, err error) {
	for _, lane := range lanes() {
		key, _, err := r.first(tableWake, prefixed([]byte{byte(lane)}))
		if err != nil {
			return time.Time{}, false, err
		}
		if key == nil {
			continue
		}
		w, err := readWake(key)
		if err != nil {
			return time.Time{}, false, err
		}
		if !found || w.At.Before(next) {
			next, found = w.At, true
		}
	}
	return next, found, nil
}

// changeQueue runs change, which alters one queue's waiting messages, and keeps the
// wake row true.
func (r *Records) changeQueue(p PersonID, lane Lane, change func() error) error {
	old, had, err := r.head(p, lane)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	now, has, err := r.head(p, lane)
	if err != nil || had == has && old.Equal(now) {
		return err
	}
	if had {
		if err := r.tx.Delete(tableWake, wakeKey(lane, old, p)); err != nil {
			return err
		}
	}
	if !has {
		return nil
	}
	return r.tx.Put(tableWake, wakeKey(lane, now, p), nil)
}

// head tells when the first waiting message of a queue may be sent, if any waits.
func (r *Records) head(p PersonID, lane Lane) (at time.Time, found bool, err error) {
	key, row, err := r.first(tableWaiting, queue(p, lane))
	if err != nil || key == nil {
		return time.Time{}, false, err
	}
	if len(row) < outboxHeadSize {
		return time.Time{}, false, fmt.Errorf("message: %w", ErrBroken)
	}
	return readTime(row[timeSize:]), true, nil
}

func wakeKey(lane Lane, at time.Time, p PersonID) []byte {
	key := make([]byte, 0, 1+timeSize+idSize)
	return appendPerson(appendTime(append(key, byte(lane)), at), p)
}

func readWake(key []byte) (Wake, error) {
	if len(key) != 1+timeSize+idSize {
		return Wake{}, fmt.Errorf("wake: %w", ErrBroken)
	}
	return Wake{Lane: Lane(key[0]), At: readTime(key[1:]), Person: readPerson(key[1+timeSize:])}, nil
}
