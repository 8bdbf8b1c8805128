package main

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/coach"
	"kintsugi/store"
)

// runCommand is `kintsugi run`.
type runCommand struct {
	Config string `help:"The configuration." type:"path" placeholder:"FILE" env:"KINTSUGI_CONFIG"`
}

// Run serves until it is told to stop, or until every platform has ended.
func (c *runCommand) Run(ctx context.Context, w world) (err error) {
	config, err := loadConfig(c.Config, w.env)
	if err != nil {
		return err
	}
	if !config.AnyOn() {
		return &configError{[]string{noPlatform}}
	}
	book, err := loadBook(config.Flows.Dir, w)
	if err != nil {
		return err
	}
	spareCollector(w.env)
	log := newLog(config.Log, w)
	s, err := openStore(ctx, config.Data.Dir, config.Key.File, w.env, func(what string) { log.Warn(what) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return serve(ctx, config, w, s, book, log)
}

// settled is how long after its start the program reads the coach's words, if nobody has
// written before: it takes a second, which nobody should wait for, and not the start.
const settled = 3 * time.Second

// serve serves the platforms of a configuration.
func serve(ctx context.Context, c Config, w world, s *store.Store, book *flows.Book, log *slog.Logger) error {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return err
	}
	on := c.platforms(w, s, book, log)
	service := bot.New(bot.Options{
		Store: s, Steps: book, Platforms: on, Zone: zone, Log: log, Allow: c.Allow.allow(), Clock: w.clock,
	})
	defer startMaintenance(ctx, s, log)()
	stop, err := listen(ctx, c.Listen, watched{service, s}, log)
	if err != nil {
		return err
	}
	defer stop()
	log.Info("serving", "data", c.Data.Dir, "platforms", names(on))
	defer time.AfterFunc(settled, func() { coach.English() }).Stop()
	return service.Run(ctx)
}

// spareCollector lets the heap grow to three times what is in use, not twice, before it is
// cleaned: it is some 10 MB, and cleaning it is a good part of a turn under load. An
// operator's own GOGC holds.
func spareCollector(env func(string) string) {
	if env("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}

func names(platforms []bot.Platform) string {
	var all []string
	for _, p := range platforms {
		all = append(all, p.Name())
	}
	return strings.Join(all, " ")
}

func newLog(c LogConfig, w world) *slog.Logger {
	level, _ := logLevel(c.Level) // Validate has seen it
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w.errs, o))
	}
	return slog.New(slog.NewTextHandler(w.errs, o))
}
