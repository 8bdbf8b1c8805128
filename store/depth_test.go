package store_test

import (
	"testing"
	"time"

	"kintsugi/store"
)

func wantDepth(t *testing.T, s *store.Store, lane store.Lane, limit int, want store.Depth) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		got, err := r.Depth(lane, limit)
		same(t, got, want)
		return err
	})
}

func TestTheDepthOfALaneCountsItsQueues(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	wantDepth(t, s, store.ReplyLane, 10, store.Depth{})
	enqueue(t, s, ada.ID, store.ReplyLane, "a", 3*time.Second)
	enqueue(t, s, ada.ID, store.ReplyLane, "behind it", 4*time.Second)
	enqueue(t, s, bob.ID, store.ReplyLane, "b", 2*time.Second)
	enqueue(t, s, ada.ID, store.NudgeLane, "n", time.Second)
	wantDepth(t, s, store.ReplyLane, 10, store.Depth{Queues: 2, Next: start.Add(2 * time.Second)})
	wantDepth(t, s, store.ReplyLane, 1, store.Depth{Queues: 1, Next: start.Add(2 * time.Second)})
	wantDepth(t, s, store.NudgeLane, 10, store.Depth{Queues: 1, Next: start.Add(time.Second)})
}
