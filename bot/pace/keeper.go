package pace

import (
	"container/list"
	"context"

	"kintsugi/store"
)

// asker is one call of Wait.
type asker struct {
	chat  *chat
	lane  store.Lane
	place *list.Element // among those who ask
	goes  chan struct{} // closed when it may go
	keeps chan struct{} // told when it is to keep the time
}

// ask puts a message behind the others of its chat.
func (p *Pacer) ask(lane store.Lane, id string) *asker {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	c := p.chat(id, now)
	a := &asker{chat: c, lane: lane, goes: make(chan struct{}), keeps: make(chan struct{}, 1)}
	a.place = p.asking.PushBack(a)
	before := c.lane()
	c.add(a)
	if len(c.queue) == 1 || c.lane() != before {
		p.place(c, now)
	}
	p.tend()
	return a
}

// tend lets go whoever may go, and sees to it that somebody keeps the time for those who
// may not, and wakes in time.
func (p *Pacer) tend() {
	p.release(p.clock.Now())
	switch {
	case p.asking.Len() == 0:
	case p.keeper == nil:
		// Who came last is likely to stay for longest.
		p.keeper = p.asking.Back().Value.(*asker)
		p.keeper.keeps <- struct{}{}
	case p.wake != nil && p.next.Before(p.due):
		p.rouse()
	}
}

// rouse wakes the keeper if it sleeps.
func (p *Pacer) rouse() {
	if p.wake != nil {
		p.wake()
		p.wake = nil
	}
}

// forget takes somebody off those who ask. A keeper is one no longer.
func (p *Pacer) forget(a *asker) {
	p.asking.Remove(a.place)
	a.place = nil
	if p.keeper == a {
		p.keeper = nil
		p.rouse()
	}
}

// keep keeps the time until a may go or ctx ends.
func (p *Pacer) keep(ctx context.Context, a *asker) error {
	for p.sleep(ctx, a) {
		if err := ctx.Err(); err != nil {
			return p.leave(a, err)
		}
	}
	return nil
}

// sleep sleeps until somebody may go. It says whether a is still the keeper, which it is
// until it may go itself.
func (p *Pacer) sleep(ctx context.Context, a *asker) bool {
	ctx, wake := context.WithCancel(ctx)
	defer wake()
	p.mu.Lock()
	p.tend()
	keeps, due := p.keeper == a, p.next
	if keeps {
		p.due, p.wake = due, wake
	}
	p.mu.Unlock()
	if keeps {
		_ = p.clock.Until(ctx, due) // whatever ends it, tend looks again
	}
	return keeps
}

// leave takes back what was asked, unless it may go already.
func (p *Pacer) leave(a *asker, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a.place == nil {
		return nil
	}
	p.forget(a)
	c, now := a.chat, p.clock.Now()
	first, before := c.queue[0], c.lane()
	c.remove(a)
	if first == a || c.lane() != before {
		p.place(c, now)
	}
	p.tend()
	return err
}
