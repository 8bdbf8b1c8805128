package store_test

import (
	"errors"
	"testing"

	"kintsugi/store"
)

func TestSession(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		none, err := r.Session(ada.ID)
		if none != nil {
			t.Errorf("a new person has the session %q", none)
		}
		return errors.Join(err, r.PutSession(ada.ID, []byte("old")), r.PutSession(bob.ID, nil))
	})
	do(t, s, func(r *store.Records) error { return r.PutSession(ada.ID, []byte("new")) })
	do(t, s, func(r *store.Records) error {
		adas, err := r.Session(ada.ID)
		same(t, string(adas), "new")
		if err != nil {
			return err
		}
		bobs, err := r.Session(bob.ID)
		if bobs == nil || len(bobs) > 0 {
			t.Errorf("an empty session comes back as %v", bobs)
		}
		return err
	})
}
