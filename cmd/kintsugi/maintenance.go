package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"kintsugi/store"
)

// pruneRows is how many old rows one transaction removes.
const pruneRows = 1000

// startMaintenance prunes old claims and codes now and once an hour, until the function
// that it gives is called.
func startMaintenance(ctx context.Context, s *store.Store, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	prune := func() {
		now := time.Now()
		err := errors.Join(
			pruneAll(ctx, s, now, (*store.Records).PruneClaims),
			pruneAll(ctx, s, now, (*store.Records).PruneCodes),
		)
		if err != nil && ctx.Err() == nil {
			log.Warn("old claims and codes could not be pruned; the next try is in an hour", "error", err)
		}
	}
	jobs := cron.New()
	jobs.Schedule(cron.Every(time.Hour), cron.FuncJob(prune))
	jobs.Start()
	first := make(chan struct{})
	go func() {
		defer close(first)
		prune()
	}()
	return func() {
		cancel()
		<-first
		<-jobs.Stop().Done()
	}
}

// pruneAll removes rows that are of no use any more, a page at a time.
func pruneAll(ctx context.Context, s *store.Store, now time.Time, prune func(*store.Records, time.Time, int) (more bool, err error)) error {
	for more := true; more; {
		err := s.Update(ctx, func(r *store.Records) (err error) {
			more, err = prune(r, now, pruneRows)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
