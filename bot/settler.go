package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"kintsugi/store"
)

const (
	// settlePage is about how many messages are settled in one commit at most.
	settlePage = 1024
	// settlePause is how long delivered messages wait for others to be settled with
	// them. Without it the commit of one settling stands before the next turn's. A
	// crash meanwhile has their replies sent once more.
	settlePause = 10 * time.Millisecond
)

// settler settles what senders have delivered, many messages in one commit, so
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

func (q *settler) add(m store.Message) {
	q.mu.Lock()
	q.rows[m.Person] = append(q.rows[m.Person], m)
	q.mu.Unlock()
	ring(q.bell)
}

// of gives what is to be settled of one person. Their next turn settles it: after a crash
// then only the last thing that they heard can come again.
func (q *settler) of(p store.PersonID) []store.Message {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.rows[p])
}

// drop takes out what has been settled.
func (q *settler) drop(settled []store.Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range settled {
		rows := slices.DeleteFunc(q.rows[m.Person], func(n store.Message) bool { return n.Lane == m.Lane && n.Seq == m.Seq })
		q.rows[m.Person] = rows
		if len(rows) == 0 {
			delete(q.rows, m.Person)
		}
	}
}

// page gives what is to be settled in one commit, and whether there is more.
func (q *settler) page() (page []store.Message, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, rows := range q.rows {
		if len(page) >= settlePage {
			return page, true
		}
		page = append(page, rows...)
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
	err := q.s.update(ctx, func(r *store.Records) error {
		for _, m := range batch {
			if err := r.Settle(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	q.drop(batch)
	if more {
		return q.settle(ctx)
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
