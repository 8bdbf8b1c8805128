// Command kintsugi is a private chat companion for people who are mending trust.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones, on machines that have none
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], world{
		in: os.Stdin, out: os.Stdout, errs: os.Stderr, env: os.Getenv,
	})
	stop()
	os.Exit(code)
}
