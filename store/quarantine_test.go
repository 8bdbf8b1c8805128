package store_test

import (
	"errors"
	"testing"
	"time"

	"kintsugi/store"
)

func TestQuarantine(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	nobodys := store.Quarantined{Source: "telegram", ID: "9", At: start.Add(time.Hour), Payload: []byte("\x00words"), Reason: "panic"}
	theirs := store.Quarantined{Source: "discord", ID: "8", At: start, Person: p.ID}
	again := theirs
	again.Reason = "panic again"
	later := theirs
	later.At = start.Add(time.Second)
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.Quarantine(theirs), r.Quarantine(later), r.Quarantine(nobodys), r.Quarantine(again))
	})
	for limit, want := range map[int][]store.Quarantined{
		0: nil, 1: {nobodys}, 2: {nobodys, again}, 10: {nobodys, again, later},
	} {
		do(t, s, func(r *store.Records) error {
			got, err := r.Quarantined(limit)
			same(t, got, want)
			return err
		})
	}
}
