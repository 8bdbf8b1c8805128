package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"kintsugi/store"
)

// pruneRows is how many old rows one transaction removes.
const pruneRows = 1000

// startMaintenance prunes old claims now and once an hour, until the function that
// it gives is called.
func startMaintenance(ctx context.Context, s *store.Store, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	prune := func() {
		if err := pruneClaims(ctx, s, time.Now()); err != nil && ctx.Err() == nil {
			log.Warn("old claims could not be pruned; the next try is in an hour", "error", err)
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

// pruneClaims removes what no platform will hand over again, a page at a time.
func pruneClaims(ctx context.Context, s *store.Store, now time.Time) error {
	for more := true; more; {
		err := s.Update(ctx, func(r *store.Records) (err error) {
			more, err = r.PruneClaims(now, pruneRows)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
