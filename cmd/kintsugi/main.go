// Command kintsugi is a private chat companion for people who are mending trust.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones, on machines that have none

	"kintsugi/bot"
)

func main() { os.Exit(runBy(nil)) }

// runBy runs the program by a clock, nil for the real one, and gives its exit code.
func runBy(clock *bot.Clock) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, os.Args[1:], world{
		in: os.Stdin, out: os.Stdout, errs: os.Stderr, env: os.Getenv, clock: clock,
	})
}
