package store_test

import (
	"errors"
	"testing"
	"time"

	"kintsugi/store"
)

func wantNudges(t *testing.T, s *store.Store, p store.PersonID, want ...store.Nudge) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.Nudges(p)
		same(t, got, want)
		return err
	})
}

func TestANudgeIsKeptAndArmed(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	evening := store.Nudge{ID: "gratitude", Rule: "30 21 * * *", Flow: "recurring.gratitude"}
	morning := store.Nudge{ID: "check-in", Rule: "0 8 * * 1-5", Flow: "recurring.check-in", Slot: "2026-11-23 08:00"}
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutNudge(ada.ID, evening, start.Add(time.Hour)), r.PutNudge(ada.ID, morning, start.Add(12*time.Hour)))
	})
	wantNudges(t, s, ada.ID, morning, evening)
	wantNudges(t, s, bob.ID)
	do(t, s, func(r *store.Records) error {
		due, err := r.DueBy(start.Add(time.Hour), 10)
		same(t, due, []store.Due{{At: start.Add(time.Hour), Person: ada.ID, ID: "nudge.gratitude"}})
		id, ok := due[0].Nudge()
		same(t, []any{id, ok}, []any{"gratitude", true})
		_, ok = store.Due{ID: "wait-1"}.Nudge()
		same(t, ok, false)
		return err
	})
}

func TestPuttingANudgeAgainMovesIt(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	n := store.Nudge{ID: "gratitude", Rule: "30 21 * * *"}
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, n, start.Add(time.Hour)) })
	n.Slot = "2026-11-23 21:30"
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, n, start.Add(25*time.Hour)) })
	wantNudges(t, s, ada.ID, n)
	wantDue(t, s, start.Add(48*time.Hour), 10, store.Due{At: start.Add(25 * time.Hour), Person: ada.ID, ID: "nudge.gratitude"})
}

func TestANudgeSleepsWithoutATime(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	n := store.Nudge{ID: "gratitude", Rule: "30 21 * * *"}
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, n, start) })
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, n, time.Time{}) })
	wantNudges(t, s, ada.ID, n)
	wantDue(t, s, start.Add(48*time.Hour), 10)
}

func TestADeletedNudgeLeavesNothing(t *testing.T) {
	s, b := openStore(t)
	ada := addPerson(t, s, "1")
	before := dump(t, b)
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, store.Nudge{ID: "gratitude"}, start) })
	do(t, s, func(r *store.Records) error {
		n, found, err := r.Nudge(ada.ID, "gratitude")
		same(t, []any{n.ID, found}, []any{"gratitude", true})
		return errors.Join(err, r.DeleteNudge(ada.ID, "gratitude"), r.DeleteNudge(ada.ID, "never"))
	})
	wantSameRows(t, before, dump(t, b))
	do(t, s, func(r *store.Records) error {
		_, found, err := r.Nudge(ada.ID, "gratitude")
		same(t, found, false)
		return err
	})
}

func TestNobodyHasNoNudges(t *testing.T) {
	s, _ := openStore(t)
	mustFail(t, s, store.ErrNotFound, func(r *store.Records) error {
		return r.PutNudge(7, store.Nudge{ID: "gratitude"}, start)
	})
}
