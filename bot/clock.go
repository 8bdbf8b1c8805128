package bot

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time: the real one, moved by an offset that may change while
// the service runs. The zero Clock is the real time.
type Clock struct {
	mu     sync.Mutex // guards what follows
	offset time.Duration
	moved  chan struct{} // closed at the next Move; nil until somebody asks
}

// Now is the time by this clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

// Move moves the clock by d, and wakes everybody who waits by it.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
	if c.moved != nil {
		close(c.moved)
		c.moved = nil
	}
}

// Moved gives a channel that is closed at the next Move. Whoever waits for a time
// asks for it before asking what time it is.
func (c *Clock) Moved() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moved == nil {
		c.moved = make(chan struct{})
	}
	return c.moved
}

// Until waits until the clock shows t, or until ctx ends: then it returns the
// error of ctx.
func (c *Clock) Until(ctx context.Context, t time.Time) error {
	for {
		moved := c.Moved()
		left := t.Sub(c.Now())
		if left <= 0 {
			return ctx.Err()
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-moved:
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// Pause waits for d by the clock, or until ctx ends.
func (c *Clock) Pause(ctx context.Context, d time.Duration) error {
	return c.Until(ctx, c.Now().Add(d))
}
