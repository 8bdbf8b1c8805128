package store_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

func TestEntryComesBackAsPut(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	want := store.Entry{
		ID: "e", At: start.Add(5 * time.Millisecond), Kind: "note", Text: "so „glad\" <today> 🌱\n\x00",
		Flow: "flow", Values: json.RawMessage(`{"n":7,"list":["a","b"]}`),
	}
	do(t, s, func(r *store.Records) error { return r.PutEntry(p.ID, want) })
	do(t, s, func(r *store.Records) error {
		got, err := r.Entry(p.ID, want.At.Add(time.Microsecond).In(time.FixedZone("there", 3600)), "e")
		same(t, got, want)
		return err
	})
	for _, at := range []time.Time{start, want.At.Add(time.Millisecond)} {
		mustFail(t, s, store.ErrNotFound, func(r *store.Records) error {
			_, err := r.Entry(p.ID, at, "e")
			return err
		})
	}
}

// list gives the IDs of entries.
func list(t *testing.T, r *store.Records, p store.PersonID, kind string, skip, limit int) string {
	t.Helper()
	entries, err := r.Entries(p, kind, skip, limit)
	if err != nil {
		t.Error(err)
	}
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	return strings.Join(ids, " ")
}

func TestEntriesAreNewestFirst(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		err := r.PutEntry(bob.ID, store.Entry{ID: "bob's", At: start, Kind: "note"})
		for i, id := range strings.Fields("c a d b e") {
			kind := []string{"note", "check-in"}[i%2]
			at := start.Add(time.Duration(slices.Index(strings.Fields("a b c d e"), id)) * time.Hour)
			err = errors.Join(err, r.PutEntry(ada.ID, store.Entry{ID: id, At: at, Kind: kind}))
		}
		return err
	})
	do(t, s, func(r *store.Records) error {
		for _, c := range []struct {
			kind        string
			skip, limit int
			want        string
		}{
			{"", 0, 10, "e d c b a"},
			{"", 0, 2, "e d"},
			{"", 1, 2, "d c"},
			{"", 4, 2, "a"},
			{"", 5, 2, ""},
			{"", 0, 0, ""},
			{"", 0, -1, ""},
			{"note", 0, 10, "e d c"},
			{"note", 1, 1, "d"},
			{"check-in", 0, 10, "b a"},
			{"check-in", 1, 10, "a"},
			{"other", 0, 10, ""},
		} {
			if got := list(t, r, ada.ID, c.kind, c.skip, c.limit); got != c.want {
				t.Errorf("%q, from %d, %d long: %q, want %q", c.kind, c.skip, c.limit, got, c.want)
			}
		}
		for kind, want := range map[string]int{"": 5, "note": 3, "check-in": 2, "other": 0} {
			if n, err := r.CountEntries(ada.ID, kind); n != want || err != nil {
				t.Errorf("%d entries of %q (%v), want %d", n, kind, err, want)
			}
		}
		return nil
	})
}

func TestAnEntryIsReplacedByIDAndTime(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.PutEntry(p.ID, store.Entry{ID: "a", At: start, Text: "old"}),
			r.PutEntry(p.ID, store.Entry{ID: "a", At: start, Text: "new"}),
			r.PutEntry(p.ID, store.Entry{ID: "b", At: start, Text: "other"}),
			r.PutEntry(p.ID, store.Entry{ID: "a", At: start.Add(time.Hour), Text: "later"}),
		)
	})
	do(t, s, func(r *store.Records) error {
		n, err := r.CountEntries(p.ID, "")
		same(t, n, 3)
		e, missing := r.Entry(p.ID, start, "a")
		same(t, e.Text, "new")
		return errors.Join(err, missing)
	})
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.DeleteEntry(p.ID, start, "a"), r.DeleteEntry(p.ID, start, "a"))
	})
	do(t, s, func(r *store.Records) error {
		same(t, list(t, r, p.ID, "", 0, 1), "a")
		same(t, list(t, r, p.ID, "", 1, 10), "b")
		return nil
	})
}

func TestABrokenEntryIsSaid(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		if err := r.PutEntry(p.ID, store.Entry{ID: "a", At: start}); err != nil {
			return err
		}
		return r.Tx().Put("entries", firstKey(t, r, "entries"), []byte("damaged"))
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, err := r.Entries(p.ID, "", 0, 10)
		return err
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, err := r.CountEntries(p.ID, "note")
		return err
	})
}

func TestValuesThatAreNoJSONAreRefused(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	err := s.Update(t.Context(), func(r *store.Records) error {
		return r.PutEntry(p.ID, store.Entry{ID: "a", At: start, Values: json.RawMessage("secret words")})
	})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
}
