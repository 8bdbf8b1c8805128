package bottest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"kintsugi/bot"
	"kintsugi/store"
)

const (
	// LaterBy is for how long a send that meets with Later is put off.
	LaterBy = 30 * time.Second

	firstPause = 100 * time.Millisecond // before an event is handed over again
	longPause  = 10 * time.Second
)

var errTemporary = errors.New("not sent")

// conn is one connection to a Fake, and the platform that a program sees.
type conn struct{ f *Fake }

func (c *conn) Name() string       { return c.f.name }
func (c *conn) Deduplicates() bool { return c.f.dedups }

// Receive hands over from the lowest event that was not handled. Each person has a
// goroutine while there is something to hand over to them.
func (c *conn) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	r := receiver{c: c, handle: handle, queues: map[store.Address][]*happening{}}
	defer r.workers.Wait()
	for next := c.f.lowest(); ; {
		found, closed, news := c.f.since(next)
		next += len(found)
		for _, h := range found {
			r.add(ctx, h)
		}
		if closed {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return nil
		}
	}
}

func (f *Fake) lowest() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.log, func(h *happening) bool { return !h.done })
	if i < 0 {
		return len(f.log)
	}
	return i
}

func (f *Fake) since(i int) (found []*happening, closed bool, news <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.log[i:]), f.closed, f.news
}

type receiver struct {
	c       *conn
	handle  func(context.Context, bot.Inbound) error
	workers sync.WaitGroup

	mu     sync.Mutex // guards queues
	queues map[store.Address][]*happening
}

func (r *receiver) add(ctx context.Context, h *happening) {
	r.mu.Lock()
	defer r.mu.Unlock()
	queue, works := r.queues[h.in.From]
	r.queues[h.in.From] = append(queue, h)
	if !works {
		r.workers.Go(func() { r.work(ctx, h.in.From) })
	}
}

func (r *receiver) work(ctx context.Context, a store.Address) {
	for h := r.next(a); h != nil; h = r.next(a) {
		for pause := firstPause; !r.handOver(ctx, h); pause = min(2*pause, longPause) {
			if !wait(ctx, pause) {
				return
			}
		}
	}
}

func (r *receiver) next(a store.Address) *happening {
	r.mu.Lock()
	defer r.mu.Unlock()
	queue := r.queues[a]
	if len(queue) == 0 {
		delete(r.queues, a)
		return nil
	}
	r.queues[a] = queue[1:]
	return queue[0]
}

// handOver hands an event over, and notes that it was handled if the connection
// still counts.
func (r *receiver) handOver(ctx context.Context, h *happening) bool {
	if ctx.Err() != nil || r.handle(ctx, h.in) != nil {
		return false
	}
	f := r.c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == r.c {
		h.done = true
	}
	return true
}

func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Send delivers, unless it meets with a fault.
func (c *conn) Send(ctx context.Context, m bot.Outbound) error {
	if hold := c.f.takeHold(m.To); hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.f.conn != c {
		return errTemporary
	}
	switch c.f.takeFault(m.To) {
	case Later:
		return &bot.LaterError{At: time.Now().Add(LaterBy)}
	case Temporary:
		return errTemporary
	case Refused:
		return bot.ErrRefused
	case Unreachable:
		return bot.ErrUnreachable
	case AmbiguousLost:
		return bot.ErrAmbiguous
	case AmbiguousArrived:
		c.f.arrive(m)
		return bot.ErrAmbiguous
	}
	c.f.arrive(m)
	return nil
}

func (f *Fake) arrive(m bot.Outbound) {
	same := func(n bot.Outbound) bool { return n.ID == m.ID }
	if f.dedups && slices.ContainsFunc(f.arrived[m.To], same) {
		return
	}
	f.arrived[m.To] = append(f.arrived[m.To], m)
}

func (f *Fake) takeHold(a store.Address) chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.holds[a]) == 0 {
		return nil
	}
	hold := f.holds[a][0]
	f.holds[a] = f.holds[a][1:]
	return hold
}

// takeFault gives the next fault of a person. The caller holds the mutex.
func (f *Fake) takeFault(a store.Address) Ability {
	if f.blocked[a] {
		return Unreachable
	}
	if len(f.faults[a]) == 0 {
		return ""
	}
	fault := f.faults[a][0]
	f.faults[a] = f.faults[a][1:]
	return fault
}
