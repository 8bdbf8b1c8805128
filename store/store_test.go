package store_test

import (
	"errors"
	"syscall"
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

func TestOpenFindsWhatWasThere(t *testing.T) {
	b, key := memory.New(), store.NewMasterKey()
	s, err := store.Open(t.Context(), b, key)
	if err != nil {
		t.Fatal(err)
	}
	p := addPerson(t, s, "7")
	before := dump(t, b)
	s, err = store.Open(t.Context(), b, key)
	if err != nil {
		t.Fatal(err)
	}
	wantSameRows(t, before, dump(t, b))
	do(t, s, func(r *store.Records) error {
		got, err := r.Person(p.ID)
		same(t, got, p)
		return err
	})
}

func TestOpenRefusesAndLeavesUntouched(t *testing.T) {
	key := store.NewMasterKey()
	cases := map[string]struct {
		prepare func(tx store.Tx) error
		key     store.MasterKey
		want    error
	}{
		"a wrong key": {func(store.Tx) error { return nil }, store.NewMasterKey(), store.ErrWrongKey},
		"a newer version": {func(tx store.Tx) error {
			return tx.Put("meta", []byte("version"), []byte{0, 0, 0, 0, 0, 0, 0, 9})
		}, key, store.ErrNewer},
		"a newer version and a wrong key": {func(tx store.Tx) error {
			return tx.Put("meta", []byte("version"), []byte{0, 0, 0, 0, 0, 0, 0, 9})
		}, store.NewMasterKey(), store.ErrNewer},
		"a version that is none": {func(tx store.Tx) error {
			return tx.Put("meta", []byte("version"), []byte("two"))
		}, key, store.ErrNotOurs},
		"rows without a version": {func(tx store.Tx) error {
			return tx.Delete("meta", []byte("version"))
		}, key, store.ErrNotOurs},
		"a version without a check": {func(tx store.Tx) error {
			return tx.Delete("meta", []byte("check"))
		}, key, store.ErrNotOurs},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := memory.New()
			s, err := store.Open(t.Context(), b, key)
			if err != nil {
				t.Fatal(err)
			}
			addPerson(t, s, "7")
			if err := b.Update(t.Context(), c.prepare); err != nil {
				t.Fatal(err)
			}
			before := dump(t, b)
			if _, err := store.Open(t.Context(), b, c.key); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			wantSameRows(t, before, dump(t, b))
			if err := b.View(t.Context(), func(store.Tx) error { return nil }); err != nil {
				t.Errorf("the backend was closed: %v", err)
			}
		})
	}
}

func TestOpenRefusesForeignRows(t *testing.T) {
	b := memory.New()
	err := b.Update(t.Context(), func(tx store.Tx) error { return tx.Put("people", []byte("k"), []byte("v")) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), b, store.NewMasterKey()); !errors.Is(err, store.ErrNotOurs) {
		t.Errorf("error %v", err)
	}
	same(t, len(dump(t, b)), 1)
}

func TestOpenSaysThatTheDiskIsFull(t *testing.T) {
	b := &storetest.Faulty{Backend: memory.New()}
	b.Fail(true)
	_, err := store.Open(t.Context(), b, store.NewMasterKey())
	if !errors.Is(err, store.ErrCommit) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v", err)
	}
}

func TestClosedStoreIsClosed(t *testing.T) {
	s, err := store.Open(t.Context(), memory.New(), store.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	nothing := func(*store.Records) error { return nil }
	if err := s.View(t.Context(), nothing); !errors.Is(err, store.ErrClosed) {
		t.Errorf("View: %v", err)
	}
	mustFail(t, s, store.ErrClosed, nothing)
}

func TestAFailedCommitLeavesNothing(t *testing.T) {
	b := &storetest.Faulty{Backend: memory.New()}
	s, err := store.Open(t.Context(), b, store.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	p := addPerson(t, s, "7")
	before := dump(t, b)
	b.Fail(true)
	put := func(r *store.Records) error { return r.PutSession(p.ID, []byte("new")) }
	mustFail(t, s, store.ErrCommit, put)
	wantSameRows(t, before, dump(t, b))
	do(t, s, func(r *store.Records) error { // has nothing to commit
		_, err := r.Person(p.ID)
		return err
	})
	b.Fail(false)
	do(t, s, put)
}
