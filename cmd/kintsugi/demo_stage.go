package main

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// demoStage is the platform of a demo: what its people do comes from a script, and what
// comes to them is put down. An event that could not be handled ends the demo, and is not
// handed over again.
type demoStage struct {
	acts    chan bot.Inbound
	handled chan error // what became of each act
	count   int        // acts so far

	mu   sync.Mutex // guards came
	came map[store.Address][]flows.Message
}

const demoPlatform = "demo"

func newDemoStage() *demoStage {
	return &demoStage{
		acts: make(chan bot.Inbound), handled: make(chan error, 1),
		came: map[store.Address][]flows.Message{},
	}
}

func demoAddress(name string) store.Address {
	return store.Address{Platform: demoPlatform, ID: strings.ToLower(name)}
}

// Name implements bot.Platform.
func (s *demoStage) Name() string { return demoPlatform }

// Receive implements bot.Platform.
func (s *demoStage) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	for {
		select {
		case in := <-s.acts:
			s.handled <- handle(ctx, in)
		case <-ctx.Done():
			return nil
		}
	}
}

// Send implements bot.Platform.
func (s *demoStage) Send(_ context.Context, m bot.Outbound) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.came[m.To] = append(s.came[m.To], m.Message)
	return nil
}

// act has somebody do something, and waits until it is handled. One act at a time.
func (s *demoStage) act(ctx context.Context, from store.Address, e flows.Event) error {
	s.count++
	select {
	case s.acts <- bot.Inbound{ID: strconv.Itoa(s.count), From: from, Event: e}:
		return <-s.handled
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take gives what came to somebody since it was taken last.
func (s *demoStage) take(to store.Address) []flows.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	came := s.came[to]
	delete(s.came, to)
	return came
}
