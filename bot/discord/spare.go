package discord

import (
	"context"
	"sync"
	"time"

	"kintsugi/bot"
)

const maxSpare = 10_000 // limits remembered at a time

// spare remembers before which time a call would only be refused.
type spare struct {
	mu    sync.Mutex // guards until
	until map[string]time.Time
}

func newSpare() *spare { return &spare{until: map[string]time.Time{}} }

func (s *spare) set(bucket string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.until) >= maxSpare {
		clear(s.until) // what is forgotten is told again, with the next answer
	}
	s.until[bucket] = until
}

// get gives the time until which a bucket is empty, and forgets it when it has passed.
func (s *spare) get(bucket string, now time.Time) (until time.Time, empty bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	until, known := s.until[bucket]
	if known && !now.Before(until) {
		delete(s.until, bucket)
		return time.Time{}, false
	}
	return until, known
}

// wait waits until a bucket has something again, or until ctx ends.
func (s *spare) wait(ctx context.Context, clock *bot.Clock, bucket string) error {
	if until, empty := s.get(bucket, clock.Now()); empty {
		return clock.Until(ctx, until)
	}
	return ctx.Err()
}
