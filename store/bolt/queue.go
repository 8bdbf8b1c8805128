package bolt

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"kintsugi/store"
)

// groupMax is how many calls share a commit at most: enough that the disk is not
// the limit, few enough that a commit stays short.
const groupMax = 1024

// call is one Update on its way.
type call struct {
	ctx     context.Context
	fn      func(store.Tx) error
	outcome outcome // valid once the call is answered
	// news tells the caller, once: true, that it is to lead; false, that the call is
	// answered. Whoever leads looks at the outcome by itself.
	news chan bool
}

// answer notes how the call ended and wakes the caller.
func (c *call) answer(o outcome) {
	c.outcome = o
	select {
	case c.news <- false:
	default: // it leads, and was told so
	}
}

// outcome is how a call's function ended.
type outcome struct {
	err      error
	panicked any  // the value of the panic, if it did
	exited   bool // it ended its goroutine
}

func (o outcome) failed() bool { return o.err != nil || o.panicked != nil || o.exited }

// deliver ends the caller's Update as the function ended.
func (o outcome) deliver() error {
	if o.exited {
		runtime.Goexit()
	}
	if o.panicked != nil {
		panic(o.panicked)
	}
	return o.err
}

// queue holds the calls that wait, the first of which leads or will.
type queue struct {
	mu      sync.Mutex // guards what follows
	waiting []*call
	led     bool // somebody leads
	closed  bool
	quiet   *sync.Cond // nobody leads any more
}

func newQueue() *queue {
	q := &queue{}
	q.quiet = sync.NewCond(&q.mu)
	return q
}

// add puts a call at the end of the queue. If nobody leads, the caller is to.
func (q *queue) add(c *call) (lead bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false, store.ErrClosed
	}
	q.waiting = append(q.waiting, c)
	lead, q.led = !q.led, true
	return lead, nil
}

// take gives whatever waits, at most groupMax calls.
func (q *queue) take() []*call {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), groupMax)
	group := q.waiting[:n:n]
	q.waiting = slices.Clone(q.waiting[n:]) // holds on to none that was taken
	return group
}

// putBack puts calls before all others.
func (q *queue) putBack(calls []*call) {
	if len(calls) == 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(calls, q.waiting...)
}

// passOn has the first call that waits lead, if there is one.
func (q *queue) passOn() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) > 0 {
		q.waiting[0].news <- true
		return
	}
	q.led = false
	q.quiet.Broadcast()
}

// close takes no more calls and waits for those there are.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for q.led {
		q.quiet.Wait()
	}
}

func (q *queue) isClosed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.closed
}
