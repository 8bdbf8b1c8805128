package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"kintsugi/store"
)

const (
	// settlePage is about how many messages are settled in one commit at most.
	settlePage = 1024
	// settlePause is how long delivered messages wait for a turn to be settled with. A
	// commit of their own would stand before the next turn's. A crash meanwhile has their
	// replies sent once more.
	settlePause = 20 * time.Millisecond
	// ride is how many are settled with a turn at most, beside those of its person.
	ride = 16
)

// settler settles what senders have delivered, with turns or many in one commit, so
// that nobody waits for it.
type settler struct {
	s    *Service
	bell chan struct{}

	mu   sync.Mutex // guards rows
	rows map[store.PersonID][]store.Message
}

func newSettler(s *Service) *settler {
	return &settler{s: s, bell: make(chan struct{}, 1), rows: map[store.PersonID][]store.Message{}}
}

func (q *settler) add(messages ...store.Message) {
	q.mu.Lock()
	for _, m := range messages {
		q.rows[m.Person] = append(q.rows[m.Person], m)
	}
	q.mu.Unlock()
	if len(messages) > 0 {
		ring(q.bell)
	}
}

// board takes out what is to be settled with a turn: all that is its person's, so that
// after a crash only the last thing that somebody heard can come again; and some more.
// What a turn can't settle is added again.
func (q *settler) board(p store.PersonID) []store.Message {
	q.mu.Lock()
	defer q.mu.Unlock()
	taken := q.rows[p]
	delete(q.rows, p)
	most := len(taken) + ride
	for other, rows := range q.rows {
		if len(taken) >= most {
			break
		}
		taken = append(taken, rows...)
		delete(q.rows, other)
	}
	return taken
}

// page takes out what is to be settled in one commit, and says whether there is more.
func (q *settler) page() (page []store.Message, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for p, rows := range q.rows {
		if len(page) >= settlePage {
			return page, true
		}
		page = append(page, rows...)
		delete(q.rows, p)
	}
	return page, false
}

// now settles a message that was given up before anything behind it is sent: after a
// crash it would otherwise be sent again, behind what should have come after it.
func (q *settler) now(e ending, m store.Message) {
	for n := 0; ; n++ {
		err := q.s.update(e.work, func(r *store.Records) error { return r.Settle(m) })
		if !errors.Is(err, store.ErrCommit) || q.s.clock.Pause(e.sends, backoff(n, jitter())) != nil {
			return
		}
	}
}

// run settles until stop ends, and then what is left, if that can be done.
func (q *settler) run(ctx, stop context.Context) {
	for n := 0; stop.Err() == nil; {
		select {
		case <-q.bell:
			_ = q.s.clock.Pause(stop, settlePause) // a stop settles at once
		case <-stop.Done():
		}
		if q.settle(ctx) == nil {
			n = 0
			continue
		}
		_ = q.s.clock.Pause(stop, backoff(n, jitter())) // a stop gets one last try
		n++
		ring(q.bell)
	}
	_ = q.settle(ctx) // what can't be settled is sent again after the next start
}

// settle settles all that waits. What fails keeps waiting.
func (q *settler) settle(ctx context.Context) error {
	batch, more := q.page()
	if len(batch) == 0 {
		return nil
	}
	err := q.s.update(ctx, func(r *store.Records) error { return settleAll(r, batch) })
	if err != nil {
		q.add(batch...)
		return err
	}
	if more {
		return q.settle(ctx)
	}
	return nil
}

func settleAll(r *store.Records, messages []store.Message) error {
	for _, m := range messages {
		if err := r.Settle(m); err != nil {
			return err
		}
	}
	return nil
}

// ring rings a bell that has room for one ring.
func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}
