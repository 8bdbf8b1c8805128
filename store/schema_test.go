package store_test

import (
	"errors"
	"strings"
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
)

// put is a made-up migration.
func put(name string) func(*store.Records) error {
	return func(r *store.Records) error { return r.PutCursor(name, []byte("done")) }
}

func wantCursor(t *testing.T, s *store.Store, name, want string) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.Cursor(name)
		same(t, string(got), want)
		return err
	})
}

func TestMigratesForward(t *testing.T) {
	b, key := memory.New(), store.NewMasterKey()
	s, err := store.OpenWith(t.Context(), b, key)
	if err != nil {
		t.Fatal(err)
	}
	p := addPerson(t, s, "7")
	second := func(r *store.Records) error {
		if v, err := r.Cursor("first"); err != nil || string(v) != "done" {
			return errors.New("the first migration comes second")
		}
		return put("second")(r)
	}
	s, err = store.OpenWith(t.Context(), b, key, put("first"), second)
	if err != nil {
		t.Fatal(err)
	}
	wantCursor(t, s, "first", "done")
	wantCursor(t, s, "second", "done")
	do(t, s, func(r *store.Records) error {
		_, err := r.Person(p.ID)
		return err
	})
	before := dump(t, b)
	never := func(*store.Records) error { return errors.New("a migration runs again") }
	if _, err = store.OpenWith(t.Context(), b, key, never, never); err != nil {
		t.Error(err)
	}
	wantSameRows(t, before, dump(t, b))
}

func TestANewStoreIsNotMigrated(t *testing.T) {
	never := func(*store.Records) error { return errors.New("a migration runs on a new store") }
	b, key := memory.New(), store.NewMasterKey()
	for range 2 {
		if _, err := store.OpenWith(t.Context(), b, key, never); err != nil {
			t.Error(err)
		}
	}
}

func TestAFailedMigrationLeavesTheVersionBefore(t *testing.T) {
	b, key := memory.New(), store.NewMasterKey()
	if _, err := store.OpenWith(t.Context(), b, key); err != nil {
		t.Fatal(err)
	}
	bad := errors.New("bad")
	failing := func(r *store.Records) error { return errors.Join(put("second")(r), bad) }
	if _, err := store.OpenWith(t.Context(), b, key, put("first"), failing); !errors.Is(err, bad) {
		t.Fatalf("error %v", err)
	}
	never := func(*store.Records) error { return errors.New("the first migration runs again") }
	s, err := store.OpenWith(t.Context(), b, key, never)
	if err != nil {
		t.Fatal(err)
	}
	wantCursor(t, s, "first", "done")
	wantCursor(t, s, "second", "")
}

func TestAnOlderProgramRefuses(t *testing.T) {
	b, key := memory.New(), store.NewMasterKey()
	if _, err := store.OpenWith(t.Context(), b, key, put("first"), put("second")); err != nil {
		t.Fatal(err)
	}
	_, err := store.OpenWith(t.Context(), b, key)
	if !errors.Is(err, store.ErrNewer) {
		t.Fatalf("error %v", err)
	}
	for _, number := range []string{"3", "1"} {
		if !strings.Contains(err.Error(), number) {
			t.Errorf("the error does not name version %s: %v", number, err)
		}
	}
}
