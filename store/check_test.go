package store_test

import (
	"context"
	"errors"
	"testing"

	"kintsugi/store"
	"kintsugi/store/memory"
)

// TestCheckFinds breaks one index at a time.
func TestCheckFinds(t *testing.T) {
	remove := func(t *testing.T, r *store.Records, table string) error {
		return r.Tx().Delete(table, firstKey(t, r, table))
	}
	cases := map[string]func(t *testing.T, r *store.Records) error{
		"a person without a key":   func(t *testing.T, r *store.Records) error { return remove(t, r, "keys") },
		"a key without a person":   func(t *testing.T, r *store.Records) error { return remove(t, r, "people") },
		"due without due.person":   func(t *testing.T, r *store.Records) error { return remove(t, r, "due.person") },
		"due.person without due":   func(t *testing.T, r *store.Records) error { return remove(t, r, "due") },
		"a fetch without its time": func(t *testing.T, r *store.Records) error { return remove(t, r, "fetch.due") },
		"a time without its fetch": func(t *testing.T, r *store.Records) error { return remove(t, r, "fetches") },
		"a fetch time that is cut": func(_ *testing.T, r *store.Records) error { return r.Tx().Put("fetch.due", []byte("f"), nil) },
		"a fetch that is cut": func(t *testing.T, r *store.Records) error {
			return r.Tx().Put("fetches", firstKey(t, r, "fetches"), nil)
		},
		"a photo of nobody":                 func(_ *testing.T, r *store.Records) error { return r.Tx().Put("photos", make([]byte, 16), nil) },
		"a queue without a wake":            func(t *testing.T, r *store.Records) error { return remove(t, r, "wake") },
		"a wake without a queue":            func(t *testing.T, r *store.Records) error { return remove(t, r, "waiting") },
		"a code that nobody's row leads to": func(t *testing.T, r *store.Records) error { return remove(t, r, "codes.person") },
		"a row that leads to no code":       func(t *testing.T, r *store.Records) error { return remove(t, r, "codes") },
		"a code row that is cut": func(t *testing.T, r *store.Records) error {
			return r.Tx().Put("codes.person", firstKey(t, r, "codes.person"), nil)
		},
		"a wrong count": func(_ *testing.T, r *store.Records) error {
			return r.Tx().Put("meta", []byte("people"), make([]byte, 8))
		},
		"a count that is none":   func(_ *testing.T, r *store.Records) error { return r.Tx().Put("meta", []byte("people"), []byte{1}) },
		"a number not given yet": func(_ *testing.T, r *store.Records) error { return r.Tx().Delete("meta", []byte("last.seq")) },
		"an address of nobody": func(_ *testing.T, r *store.Records) error {
			return r.Tx().Put("addresses", []byte("a"), make([]byte, 8))
		},
		"a session of nobody":       func(_ *testing.T, r *store.Records) error { return r.Tx().Put("sessions", make([]byte, 8), nil) },
		"a quarantine of nobody":    func(_ *testing.T, r *store.Records) error { return r.Tx().Put("quarantine", []byte("12345678"), nil) },
		"an entry without an owner": func(_ *testing.T, r *store.Records) error { return r.Tx().Put("entries", []byte("e"), nil) },
		"a due row that is cut":     func(_ *testing.T, r *store.Records) error { return r.Tx().Put("due", []byte("d"), nil) },
		"a due.person row with junk": func(t *testing.T, r *store.Records) error {
			return r.Tx().Put("due.person", firstKey(t, r, "due.person"), nil)
		},
		"a wake row that is cut": func(_ *testing.T, r *store.Records) error { return r.Tx().Put("wake", []byte("w"), nil) },
		"a message that is cut": func(t *testing.T, r *store.Records) error {
			return r.Tx().Put("attempting", firstKey(t, r, "attempting"), nil)
		},
		"a message in both tables": func(t *testing.T, r *store.Records) error {
			key := firstKey(t, r, "attempting")
			v, err := r.Tx().Get("attempting", key)
			return errors.Join(err, r.Tx().Put("waiting", key, v))
		},
	}
	for name, damage := range cases {
		t.Run(name, func(t *testing.T) {
			b := memory.New()
			s, err := store.Open(t.Context(), b, store.NewMasterKey())
			if err != nil {
				t.Fatal(err)
			}
			fill(t, s, addPerson(t, s, "1"))
			if err := store.Check(t.Context(), b); err != nil {
				t.Fatalf("before: %v", err)
			}
			do(t, s, func(r *store.Records) error { return damage(t, r) })
			if store.Check(t.Context(), b) == nil {
				t.Error("it was not found")
			}
		})
	}
}

func TestCheckSaysThatTheStoreIsClosed(t *testing.T) {
	b := memory.New()
	b.Close()
	if err := store.Check(context.Background(), b); !errors.Is(err, store.ErrClosed) {
		t.Errorf("error %v", err)
	}
}
