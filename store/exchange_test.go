package store_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"kintsugi/store"
)

func TestAnExchangeIsOfACoupleAndItsWordsOfTheirWriter(t *testing.T) {
	s, _ := openStore(t)
	ada, bob, c := twoLinked(t, s)
	var e store.Exchange
	do(t, s, func(r *store.Records) (err error) {
		e, err = r.AddExchange(store.Exchange{Couple: c.ID, Kind: "reveal", State: json.RawMessage(`{"n":1}`)})
		if err != nil {
			return err
		}
		e.State = json.RawMessage(`{"n":2}`)
		return errors.Join(r.PutExchange(e), r.PutWords(ada.ID, e.ID, []string{"hers"}), r.PutWords(bob.ID, e.ID, []string{"his"}))
	})
	do(t, s, func(r *store.Records) error {
		got, found, err := r.Exchange(c.ID, e.ID)
		all, err2 := r.Exchanges(c.ID)
		if !found || string(got.State) != `{"n":2}` || got.Kind != "reveal" || len(all) != 1 {
			t.Errorf("%+v, %t, %d of them", got, found, len(all))
		}
		return errors.Join(err, err2, r.DeletePerson(ada.ID))
	})
	do(t, s, func(r *store.Records) error {
		hers, err := r.Words(ada.ID, e.ID)
		his, err2 := r.Words(bob.ID, e.ID)
		_, found, err3 := r.Exchange(c.ID, e.ID)
		if hers != nil || !slices.Equal(his, []string{"his"}) || !found {
			t.Errorf("she is gone: hers are %q, his %q, and it is there: %t", hers, his, found)
		}
		return errors.Join(err, err2, err3)
	})
}

func TestWhoLeavesTakesBackWhatWasNotGiven(t *testing.T) {
	s, _ := openStore(t)
	ada, bob, c := twoLinked(t, s)
	do(t, s, func(r *store.Records) error {
		e, err := r.AddExchange(store.Exchange{Couple: c.ID, Kind: "reveal", State: json.RawMessage(`{}`)})
		return errors.Join(err, r.PutWords(ada.ID, e.ID, []string{"hers"}), r.PutWords(bob.ID, e.ID, []string{"his"}), r.DropMember(ada.ID, store.Beside))
	})
	do(t, s, func(r *store.Records) error {
		hers, err := r.Words(ada.ID, 1)
		his, err2 := r.Words(bob.ID, 1)
		if hers != nil || his == nil {
			t.Errorf("hers are %q, his %q", hers, his)
		}
		return errors.Join(err, err2, r.DropMember(bob.ID, store.Beside))
	})
	do(t, s, func(r *store.Records) error {
		his, err := r.Words(bob.ID, 1)
		_, found, err2 := r.Exchange(c.ID, 1)
		if his != nil || found {
			t.Errorf("nobody is left: his are %q, and it is there: %t", his, found)
		}
		return errors.Join(err, err2)
	})
}

func TestAnExchangeIsDroppedWithItsWords(t *testing.T) {
	s, _ := openStore(t)
	ada, _, c := twoLinked(t, s)
	do(t, s, func(r *store.Records) error {
		e, err := r.AddExchange(store.Exchange{Couple: c.ID, Kind: "reveal", State: json.RawMessage(`{}`)})
		return errors.Join(err, r.PutWords(ada.ID, e.ID, []string{"hers"}), r.DropExchange(c.ID, e.ID), r.DropExchange(c.ID, e.ID))
	})
	do(t, s, func(r *store.Records) error {
		hers, err := r.Words(ada.ID, 1)
		all, err2 := r.Exchanges(c.ID)
		if hers != nil || len(all) != 0 {
			t.Errorf("%q, %v", hers, all)
		}
		return errors.Join(err, err2)
	})
}
