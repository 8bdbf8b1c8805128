package telegram

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/crew"
)

const (
	firstPause = 100 * time.Millisecond // before an event is handed over again; it doubles
	longPause  = 10 * time.Second
)

// queues hand over events: those of one chat one after another, those of different
// chats alongside. Each chat has a goroutine while there is something to hand over.
type queues struct {
	handle  func(context.Context, bot.Inbound) error
	clock   *bot.Clock
	workers crew.Crew

	mu    sync.Mutex // guards chats
	chats map[int64][]task
}

// task is an event to be handed over. done is called once it was handled.
type task struct {
	id   int // of the update
	in   bot.Inbound
	done func()
}

func newQueues(handle func(context.Context, bot.Inbound) error, clock *bot.Clock) *queues {
	return &queues{handle: handle, clock: clock, chats: map[int64][]task{}}
}

// add puts a task into the queue of a chat, before those of later updates: a webhook can
// bring neighbours in either order.
func (q *queues) add(ctx context.Context, chat int64, t task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	queue, works := q.chats[chat]
	i := len(queue)
	for i > 0 && queue[i-1].id > t.id {
		i--
	}
	queue = append(queue, task{})
	copy(queue[i+1:], queue[i:])
	queue[i] = t
	q.chats[chat] = queue
	if !works {
		q.workers.Go(func() { q.work(ctx, chat) })
	}
}

func (q *queues) work(ctx context.Context, chat int64) {
	for t, ok := q.next(chat); ok; t, ok = q.next(chat) {
		if !q.handOver(ctx, t.in) {
			return
		}
		t.done()
	}
}

func (q *queues) next(chat int64) (task, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	queue := q.chats[chat]
	if len(queue) == 0 {
		delete(q.chats, chat)
		return task{}, false
	}
	q.chats[chat] = queue[1:]
	return queue[0], true
}

// handOver hands an event over until it is handled. It gives up when ctx ends.
func (q *queues) handOver(ctx context.Context, in bot.Inbound) bool {
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, longPause) {
		if q.handle(ctx, in) == nil {
			return true
		}
		if q.clock.Pause(ctx, jitter(pause)) != nil {
			return false
		}
	}
	return false
}

// jitter gives a duration between three and five quarters of d, so that what failed
// together is not tried again together.
func jitter(d time.Duration) time.Duration {
	return d*3/4 + rand.N(d/2+1)
}
