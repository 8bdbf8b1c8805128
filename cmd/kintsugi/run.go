package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/terminal"
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
	if !config.Terminal.Enabled {
		return &configError{[]string{"no platform is enabled: set terminal.enabled to true"}}
	}
	book, err := loadBook(config.Flows.Dir, w)
	if err != nil {
		return err
	}
	log := newLog(config.Log, w)
	s, err := openStore(ctx, config.Data.Dir, config.Key.File, w.env, func(what string) { log.Warn(what) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	zone, err := time.LoadLocation(config.Zone)
	if err != nil {
		return err
	}
	chat := chatOptions(w, book, config.Data.Dir)
	service := bot.New(bot.Options{Store: s, Steps: book, Platforms: []bot.Platform{terminal.New(w.in, w.out, chat)}, Zone: zone, Log: log})
	stop := startMaintenance(ctx, s, log)
	defer stop()
	log.Info("serving", "data", config.Data.Dir, "platforms", "terminal")
	return service.Run(ctx)
}

func newLog(c LogConfig, w world) *slog.Logger {
	level, _ := logLevel(c.Level) // Validate has seen it
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w.errs, o))
	}
	return slog.New(slog.NewTextHandler(w.errs, o))
}
