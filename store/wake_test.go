package store_test

import (
	"testing"
	"time"

	"kintsugi/store"
)

func wantWakes(t *testing.T, s *store.Store, lane store.Lane, after time.Duration, limit int, want ...store.Wake) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.WakeBy(start.Add(after), lane, limit)
		same(t, got, want)
		return err
	})
}

func wantNextWake(t *testing.T, s *store.Store, at time.Time, found bool) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		next, ok, err := r.NextWake()
		same(t, []any{next, ok}, []any{at, found})
		return err
	})
}

func TestAQueueWakesAtTheTimeOfItsFirst(t *testing.T) {
	s, b := openStore(t)
	p := addPerson(t, s, "1")
	before := dump(t, b)
	wantNextWake(t, s, time.Time{}, false)
	parked := attempt(t, s, p.ID, store.NudgeLane, "parked")
	enqueue(t, s, p.ID, store.NudgeLane, "later", time.Minute)
	wantNextWake(t, s, start.Add(time.Minute), true)
	enqueue(t, s, p.ID, store.NudgeLane, "earlier, but behind", time.Second)
	wantNextWake(t, s, start.Add(time.Minute), true)
	wantWakes(t, s, store.NudgeLane, 59*time.Second, 10)
	wantWakes(t, s, store.NudgeLane, time.Minute, 10, store.Wake{At: start.Add(time.Minute), Person: p.ID, Lane: store.NudgeLane})
	wantWakes(t, s, store.ReplyLane, time.Hour, 10)
	do(t, s, func(r *store.Records) error { return r.Park(parked, start.Add(time.Hour)) })
	wantNextWake(t, s, start.Add(time.Hour), true)
	for _, m := range take(t, s, p.ID, store.NudgeLane, time.Hour) {
		do(t, s, func(r *store.Records) error { return r.Settle(m) })
	}
	wantNextWake(t, s, time.Time{}, false)
	same(t, len(dump(t, b)), len(before)+1)
}

func TestWakesComeInOrderOfTime(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	enqueue(t, s, ada.ID, store.ReplyLane, "a", 3*time.Second)
	enqueue(t, s, bob.ID, store.ReplyLane, "b", 2*time.Second)
	enqueue(t, s, ada.ID, store.NudgeLane, "n", time.Second)
	adas := store.Wake{At: start.Add(3 * time.Second), Person: ada.ID, Lane: store.ReplyLane}
	bobs := store.Wake{At: start.Add(2 * time.Second), Person: bob.ID, Lane: store.ReplyLane}
	wantWakes(t, s, store.ReplyLane, time.Hour, 10, bobs, adas)
	wantWakes(t, s, store.ReplyLane, time.Hour, 1, bobs)
	wantWakes(t, s, store.ReplyLane, time.Hour, 0)
	wantNextWake(t, s, start.Add(time.Second), true)
	take(t, s, ada.ID, store.NudgeLane, time.Hour)
	wantNextWake(t, s, start.Add(2*time.Second), true)
}
