package discord

import (
	"context"
	"sync"
	"time"

	"kintsugi/bot"
)

const thinkTime = 30 * time.Second // for which "thinking" stands after a turn without a message

// pending are the slash commands whose answer stands there as "thinking".
type pending struct {
	clock *bot.Clock
	news  chan struct{} // something may be due sooner than it was

	mu   sync.Mutex // guards what follows
	acts map[string]*pendingAct
}

type pendingAct struct {
	handle
	due   time.Time // when it is taken away; zero while the turn goes on
	taken bool      // a message has it, or had it
	away  bool      // it was taken away
}

func newPending(clock *bot.Clock) *pending {
	return &pending{clock: clock, news: make(chan struct{}, 1), acts: map[string]*pendingAct{}}
}

// open says that "thinking" stands there.
func (p *pending) open(h handle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.acts[h.token] == nil {
		p.acts[h.token] = &pendingAct{handle: h}
		p.tell()
	}
}

// handled says that the turn is over.
func (p *pending) handled(h handle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.acts[h.token]; a != nil {
		a.due = p.clock.Now().Add(thinkTime)
		p.tell()
	}
}

// tell says that there is news.
func (p *pending) tell() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// take has a message take the place of "thinking", unless it is too late for that. It
// may be taken again by the same message: an edit can be repeated. One of an earlier run
// of the program is not known, and may be there.
func (p *pending) take(h handle) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.acts[h.token]
	if a == nil {
		return h.token != "" && p.clock.Now().Before(h.until)
	}
	a.taken = true
	return !a.away && p.clock.Now().Before(h.until)
}

// sweep takes away what nothing took the place of, until ctx ends. It sleeps until
// something is due, which is for good while nothing is pending.
func (p *pending) sweep(ctx context.Context, away func(context.Context, handle)) {
	for {
		moved := p.clock.Moved()
		stale, next := p.stale()
		for _, h := range stale {
			away(ctx, h)
		}
		if !p.sleep(ctx, moved, next) {
			return
		}
	}
}

// sleep waits until a time, of which zero is never, or until there is news or the clock
// moves. It says so when ctx has ended.
func (p *pending) sleep(ctx context.Context, moved <-chan struct{}, next time.Time) bool {
	var due <-chan time.Time
	if !next.IsZero() {
		timer := time.NewTimer(next.Sub(p.clock.Now()))
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
	case <-moved:
	case <-p.news:
	case <-ctx.Done():
	}
	return ctx.Err() == nil
}

// stale gives what is to be taken away, and forgets what can't be edited any more. next
// is when there is something to be done again, zero if nothing is left.
func (p *pending) stale() (stale []handle, next time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	for token, a := range p.acts {
		if !now.Before(a.until) {
			delete(p.acts, token)
			continue
		}
		if a.waits() && !now.Before(a.due) {
			a.away = true
			stale = append(stale, a.handle)
		}
		if at := a.next(); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return stale, next
}

// waits says that it is to be taken away when it is due.
func (a *pendingAct) waits() bool { return !a.taken && !a.away && !a.due.IsZero() }

// next is when there is something to be done about it.
func (a *pendingAct) next() time.Time {
	if a.waits() && a.due.Before(a.until) {
		return a.due
	}
	return a.until
}
