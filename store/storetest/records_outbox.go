package storetest

import (
	"errors"
	"slices"

	"pgregory.net/rapid"

	"kintsugi/store"
)

func (m *machine) attempt(t *rapid.T) {
	id, lane, body, now := m.someone(t), someLane(t), []byte(someWord(t, "body")), someTime(t, "now")
	var added store.Message
	m.update(t, func(r *store.Records) (err error) {
		added, err = r.Attempt(id, lane, body, now)
		return err
	})
	m.added(t, added)
	m.model.attempting = append(m.model.attempting, added)
}

func (m *machine) enqueue(t *rapid.T) {
	id, lane, body := m.someone(t), someLane(t), []byte(someWord(t, "body"))
	now, notBefore := someTime(t, "now"), someTime(t, "not before")
	var added store.Message
	m.update(t, func(r *store.Records) (err error) {
		added, err = r.Enqueue(id, lane, body, now, notBefore)
		return err
	})
	m.added(t, added)
	m.model.waiting = append(m.model.waiting, added)
}

// added makes sure that a new message has a number that was never given.
func (m *machine) added(t *rapid.T, added store.Message) {
	if added.Seq <= m.model.lastSeq {
		t.Fatalf("message %d comes after %d", added.Seq, m.model.lastSeq)
	}
	m.model.lastSeq = added.Seq
}

func (m *machine) take(t *rapid.T) {
	id, lane, now := m.someone(t), someLane(t), someTime(t, "now")
	var taken []store.Message
	m.update(t, func(r *store.Records) (err error) {
		taken, err = r.Take(id, lane, now)
		return err
	})
	queue := m.model.queue(id, lane)
	if len(queue) > 0 && queue[0].NotBefore.After(now) {
		queue = nil
	}
	same(t, "the taken", taken, queue)
	for _, message := range queue {
		m.model.waiting = slices.DeleteFunc(m.model.waiting, func(w store.Message) bool { return w.Seq == message.Seq })
		m.model.attempting = append(m.model.attempting, message)
	}
}

// someAttempting picks an attempting message, or skips the action if there is none.
func (m *machine) someAttempting(t *rapid.T) int {
	if len(m.model.attempting) == 0 {
		t.Skip("nothing is attempting")
	}
	return rapid.IntRange(0, len(m.model.attempting)-1).Draw(t, "message")
}

func (m *machine) settle(t *rapid.T) {
	i := m.someAttempting(t)
	settled := m.model.attempting[i]
	m.update(t, func(r *store.Records) error { return errors.Join(r.Settle(settled), r.Settle(settled)) })
	m.model.attempting = slices.Delete(m.model.attempting, i, i+1)
}

func (m *machine) park(t *rapid.T) {
	i, notBefore := m.someAttempting(t), someTime(t, "not before")
	parked := m.model.attempting[i]
	parked.Attempts++
	m.update(t, func(r *store.Records) error { return r.Park(parked, notBefore) })
	parked.NotBefore = notBefore
	m.model.attempting = slices.Delete(m.model.attempting, i, i+1)
	m.model.waiting = append(m.model.waiting, parked)
}

func (m *machine) dropWaiting(t *rapid.T) {
	id, lane := m.someone(t), someLane(t)
	var n int
	m.update(t, func(r *store.Records) (err error) {
		n, err = r.DropWaiting(id, lane)
		return err
	})
	same(t, "the dropped", n, len(m.model.queue(id, lane)))
	m.model.waiting = slices.DeleteFunc(m.model.waiting, func(w store.Message) bool {
		return w.Person == id && w.Lane == lane
	})
}
