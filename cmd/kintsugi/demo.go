package main

import (
	"context"
	_ "embed"
)

//go:embed demo.txt
var demoText string

// playDemo shows two people and their chats. All of it is played first, which takes a
// moment, and then shown at the pace of somebody who reads.
func playDemo(ctx context.Context, w world) error {
	book, err := loadBook("", w)
	if err != nil {
		return err
	}
	script, err := readDemo(demoText)
	if err != nil {
		return err
	}
	moments, err := script.play(ctx, book)
	if ctx.Err() != nil {
		return nil // whoever looks on has left
	}
	if err != nil {
		return err
	}
	return newDemoPage(w.out, script.names()).show(ctx, moments)
}
