package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"kintsugi/store"
)

func TestAPhotoComesBackAsPut(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	want := bytes.Repeat([]byte{0xff, 0xd8, 0}, 130_000)
	do(t, s, func(r *store.Records) error { return r.PutPhoto(ada.ID, "a", want) })
	do(t, s, func(r *store.Records) error {
		got, found, err := r.Photo(ada.ID, "a")
		if !found || !bytes.Equal(got, want) {
			t.Errorf("found: %t, %d bytes", found, len(got))
		}
		_, his, err2 := r.Photo(bob.ID, "a")
		_, other, err3 := r.Photo(ada.ID, "b")
		n, size, err4 := r.CountPhotos(ada.ID)
		same(t, []any{his, other, n, size}, []any{false, false, 1, len(want)})
		return errors.Join(err, err2, err3, err4)
	})
}

// Neither a photo nor where it is fetched from can be read, nor what they are called.
func TestNothingOfAPhotoIsReadable(t *testing.T) {
	s, b := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.PutPhoto(p.ID, "secretid", []byte("secretdata")),
			r.PutFetch(p.ID, store.Fetch{ID: "secretid", Photo: "secretplace"}, start),
		)
	})
	for row, value := range dump(t, b) {
		if strings.Contains(row, "secret") || bytes.Contains(value, []byte("secret")) {
			t.Errorf("a row of %q can be read", row[:6])
		}
	}
}

func TestPhotosThatAreNotNamedGo(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		var errs []error
		for _, id := range []string{"a", "b", "c"} {
			errs = append(errs, r.PutPhoto(ada.ID, id, []byte(id)), r.PutPhoto(bob.ID, id, []byte(id)))
		}
		return errors.Join(errs...)
	})
	do(t, s, func(r *store.Records) error {
		n, err := r.KeepPhotos(ada.ID, []string{"b", "never there"})
		left, _, err2 := r.CountPhotos(ada.ID)
		his, _, err3 := r.CountPhotos(bob.ID)
		same(t, []int{n, left, his}, []int{2, 1, 3})
		return errors.Join(err, err2, err3)
	})
}

func TestABrokenPhotoIsSaid(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		if err := r.PutPhoto(p.ID, "a", []byte("data")); err != nil {
			return err
		}
		return r.Tx().Put("photos", firstKey(t, r, "photos"), []byte("damaged"))
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, _, err := r.Photo(p.ID, "a")
		return err
	})
}

func TestAFetchThatCanNotBeReadCanBeTakenBack(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	var d store.Due
	do(t, s, func(r *store.Records) error {
		if err := r.PutFetch(p.ID, store.Fetch{ID: "1", Photo: "where"}, start); err != nil {
			return err
		}
		due, err := r.FetchesBy(start, 1)
		d = due[0]
		return errors.Join(err, r.Tx().Put("fetches", firstKey(t, r, "fetches"), []byte("damaged, and long enough")))
	})
	mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
		_, _, err := r.FetchOf(d)
		return err
	})
	do(t, s, func(r *store.Records) error { return r.DeleteFetch(d) })
	do(t, s, func(r *store.Records) error {
		_, found, err := r.NextFetch()
		same(t, found, false)
		return err
	})
}
