package discord

import (
	"context"
	"sync"
	"time"
)

const (
	laneSize    = 256 // what waits at a time; more is left undone
	laneWorkers = 4
	laneTime    = 30 * time.Second // for one of them
)

// lane does in the background what may as well be left undone: a reply never waits for
// it.
type lane struct{ waiting chan func(context.Context) }

func newLane() *lane { return &lane{make(chan func(context.Context), laneSize)} }

// try has f done, unless too much is waiting.
func (l *lane) try(f func(context.Context)) {
	select {
	case l.waiting <- f:
	default:
	}
}

// work does what is waiting, until ctx ends.
func (l *lane) work(ctx context.Context) {
	var workers sync.WaitGroup
	defer workers.Wait()
	for range laneWorkers {
		workers.Go(func() {
			for {
				select {
				case f := <-l.waiting:
					l.do(ctx, f)
				case <-ctx.Done():
					return
				}
			}
		})
	}
}

func (l *lane) do(ctx context.Context, f func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, laneTime)
	defer cancel()
	f(ctx)
}
