package discord

import (
	"context"
	"sync"
	"time"

	"kintsugi/bot"
)

const (
	thinkTime  = 30 * time.Second // for which "thinking" stands after a turn without a message
	sweepPause = 5 * time.Second
)

// pending are the slash commands whose answer stands there as "thinking".
type pending struct {
	clock *bot.Clock

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
	return &pending{clock: clock, acts: map[string]*pendingAct{}}
}

// open says that "thinking" stands there.
func (p *pending) open(h handle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.acts[h.token] == nil {
		p.acts[h.token] = &pendingAct{handle: h}
	}
}

// handled says that the turn is over.
func (p *pending) handled(h handle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.acts[h.token]; a != nil {
		a.due = p.clock.Now().Add(thinkTime)
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

// sweep takes away what nothing took the place of, until ctx ends.
func (p *pending) sweep(ctx context.Context, away func(context.Context, handle)) {
	for p.clock.Pause(ctx, sweepPause) == nil {
		for _, h := range p.stale() {
			away(ctx, h)
		}
	}
}

// stale gives what is to be taken away, and forgets what can't be edited any more.
func (p *pending) stale() []handle {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	var stale []handle
	for token, a := range p.acts {
		switch {
		case !now.Before(a.until):
			delete(p.acts, token)
		case !a.taken && !a.away && !a.due.IsZero() && !now.Before(a.due):
			a.away = true
			stale = append(stale, a.handle)
		}
	}
	return stale
}
