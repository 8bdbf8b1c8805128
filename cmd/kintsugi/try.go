package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/terminal"
	"kintsugi/store"
	"kintsugi/store/bolt"
)

// tryCommand is `kintsugi try`.
type tryCommand struct {
	Demo  bool   `help:"Only look on: a minute of two people, played by itself. Nothing is kept." xor:"data,fresh,flows"`
	Data  string `help:"The folder that the trial is kept in." type:"path" placeholder:"DIR" xor:"data"`
	Fresh bool   `help:"Forget the last trial and begin anew." xor:"fresh"`
	Flows string `help:"A folder of your own flows." type:"existingdir" placeholder:"DIR" xor:"flows"`
}

// trialKey is the key file's name. A trial keeps it beside the data: it is meant
// to be thrown away.
const trialKey = "kintsugi.key"

// Run chats in the terminal.
func (c *tryCommand) Run(ctx context.Context, w world) (err error) {
	if c.Demo {
		return playDemo(ctx, w)
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	book, err := loadBook(c.Flows, w)
	if err != nil {
		return err
	}
	if c.Fresh {
		if err := forget(dir); err != nil {
			return err
		}
	}
	s, err := openStore(ctx, dir, filepath.Join(dir, trialKey), w.env, func(string) {})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	clock, err := restoreClock(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.errs, "A trial, kept in %s. :help says how to steer it, :quit leaves.\n\n", dir)

	steering := &steering{ctx: ctx, store: s, clock: clock}
	var service *bot.Service
	chat := chatOptions(w, book, dir)
	chat.Clock, chat.Steer, chat.Photos, chat.Several = clock, steering.steer, true, true
	chat.Ready = func(ctx context.Context) error { return service.CatchUp(ctx) }
	log := slog.New(slog.NewTextHandler(w.errs, &slog.HandlerOptions{Level: slog.LevelWarn}))
	service = bot.New(bot.Options{
		Store: s, Steps: book, Platforms: []bot.Platform{terminal.New(w.in, w.out, chat)},
		Clock: clock, Zone: time.Local, Log: log,
	})
	steering.service = service
	defer startMaintenance(ctx, s, log)()
	return service.Run(ctx)
}

// folder is where the trial is kept: where it was told, or in the user's own
// configuration folder.
func (c *tryCommand) folder() (string, error) {
	if c.Data != "" {
		return c.Data, nil
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder of your own to keep the trial in; name one with --data: %w", err)
	}
	return filepath.Join(base, "kintsugi-try"), nil
}

// forget removes the files of an earlier trial, and nothing else in the folder. A
// file that is not ours, or that is in use, stays.
func forget(dir string) error {
	path := filepath.Join(dir, dataFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db, err := bolt.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := db.Close(); err != nil {
		return err
	}
	for _, name := range []string{dataFile, trialKey} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("forgetting the last trial: %w", err)
		}
	}
	return nil
}

// clockCursor is where the trial's clock is kept.
const clockCursor = "trial-clock"

// restoreClock gives the clock, as far ahead as it was when the trial was left.
func restoreClock(ctx context.Context, s *store.Store) (*bot.Clock, error) {
	clock := &bot.Clock{}
	var kept []byte
	err := s.View(ctx, func(r *store.Records) (err error) {
		kept, err = r.Cursor(clockCursor)
		return err
	})
	if err != nil || kept == nil {
		return clock, err
	}
	ahead, err := time.ParseDuration(string(kept))
	if err != nil {
		return nil, fmt.Errorf("the trial's clock: %w", err)
	}
	clock.Move(ahead)
	return clock, nil
}
