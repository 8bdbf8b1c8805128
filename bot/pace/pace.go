// Package pace keeps messages to the pace that a platform allows: so many a second in
// all, and so many to one chat. Replies go before nudges.
//
// After a rest some replies go at once: a fifth of a second's worth in all, and three to
// one chat. A nudge goes only when so many replies could, and all nudges together take
// at most four fifths of the pace: a reply hardly ever finds that nudges have used it
// up, however many of them wait.
//
// # Caveats
//
// Nudges wait for as long as replies take up the whole pace. A nudge that has a reply to
// the same chat behind it goes as a reply does, so that the order is kept.
package pace

import (
	"container/list"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"kintsugi/bot"
	"kintsugi/store"
)

const (
	burstPart   = 5   // of a second: what may go at once in all
	chatBurst   = 3   // what may go at once to one chat
	nudgesShare = 0.8 // of the pace in all
)

// Limits are messages a second. 0 is no limit.
type Limits struct{ PerSecond, PerChat float64 }

// Pacer keeps messages to some limits. It is safe for concurrent use, and has no
// goroutine of its own: one of those who wait keeps the time for all.
type Pacer struct {
	clock   *bot.Clock
	perChat float64
	free    bool        // there are no limits
	held    atomic.Bool // hold may lie ahead

	mu     sync.Mutex // guards what follows
	hold   time.Time  // nothing goes before
	all    bucket
	nudges bucket
	chats  map[string]*chat
	many   int          // chats from which on those at rest are forgotten
	ready  [2]list.List // of *chat, in order: they wait for all the others only; by lane
	later  agenda       // chats that have had their share for now
	asking list.List    // of *asker, in order

	keeper *asker             // keeps the time; nil if nobody asks
	next   time.Time          // when somebody may go
	due    time.Time          // until when the keeper sleeps
	wake   context.CancelFunc // wakes the keeper; nil if it is awake
}

// New makes a Pacer. clock is the real time if nil.
func New(limits Limits, clock *bot.Clock) *Pacer {
	if clock == nil {
		clock = &bot.Clock{}
	}
	return &Pacer{
		clock:   clock,
		perChat: limits.PerChat,
		free:    limits.PerSecond <= 0 && limits.PerChat <= 0,
		all:     newBucket(limits.PerSecond, int(limits.PerSecond/burstPart)),
		nudges:  newBucket(limits.PerSecond*nudgesShare, 1),
		chats:   map[string]*chat{},
		many:    fewChats,
	}
}

// Wait waits until one message of a lane may go to a chat, or until ctx ends: then it
// returns the error of ctx, and the message counts for nothing. Messages of one chat
// are let go in the order of asking.
func (p *Pacer) Wait(ctx context.Context, lane store.Lane, chat string) error {
	if err := ctx.Err(); err != nil || p.free && !p.held.Load() {
		return err
	}
	a := p.ask(lane, chat)
	select {
	case <-a.goes:
		return nil
	case <-a.keeps:
		return p.keep(ctx, a)
	case <-ctx.Done():
		return p.leave(a, ctx.Err())
	}
}

// Hold lets nothing go until a time: the platform said so of everything.
func (p *Pacer) Hold(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold = latest(p.hold, until)
	p.held.Store(true)
}

// release lets go whoever may go now, and finds out when somebody may again.
func (p *Pacer) release(now time.Time) {
	p.next = p.hold
	p.held.Store(p.hold.After(now))
	if p.hold.After(now) {
		return
	}
	for len(p.later) > 0 && !p.later[0].when.After(now) {
		p.place(p.later[0], now)
	}
	for c := p.pick(now); c != nil; c = p.pick(now) {
		p.letGo(c, now)
	}
}

// pick gives the chat that is next, if it may go now. Otherwise next says when somebody
// may.
func (p *Pacer) pick(now time.Time) *chat {
	lane := store.ReplyLane
	if p.ready[lane].Len() == 0 {
		lane = store.NudgeLane
	}
	p.next = time.Time{}
	if first := p.ready[lane].Front(); first != nil {
		p.next = p.turn(lane)
		if !p.next.After(now) {
			return first.Value.(*chat)
		}
	}
	if len(p.later) > 0 && (p.next.IsZero() || p.later[0].when.Before(p.next)) {
		p.next = p.later[0].when
	}
	return nil
}

// turn is when the next message of a lane may go, whichever chat it is to.
func (p *Pacer) turn(lane store.Lane) time.Time {
	if lane == store.ReplyLane {
		return p.all.at(false)
	}
	return latest(p.all.at(true), p.nudges.at(true))
}

// letGo lets the first message go that waits for a chat.
func (p *Pacer) letGo(c *chat, now time.Time) {
	a := c.queue[0]
	p.all.take(now)
	c.take(now)
	if a.lane == store.NudgeLane {
		p.nudges.take(now)
	}
	c.remove(a)
	p.forget(a)
	close(a.goes)
	p.place(c, now)
}
