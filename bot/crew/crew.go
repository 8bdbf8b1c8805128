// Package crew runs functions on goroutines that it keeps for the next ones. A turn and a
// send go deep, and a goroutine that is new each time grows its stack each time, which
// costs as much as a tenth of the whole.
package crew

import "sync"

// Crew runs functions, each on a goroutine of its own. The zero Crew is ready. It is safe
// for concurrent use.
type Crew struct {
	busy sync.WaitGroup // functions
	all  sync.WaitGroup // goroutines

	mu   sync.Mutex    // guards what follows
	idle []chan func() // of those that have nothing to do, the last one rested least
	over bool          // none is kept any more
}

// rest is how many goroutines are kept that have nothing to do. Each holds some 16 KB.
const rest = 128

// Go runs f alongside.
func (c *Crew) Go(f func()) {
	c.busy.Add(1)
	c.mu.Lock()
	n := len(c.idle)
	if n == 0 {
		c.mu.Unlock()
		c.all.Go(func() { c.work(f) })
		return
	}
	next := c.idle[n-1]
	c.idle = c.idle[:n-1]
	c.mu.Unlock()
	next <- f
}

func (c *Crew) work(f func()) {
	next := make(chan func(), 1)
	for f != nil {
		f()
		kept := c.rests(next)
		c.busy.Done()
		if !kept {
			return
		}
		f = <-next
	}
}

// rests takes a goroutine among those that are kept, if it can be.
func (c *Crew) rests(next chan func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over || len(c.idle) >= rest {
		return false
	}
	c.idle = append(c.idle, next)
	return true
}

// Wait waits until nothing runs, and lets go of the goroutines: those that still come
// are not kept. A function that runs may have others run meanwhile, and nobody else may.
func (c *Crew) Wait() {
	c.busy.Wait()
	c.dismiss()
	c.all.Wait()
}

func (c *Crew) dismiss() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	for _, next := range c.idle {
		close(next)
	}
	c.idle = nil
}
