package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

var (
	evening = store.Nudge{ID: "gratitude", Rule: "30 21 * * *", Flow: "recurring.gratitude"}
	weekly  = store.Nudge{ID: "follow-up", About: "p1", Rule: "0 8 * * 1", Flow: "promise", Unrequested: true, Loose: true}
)

func wantNudges(t *testing.T, s *store.Store, p store.PersonID, want ...store.Nudge) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.Nudges(p)
		same(t, len(got), len(want))
		for _, n := range want {
			again, found, err := r.Nudge(p, n.ID, n.About)
			same(t, []any{again, found, err}, []any{n, true, nil})
		}
		return err
	})
}

// onlyDue gives the one thing that is due by a time.
func onlyDue(t *testing.T, r *store.Records, by time.Time) store.Due {
	t.Helper()
	due, err := r.DueBy(by, 10)
	if err != nil || len(due) != 1 {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	return due[0]
}

func TestANudgeIsKeptAndArmed(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutNudge(ada.ID, evening, start.Add(time.Hour)), r.PutNudge(ada.ID, weekly, start.Add(12*time.Hour)))
	})
	wantNudges(t, s, ada.ID, evening, weekly)
	wantNudges(t, s, bob.ID)
	do(t, s, func(r *store.Records) error {
		due := onlyDue(t, r, start.Add(time.Hour))
		same(t, []bool{due.Armed(), due.Called(), store.Due{ID: "wait-1"}.Armed()}, []bool{true, false, false})
		n, found, err := r.NudgeOf(due)
		same(t, []any{n, found}, []any{evening, true})
		at, found, err2 := r.NudgeDue(ada.ID, weekly)
		same(t, []any{at, found}, []any{start.Add(12 * time.Hour), true})
		return errors.Join(err, err2)
	})
}

func TestACalledNudgeWaitsForItsTurnApartFromItsNextTime(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, evening, start) })
	do(t, s, func(r *store.Records) error {
		due := onlyDue(t, r, start)
		return r.MoveNudge(due, start.Add(24*time.Hour), start.Add(time.Minute))
	})
	do(t, s, func(r *store.Records) error {
		due := onlyDue(t, r, start.Add(time.Hour))
		n, found, err := r.NudgeOf(due)
		same(t, []any{due.At, due.Called(), n, found}, []any{start.Add(time.Minute), true, evening, true})
		_, called, err2 := r.NudgeCalled(ada.ID, evening)
		same(t, called, true)
		return errors.Join(err, err2, r.DeleteDue(ada.ID, due.ID))
	})
	do(t, s, func(r *store.Records) error {
		_, called, err := r.NudgeCalled(ada.ID, evening)
		same(t, called, false)
		same(t, onlyDue(t, r, start.Add(24*time.Hour)).Armed(), true)
		return err
	})
}

func TestPuttingANudgeAgainMovesIt(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, evening, start.Add(time.Hour)) })
	later := evening
	later.Rule = "0 22 * * *"
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, later, start.Add(25*time.Hour)) })
	wantNudges(t, s, ada.ID, later)
	do(t, s, func(r *store.Records) error {
		same(t, onlyDue(t, r, start.Add(48*time.Hour)).At, start.Add(25*time.Hour))
		return nil
	})
}

func TestANudgeSleepsWithoutATime(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, evening, start) })
	do(t, s, func(r *store.Records) error { return r.MoveNudge(onlyDue(t, r, start), time.Time{}, time.Time{}) })
	wantNudges(t, s, ada.ID, evening)
	wantDue(t, s, start.Add(48*time.Hour), 10)
}

func TestADeletedNudgeLeavesNothing(t *testing.T) {
	s, b := openStore(t)
	ada := addPerson(t, s, "1")
	before := dump(t, b)
	do(t, s, func(r *store.Records) error { return r.PutNudge(ada.ID, weekly, start) })
	do(t, s, func(r *store.Records) error { return r.CallNudge(onlyDue(t, r, start), start) })
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.DeleteNudge(ada.ID, weekly.ID, "another"), r.DeleteNudge(ada.ID, weekly.ID, weekly.About))
	})
	wantSameRows(t, before, dump(t, b))
	do(t, s, func(r *store.Records) error {
		_, found, err := r.Nudge(ada.ID, weekly.ID, weekly.About)
		same(t, found, false)
		return err
	})
}

func TestTheNameOfANudgeIsNotReadOnDisk(t *testing.T) {
	s, b := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutNudge(ada.ID, evening, start), r.PutNudge(bob.ID, evening, start))
	})
	for row, value := range dump(t, b) {
		if strings.Contains(row+string(value), "gratitude") {
			t.Error("a row tells that it is about gratitude")
		}
	}
	do(t, s, func(r *store.Records) error {
		due, err := r.DueBy(start, 10)
		if len(due) != 2 || due[0].ID == due[1].ID {
			t.Error("the same nudge of two people looks the same")
		}
		return err
	})
}

func TestNobodyHasNoNudges(t *testing.T) {
	s, _ := openStore(t)
	mustFail(t, s, store.ErrNotFound, func(r *store.Records) error {
		return r.PutNudge(7, store.Nudge{ID: "gratitude"}, start)
	})
}
