package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

func TestAnItemComesBackAsPut(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	want := store.Item{
		ID: "0abc", Kind: "promise", State: "open", Text: "phone in the „kitchen\" 🌱",
		At: start.Add(5 * time.Millisecond), Values: json.RawMessage(`{"cue":"the dog","n":7}`),
	}
	do(t, s, func(r *store.Records) error { return r.PutItem(ada.ID, want) })
	do(t, s, func(r *store.Records) error {
		got, found, err := r.Item(ada.ID, want.ID)
		same(t, []any{got, found}, []any{want, true})
		_, other, err2 := r.Item(ada.ID, "another")
		_, his, err3 := r.Item(bob.ID, want.ID)
		same(t, []bool{other, his}, []bool{false, false})
		return errors.Join(err, err2, err3)
	})
}

func TestItemsAreNewestFirst(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.PutItem(ada.ID, store.Item{ID: "b", Kind: "goal", At: start.Add(time.Hour)}),
			r.PutItem(ada.ID, store.Item{ID: "a", Kind: "promise", At: start}),
			r.PutItem(ada.ID, store.Item{ID: "c", Kind: "promise", At: start.Add(2 * time.Hour), State: "done"}),
			r.PutItem(bob.ID, store.Item{ID: "d", Kind: "promise", At: start.Add(3 * time.Hour)}),
		)
	})
	for kind, want := range map[string]string{"": "c b a", "promise": "c a", "goal": "b", "milestone": ""} {
		do(t, s, func(r *store.Records) error {
			items, err := r.Items(ada.ID, kind)
			var ids []string
			for _, i := range items {
				ids = append(ids, i.ID)
			}
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("of kind %q there are %q, want %q", kind, got, want)
			}
			return err
		})
	}
}

func TestAnItemIsReplacedByIDWheneverItWasKept(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.PutItem(p.ID, store.Item{ID: "a", Kind: "promise", State: "open", Text: "old", At: start}),
			r.PutItem(p.ID, store.Item{ID: "a", Kind: "promise", State: "done", Text: "new", At: start.Add(time.Hour)}),
		)
	})
	do(t, s, func(r *store.Records) error {
		items, err := r.Items(p.ID, "")
		same(t, items, []store.Item{{ID: "a", Kind: "promise", State: "done", Text: "new", At: start.Add(time.Hour)}})
		return err
	})
}

// Nothing of an item can be read, its ID included, and equal ids of two people do not
// look alike.
func TestNothingOfAnItemIsReadable(t *testing.T) {
	s, b := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	secret := store.Item{ID: "secretid", Kind: "secretkind", State: "secretstate", Text: "secrettext", At: start, Values: json.RawMessage(`"secretvalue"`)}
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.PutItem(ada.ID, secret), r.PutItem(bob.ID, secret))
	})
	hashes := map[string]bool{}
	for row, value := range dump(t, b) {
		if strings.Contains(row, "secret") || bytes.Contains(value, []byte("secret")) {
			t.Errorf("a row of %q can be read", row[:5])
		}
		if key, ok := strings.CutPrefix(row, "items\x00"); ok {
			hashes[key[8:]] = true
		}
	}
	if len(hashes) != 2 {
		t.Errorf("one ID of two people gives %d hashes, want 2", len(hashes))
	}
}

func TestABrokenItemIsSaid(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		if err := r.PutItem(p.ID, store.Item{ID: "a", At: start}); err != nil {
			return err
		}
		return r.Tx().Put("items", firstKey(t, r, "items"), []byte("damaged"))
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, err := r.Items(p.ID, "")
		return err
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, _, err := r.Item(p.ID, "a")
		return err
	})
}
