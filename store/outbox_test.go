package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

// attempt adds a message that is born attempting.
func attempt(t *testing.T, s *store.Store, p store.PersonID, lane store.Lane, body string) (m store.Message) {
	t.Helper()
	do(t, s, func(r *store.Records) (err error) {
		m, err = r.Attempt(p, lane, []byte(body), start)
		return err
	})
	return m
}

// enqueue adds a message that waits until some time after the start.
func enqueue(t *testing.T, s *store.Store, p store.PersonID, lane store.Lane, body string, after time.Duration) (m store.Message) {
	t.Helper()
	do(t, s, func(r *store.Records) (err error) {
		m, err = r.Enqueue(p, lane, []byte(body), start, start.Add(after))
		return err
	})
	return m
}

// take takes a queue some time after the start and gives the bodies.
func take(t *testing.T, s *store.Store, p store.PersonID, lane store.Lane, after time.Duration) (messages []store.Message) {
	t.Helper()
	do(t, s, func(r *store.Records) (err error) {
		messages, err = r.Take(p, lane, start.Add(after))
		return err
	})
	return messages
}

func attempting(t *testing.T, s *store.Store, limit int) (messages []store.Message) {
	t.Helper()
	do(t, s, func(r *store.Records) (err error) {
		messages, err = r.Attempting(limit)
		return err
	})
	return messages
}

func bodies(messages []store.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, string(m.Body))
	}
	return strings.Join(all, " ")
}

func TestAMessageIsBornAttempting(t *testing.T) {
	s, b := openStore(t)
	p := addPerson(t, s, "1")
	before := dump(t, b)
	m := attempt(t, s, p.ID, store.ReplyLane, "hello")
	same(t, m, store.Message{
		Person: p.ID, Lane: store.ReplyLane, Seq: uint64(start.UnixMicro()),
		Born: start, NotBefore: start, Body: []byte("hello"),
	})
	same(t, attempting(t, s, 10), []store.Message{m})
	do(t, s, func(r *store.Records) error {
		waits, err := r.Waiting(p.ID, store.ReplyLane)
		same(t, waits, false)
		return err
	})
	for range 2 {
		do(t, s, func(r *store.Records) error { return r.Settle(m) })
		same(t, len(attempting(t, s, 10)), 0)
	}
	same(t, len(dump(t, b)), len(before)+1) // the number given last is kept
}

func TestNumbersOfMessagesOnlyGrow(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	last := uint64(0)
	for _, after := range []time.Duration{0, 0, time.Second, -time.Hour, 2 * time.Second, -200 * 365 * 24 * time.Hour} {
		for _, p := range []store.PersonID{ada.ID, bob.ID} {
			do(t, s, func(r *store.Records) error {
				m, err := r.Attempt(p, store.NudgeLane, nil, start.Add(after))
				if m.Seq <= last {
					t.Errorf("message %d comes after %d", m.Seq, last)
				}
				last = m.Seq
				return errors.Join(err, r.Settle(m))
			})
		}
	}
	if want := uint64(start.Add(2 * time.Second).UnixMicro()); last < want {
		t.Errorf("the last number is %d, behind the time %d", last, want)
	}
}

func TestTakeTakesTheWholeQueueInOrder(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
	enqueue(t, s, ada.ID, store.ReplyLane, "a", time.Second)
	enqueue(t, s, ada.ID, store.ReplyLane, "b", time.Hour)
	enqueue(t, s, ada.ID, store.ReplyLane, "c", 0)
	enqueue(t, s, ada.ID, store.NudgeLane, "nudge", 0)
	enqueue(t, s, bob.ID, store.ReplyLane, "bob's", 0)
	same(t, bodies(take(t, s, ada.ID, store.ReplyLane, 0)), "") // the first is not to be sent yet
	same(t, bodies(take(t, s, ada.ID, store.ReplyLane, time.Second)), "a b c")
	same(t, bodies(take(t, s, ada.ID, store.ReplyLane, time.Hour)), "")
	same(t, bodies(attempting(t, s, 10)), "a b c")
	same(t, bodies(attempting(t, s, 2)), "a b")
	same(t, bodies(take(t, s, ada.ID, store.NudgeLane, 0)), "nudge")
	same(t, bodies(take(t, s, bob.ID, store.ReplyLane, 0)), "bob's")
}

func TestAParkedMessageKeepsItsPlace(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	first := attempt(t, s, p.ID, store.ReplyLane, "first")
	second := attempt(t, s, p.ID, store.ReplyLane, "second")
	enqueue(t, s, p.ID, store.ReplyLane, "third", 0)
	for _, m := range []store.Message{second, first} {
		m.Attempts, m.Body = 3, nil
		do(t, s, func(r *store.Records) error { return r.Park(m, start.Add(time.Minute)) })
	}
	same(t, len(attempting(t, s, 10)), 0)
	got := take(t, s, p.ID, store.ReplyLane, time.Minute)
	same(t, bodies(got), "first second third")
	first.Attempts, first.NotBefore = 3, start.Add(time.Minute)
	same(t, got[0], first)
}

func TestParkRefusesWhatIsNotAttempting(t *testing.T) {
	s, b := openStore(t)
	p := addPerson(t, s, "1")
	settled := attempt(t, s, p.ID, store.ReplyLane, "settled")
	do(t, s, func(r *store.Records) error { return r.Settle(settled) })
	waiting := enqueue(t, s, p.ID, store.ReplyLane, "waiting", 0)
	before := dump(t, b)
	for _, m := range []store.Message{settled, waiting} {
		mustFail(t, s, store.ErrNotFound, func(r *store.Records) error { return r.Park(m, start) })
	}
	wantSameRows(t, before, dump(t, b))
}

func TestDropWaitingDropsOneQueue(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	attempt(t, s, p.ID, store.NudgeLane, "attempting")
	for i := range 3 {
		enqueue(t, s, p.ID, store.NudgeLane, fmt.Sprint("nudge ", i), 0)
	}
	enqueue(t, s, p.ID, store.ReplyLane, "reply", 0)
	for _, want := range []int{3, 0} {
		do(t, s, func(r *store.Records) error {
			n, err := r.DropWaiting(p.ID, store.NudgeLane)
			same(t, n, want)
			return err
		})
	}
	same(t, bodies(attempting(t, s, 10)), "attempting")
	same(t, bodies(take(t, s, p.ID, store.ReplyLane, 0)), "reply")
}

func TestThereAreTwoLanes(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	err := s.Update(t.Context(), func(r *store.Records) error {
		_, err := r.Enqueue(p.ID, 2, nil, start, start)
		return err
	})
	if err == nil {
		t.Error("a message was put into a third lane, from which it would never wake")
	}
}
