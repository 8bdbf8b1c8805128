package storetest_test

import (
	"errors"
	"syscall"
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

func TestFaultyIsABackendUntilItFails(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Backend { return &storetest.Faulty{Backend: memory.New()} })
}

func TestFaultyFailsWhatWrites(t *testing.T) {
	f := &storetest.Faulty{Backend: memory.New()}
	mine := errors.New("mine")
	put := func(tx store.Tx) error { return tx.Put("table", []byte("k"), []byte("v")) }
	remove := func(tx store.Tx) error { return tx.Delete("table", []byte("k")) }
	read := func(tx store.Tx) error {
		if v, err := tx.Get("table", []byte("k")); v != nil || err != nil {
			t.Errorf("there is a row (%v)", err)
		}
		return nil
	}
	f.Fail(true)
	for _, fn := range []func(store.Tx) error{put, remove} {
		err := f.Update(t.Context(), fn)
		if !errors.Is(err, store.ErrCommit) || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("error %v", err)
		}
	}
	if err := f.Update(t.Context(), read); err != nil {
		t.Errorf("an Update that only reads: %v", err)
	}
	if err := f.Update(t.Context(), func(tx store.Tx) error { return errors.Join(put(tx), mine) }); !errors.Is(err, mine) {
		t.Errorf("an Update that fails by itself: %v", err)
	}
	f.Fail(false)
	if err := f.Update(t.Context(), put); err != nil {
		t.Error(err)
	}
}
