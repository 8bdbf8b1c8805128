package discord

import (
	"context"
	"sync"
	"time"

	"kintsugi/bot"
)

const (
	firstPause = 200 * time.Millisecond // before something is tried again; it doubles
	longPause  = 30 * time.Second

	// maxWaiting is how many events of a chat wait at a time. What comes after them is
	// fetched again when they are handled.
	maxWaiting = 200
)

// task is something to be done for one chat. It is done again until it gives no error.
type task struct {
	run func(context.Context) error
	// fetches says that it finds by itself what was written meanwhile.
	fetches bool
}

// queues has the tasks of a chat done one after another, and those of different chats
// alongside. A chat has a goroutine while there is something to do.
type queues struct {
	clock   *bot.Clock
	workers sync.WaitGroup

	mu     sync.Mutex // guards byChat
	byChat map[string][]task
}

func newQueues(clock *bot.Clock) *queues {
	return &queues{clock: clock, byChat: map[string][]task{}}
}

// add puts a task behind the others of its chat. Where there are too many, instead is
// put there, once.
func (q *queues) add(ctx context.Context, chat string, t, instead task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	waiting, works := q.byChat[chat]
	if len(waiting) >= maxWaiting {
		if waiting[len(waiting)-1].fetches {
			return
		}
		t = instead
	}
	q.byChat[chat] = append(waiting, t)
	if !works {
		q.workers.Go(func() { q.work(ctx, chat) })
	}
}

// work does the tasks of a chat until there is none left, or ctx ends.
func (q *queues) work(ctx context.Context, chat string) {
	for t, ok := q.next(chat); ok; t, ok = q.next(chat) {
		if !insist(ctx, q.clock, t.run) {
			q.drop(chat)
			return
		}
	}
}

func (q *queues) next(chat string) (task, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	waiting := q.byChat[chat]
	if len(waiting) == 0 {
		delete(q.byChat, chat)
		return task{}, false
	}
	q.byChat[chat] = waiting[1:]
	return waiting[0], true
}

func (q *queues) drop(chat string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.byChat, chat)
}

// wait waits until nothing is being done. Nothing may be added meanwhile.
func (q *queues) wait() { q.workers.Wait() }

// insist runs f until it gives no error, with growing pauses. It gives up, and says so,
// when ctx ends.
func insist(ctx context.Context, clock *bot.Clock, f func(context.Context) error) bool {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		if ctx.Err() != nil {
			return false
		}
		if f(ctx) == nil {
			return true
		}
		if clock.Pause(ctx, pause) != nil {
			return false
		}
	}
}
