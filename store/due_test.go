package store_test

import (
	"errors"
	"testing"
	"time"

	"kintsugi/store"
)

func wantDue(t *testing.T, s *store.Store, by time.Time, limit int, want ...store.Due) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.DueBy(by, limit)
		same(t, got, want)
		return err
	})
}

func TestDueComesInOrderOfTime(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	first := store.Due{At: start, Person: bob.ID, ID: "wait"}
	second := store.Due{At: start.Add(time.Second), Person: ada.ID, ID: "wait"}
	third := store.Due{At: start.Add(time.Second), Person: ada.ID, ID: "waitlonger"}
	do(t, s, func(r *store.Records) error {
		_, found, err := r.NextDue()
		same(t, found, false)
		return errors.Join(err, r.PutDue(third), r.PutDue(first), r.PutDue(second))
	})
	wantDue(t, s, start.Add(-time.Millisecond), 10)
	wantDue(t, s, start, 10, first)
	wantDue(t, s, start.Add(time.Second), 10, first, second, third)
	wantDue(t, s, start.Add(time.Hour), 2, first, second)
	wantDue(t, s, start.Add(time.Hour), 0)
	do(t, s, func(r *store.Records) error {
		next, found, err := r.NextDue()
		same(t, []any{next, found}, []any{start, true})
		return err
	})
}

func TestDueIsMovedAndTakenBack(t *testing.T) {
	s, b := openStore(t)
	p := addPerson(t, s, "1")
	before := dump(t, b)
	d := store.Due{At: start, Person: p.ID, ID: "wait"}
	do(t, s, func(r *store.Records) error { return r.PutDue(d) })
	d.At = start.Add(time.Hour)
	do(t, s, func(r *store.Records) error { return r.PutDue(d) })
	wantDue(t, s, start.Add(2*time.Hour), 10, d)
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.DeleteDue(p.ID, "wait"), r.DeleteDue(p.ID, "wait"), r.DeleteDue(p.ID, "never"))
	})
	wantDue(t, s, start.Add(2*time.Hour), 10)
	wantSameRows(t, before, dump(t, b))
}

func TestWhatWasDueLongAgoIsDueFirst(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	never := store.Due{Person: p.ID, ID: "at once"}
	later := store.Due{At: start, Person: p.ID, ID: "wait"}
	do(t, s, func(r *store.Records) error { return errors.Join(r.PutDue(later), r.PutDue(never)) })
	wantDue(t, s, start, 10, never, later)
}
