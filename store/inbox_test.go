package store_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"kintsugi/store"
)

func TestTheInboxHoldsWhatCameUntilItIsTakenOut(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error {
		return errors.Join(
			r.AddNews(ada.ID, store.News{At: start, Kind: "share", Couple: 7, Values: json.RawMessage(`{"text":"one"}`)}),
			r.AddNews(bob.ID, store.News{At: start, Kind: "share"}),
			r.AddNews(ada.ID, store.News{At: start.Add(-time.Hour), Kind: "linked"}))
	})
	do(t, s, func(r *store.Records) error {
		news, err := r.NewsOf(ada.ID, 10)
		if len(news) != 2 || news[0].Kind != "share" || string(news[0].Values) != `{"text":"one"}` || news[1].Kind != "linked" {
			t.Fatalf("%+v", news)
		}
		return errors.Join(err, r.DropNews(ada.ID, news[0].ID), r.DropNews(ada.ID, news[0].ID))
	})
	do(t, s, func(r *store.Records) error {
		hers, err := r.NewsOf(ada.ID, 10)
		his, err2 := r.NewsOf(bob.ID, 10)
		if len(hers) != 1 || len(his) != 1 {
			t.Errorf("%d left for her and %d for him", len(hers), len(his))
		}
		return errors.Join(err, err2)
	})
}
