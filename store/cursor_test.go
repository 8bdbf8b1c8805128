package store_test

import (
	"errors"
	"testing"

	"kintsugi/store"
)

func TestCursor(t *testing.T) {
	s, _ := openStore(t)
	do(t, s, func(r *store.Records) error {
		none, err := r.Cursor("telegram")
		if none != nil {
			t.Errorf("a cursor that was never put is %q", none)
		}
		return errors.Join(err, r.PutCursor("telegram", []byte("old")), r.PutCursor("discord", []byte("other")))
	})
	do(t, s, func(r *store.Records) error { return r.PutCursor("telegram", []byte("new")) })
	wantCursor(t, s, "telegram", "new")
	wantCursor(t, s, "discord", "other")
}

func TestACursorUnderAnotherNameDoesNotOpen(t *testing.T) {
	s, b := openStore(t)
	do(t, s, func(r *store.Records) error { return r.PutCursor("telegram", []byte("words")) })
	value := dump(t, b)["cursors\x00telegram"]
	do(t, s, func(r *store.Records) error { return r.Tx().Put("cursors", []byte("discord"), value) })
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, err := r.Cursor("discord")
		return err
	})
}
