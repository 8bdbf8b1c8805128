package discord

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"kintsugi/bot"
)

const (
	maxRefusals    = 500 // in ten minutes; at 10,000 Discord shuts the address out
	breakerMinutes = 10
	breakerPause   = 5 * time.Minute
)

// breaker stops the calls for a while after a burst of refusals.
type breaker struct {
	clock *bot.Clock
	log   *slog.Logger

	mu     sync.Mutex            // guards what follows
	counts [breakerMinutes]int   // refusals by minute
	minute [breakerMinutes]int64 // which minute that was
	until  time.Time
}

func newBreaker(clock *bot.Clock, log *slog.Logger) *breaker {
	return &breaker{clock: clock, log: log}
}

// open says whether no calls are to be made, and until when.
func (b *breaker) open() (until time.Time, open bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.until, b.clock.Now().Before(b.until)
}

// note counts the status of an answer.
func (b *breaker) note(status int) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	if b.count(now) < maxRefusals || now.Before(b.until) {
		return
	}
	b.until = now.Add(breakerPause)
	b.counts = [breakerMinutes]int{}
	b.log.Error("too many calls refused: no calls for a while",
		"refused", maxRefusals, "within", breakerMinutes*time.Minute, "pause", breakerPause)
}

// count adds a refusal and gives how many there were lately. The caller holds the mutex.
func (b *breaker) count(now time.Time) int {
	this := now.Unix() / 60
	slot := this % breakerMinutes
	if b.minute[slot] != this {
		b.minute[slot], b.counts[slot] = this, 0
	}
	b.counts[slot]++
	sum := 0
	for i, n := range b.counts {
		if this-b.minute[i] < breakerMinutes {
			sum += n
		}
	}
	return sum
}
