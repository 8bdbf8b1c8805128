package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

// wantCode makes sure whom a code stands for; 0 is nobody.
func wantCode(t *testing.T, s *store.Store, kind, code string, at time.Time, want store.PersonID) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		p, found, err := r.FindCode(kind, code, at)
		if p != want || found != (want != 0) {
			t.Errorf("the code is person %d's (%t), want %d", p, found, want)
		}
		return err
	})
}

func TestACodeStandsForItsPersonUntilItsTime(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error { return r.PutCode(ada.ID, "move", "first", start.Add(time.Hour)) })
	wantCode(t, s, "move", "first", start, ada.ID)
	wantCode(t, s, "move", "first", start.Add(time.Hour-time.Millisecond), ada.ID)
	wantCode(t, s, "move", "first", start.Add(time.Hour), 0)
	wantCode(t, s, "move", "another", start, 0)
	wantCode(t, s, "pair", "first", start, 0)
}

func TestANewCodeEndsTheOneBeforeOfItsKind(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	until := start.Add(time.Hour)
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.PutCode(ada.ID, "move", "first", until), r.PutCode(ada.ID, "pair", "theirs", until),
			r.PutCode(bob.ID, "move", "his", until), r.PutCode(ada.ID, "move", "second", until),
		)
	})
	wantCode(t, s, "move", "first", start, 0)
	wantCode(t, s, "move", "second", start, ada.ID)
	wantCode(t, s, "pair", "theirs", start, ada.ID)
	wantCode(t, s, "move", "his", start, bob.ID)
}

func TestADroppedCodeStandsForNobody(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutCode(ada.ID, "move", "first", start.Add(time.Hour)), r.DropCode(ada.ID, "move"), r.DropCode(ada.ID, "move"))
	})
	wantCode(t, s, "move", "first", start, 0)
}

func TestACodeGoesWithItsPerson(t *testing.T) {
	s, b := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error { return r.PutCode(ada.ID, "move", "first", start.Add(time.Hour)) })
	do(t, s, func(r *store.Records) error { return r.DeletePerson(ada.ID) })
	wantCode(t, s, "move", "first", start, 0)
	for row := range dump(t, b) {
		if strings.HasPrefix(row, "codes") {
			t.Errorf("a row is left in %q", row[:5])
		}
	}
}

func TestACodeOfNobodyCannotBeKept(t *testing.T) {
	s, _ := openStore(t)
	mustFail(t, s, store.ErrNotFound, func(r *store.Records) error { return r.PutCode(7, "move", "first", start) })
}

// Only the time until when a code is good can be read.
func TestNothingOfACodeIsReadable(t *testing.T) {
	s, b := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		return r.PutCode(ada.ID, "secretkind", "secretcode", start.Add(time.Hour))
	})
	for row, value := range dump(t, b) {
		if strings.Contains(row, "secret") || bytes.Contains(value, []byte("secret")) {
			t.Errorf("a row of %q can be read", row[:5])
		}
	}
}

func TestOldCodesArePruned(t *testing.T) {
	s, b := openStore(t)
	for i, until := range []time.Duration{time.Hour, 2 * time.Hour, 3 * time.Hour, 4 * time.Hour} {
		p := addPerson(t, s, strings.Repeat("1", i+1))
		do(t, s, func(r *store.Records) error { return r.PutCode(p.ID, "move", until.String(), start.Add(until)) })
	}
	codes := func() (n int) {
		for row := range dump(t, b) {
			if strings.HasPrefix(row, "codes\x00") {
				n++
			}
		}
		return n
	}
	for _, want := range []struct {
		more  bool
		codes int
	}{{true, 2}, {false, 1}, {false, 1}} {
		do(t, s, func(r *store.Records) error {
			more, err := r.PruneCodes(start.Add(3*time.Hour), 2)
			if more != want.more {
				t.Errorf("whether there is more: %t, want %t", more, want.more)
			}
			return err
		})
		if n := codes(); n != want.codes {
			t.Errorf("%d codes are left, want %d", n, want.codes)
		}
	}
	wantCode(t, s, "move", "4h0m0s", start, 4)
}

func TestABrokenCodeIsSaid(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		if err := r.PutCode(ada.ID, "move", "first", start.Add(time.Hour)); err != nil {
			return err
		}
		return r.Tx().Put("codes", firstKey(t, r, "codes"), []byte("damaged"))
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, _, err := r.FindCode("move", "first", start)
		return err
	})
}

// Whoever had a code made is not told that it was used.
func TestAUsedCodeIsStillOut(t *testing.T) {
	s, _ := openStore(t)
	ada := addPerson(t, s, "1")
	until := start.Add(time.Hour)
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutCode(ada.ID, "pair", "first", until), r.UseCode("pair", "first"), r.UseCode("pair", "first"))
	})
	wantCode(t, s, "pair", "first", start, 0)
	do(t, s, func(r *store.Records) error {
		at, found, err := r.CodeUntil(ada.ID, "pair")
		if !found || !at.Equal(until) {
			t.Errorf("it is out until %v, %t", at, found)
		}
		return err
	})
	do(t, s, func(r *store.Records) error { return r.DropCode(ada.ID, "pair") })
	do(t, s, func(r *store.Records) error {
		_, found, err := r.CodeUntil(ada.ID, "pair")
		if found {
			t.Error("it was taken back, and is out")
		}
		return err
	})
}
