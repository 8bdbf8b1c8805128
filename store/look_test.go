package store_test

import (
	"errors"
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
)

func TestLookingChangesNothing(t *testing.T) {
	key, other := store.NewMasterKey(), store.NewMasterKey()
	made := func(change func(store.Tx) error) store.Backend {
		b := memory.New()
		if _, err := store.Open(t.Context(), b, key); err != nil {
			t.Fatal(err)
		}
		if err := b.Update(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		return b
	}
	strange := memory.New()
	if err := strange.Update(t.Context(), func(tx store.Tx) error { return tx.Put("people", []byte("x"), nil) }); err != nil {
		t.Fatal(err)
	}
	fine := func(store.Tx) error { return nil }
	newer := func(tx store.Tx) error { return tx.Put("meta", []byte("version"), []byte{0, 0, 0, 0, 0, 0, 0, 99}) }
	for _, test := range []struct {
		name string
		b    store.Backend
		key  store.MasterKey
		want error
	}{
		{"nothing there", memory.New(), key, nil},
		{"the right key", made(fine), key, nil},
		{"the wrong key", made(fine), other, store.ErrWrongKey},
		{"a newer schema", made(newer), key, store.ErrNewer},
		{"something else", strange, key, store.ErrNotOurs},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := dump(t, test.b)
			if err := store.Look(t.Context(), test.b, test.key); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
			wantSameRows(t, before, dump(t, test.b))
		})
	}
}
