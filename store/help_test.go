package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

var start = time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)

// openStore gives an empty store whose consistency is checked in the end.
func openStore(t *testing.T) (*store.Store, store.Backend) {
	t.Helper()
	b := memory.New()
	s, err := store.Open(t.Context(), b, store.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		storetest.Check(t, b)
		s.Close()
	})
	return s, b
}

// do is an Update that must succeed.
func do(t *testing.T, s *store.Store, fn func(*store.Records) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// mustFail is an Update that must fail with want.
func mustFail(t *testing.T, s *store.Store, want error, fn func(*store.Records) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

// addPerson adds a person with telegram addresses.
func addPerson(t *testing.T, s *store.Store, ids ...string) store.Person {
	t.Helper()
	p := store.Person{Name: "Ada", Language: "en", Zone: "Europe/Berlin", Role: "mixed", Since: start}
	for _, id := range ids {
		p.Addresses = append(p.Addresses, store.Address{Platform: "telegram", ID: id})
	}
	do(t, s, func(r *store.Records) (err error) {
		p, err = r.AddPerson(p)
		return err
	})
	return p
}

// dump gives every row of every table.
func dump(t *testing.T, b store.Backend) map[string][]byte {
	t.Helper()
	rows := make(map[string][]byte)
	err := b.View(context.Background(), func(tx store.Tx) error {
		for _, table := range store.AllTables() {
			err := tx.Scan(table, store.Range{}, func(k, v []byte) bool {
				rows[table+"\x00"+string(k)] = v
				return true
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// wantSameRows makes sure that nothing has changed.
func wantSameRows(t *testing.T, before, after map[string][]byte) {
	t.Helper()
	if !maps.EqualFunc(before, after, bytes.Equal) {
		t.Errorf("%d rows were changed into %d others", len(before), len(after))
	}
}

// same makes sure that two things are the same, printed.
func same(t *testing.T, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

// firstKey gives the first key of a table.
func firstKey(t *testing.T, r *store.Records, table string) []byte {
	t.Helper()
	var key []byte
	err := r.Tx().Scan(table, store.Range{}, func(k, _ []byte) bool {
		key = slices.Clone(k)
		return false
	})
	if err != nil || key == nil {
		t.Fatalf("no row in %s (%v)", table, err)
	}
	return key
}
