package memory_test

import (
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

func open(*testing.T) store.Backend { return memory.New() }

func TestBackend(t *testing.T) { storetest.Run(t, open) }

func TestRecords(t *testing.T) { storetest.RunRecords(t, open) }

func TestACloneGoesItsOwnWay(t *testing.T) {
	one := memory.New()
	put := func(b store.Backend, key string) {
		if err := b.Update(t.Context(), func(tx store.Tx) error { return tx.Put("t", []byte(key), []byte(key)) }); err != nil {
			t.Fatal(err)
		}
	}
	has := func(b store.Backend, key string, want bool) {
		t.Helper()
		err := b.View(t.Context(), func(tx store.Tx) error {
			v, err := tx.Get("t", []byte(key))
			if (v != nil) != want {
				t.Errorf("%q is there: %t, want %t", key, v != nil, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(one, "before")
	other := one.Clone()
	put(one, "one")
	put(other, "other")
	for _, b := range []store.Backend{one, other} {
		has(b, "before", true)
	}
	has(one, "other", false)
	has(other, "one", false)
	has(other, "other", true)
}

func BenchmarkRecordsTurn(b *testing.B) {
	storetest.BenchTurns(b, memory.New(), 20_000, 1)
}
