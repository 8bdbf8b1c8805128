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

	mu   sync.Mutex // guards owed
	owed map[store.PersonID]*unsettled
}

// unsettled is what was delivered to one person, in order. Whatever settles some of it
// settles all that stood before: otherwise a crash could have an older message sent again,
// behind a newer one.
type unsettled struct {
	rows  []store.Message
	taken bool // some transaction is about to settle all of it
}

func newSettler(s *Service) *settler {
	return &settler{s: s, bell: make(chan struct{}, 1), owed: map[store.PersonID]*unsettled{}}
}

func (q *settler) add(m store.Message) {
	q.mu.Lock()
	o := q.owed[m.Person]
	if o == nil {
		o = &unsettled{}
		q.owed[m.Person] = o
	}
	o.rows = append(o.rows, m)
	o.taken = false
	q.mu.Unlock()
	ring(q.bell)
}

// board takes what is to be settled with a turn: all that is its person's, so that after
// a crash only the last thing that somebody heard can come again; and some more. It is
// to be dropped, or left if the turn could not settle it.
func (q *settler) board(p store.PersonID) []store.Message {
	q.mu.Lock()
	defer q.mu.Unlock()
	var taken []store.Message
	if o := q.owed[p]; o != nil {
		taken = o.take(taken)
	}
	return q.takeSome(taken, len(taken)+ride)
}

// takeSome takes what nobody is about to settle, until there is enough.
func (q *settler) takeSome(taken []store.Message, enough int) []store.Message {
	for _, o := range q.owed {
		if len(taken) >= enough {
			break
		}
		if !o.taken {
			taken = o.take(taken)
		}
	}
	return taken
}

func (o *unsettled) take(onto []store.Message) []store.Message {
	o.taken = true
	return append(onto, o.rows...)
}

// page takes what is to be settled in one commit, and says whether there may be more.
func (q *settler) page() (page []store.Message, more bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	page = q.takeSome(nil, settlePage)
	return page, len(page) >= settlePage
}

// drop forgets what has been settled.
func (q *settler) drop(settled []store.Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range settled {
		o := q.owed[m.Person]
		if o == nil {
			continue
		}
		o.rows = slices.DeleteFunc(o.rows, func(n store.Message) bool { return n.Lane == m.Lane && n.Seq == m.Seq })
		if len(o.rows) == 0 {
			delete(q.owed, m.Person)
		}
	}
}

// leave lets others settle what was taken.
func (q *settler) leave(taken []store.Message) {
	q.mu.Lock()
	for _, m := range taken {
		if o := q.owed[m.Person]; o != nil {
			o.taken = false
		}
	}
	q.mu.Unlock()
	if len(taken) > 0 {
		ring(q.bell)
	}
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
		q.leave(batch)
		return err
	}
	q.drop(batch)
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
