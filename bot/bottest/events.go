package bottest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
)

var errNotNow = errors.New("not now")

func testOrder(t *testing.T, s *side) {
	var busy atomic.Int32
	l := s.listen(func(context.Context, bot.Inbound) error {
		if busy.Add(1) > 1 {
			t.Error("an event was handed over while the one before was being handled")
		}
		defer busy.Add(-1)
		return nil
	})
	texts := []string{"one", "two", "three", "four", "five", "*six* <b>", "七 🙂 שלום"}
	for _, text := range texts {
		s.Say(0, text)
	}
	ids := map[string]bool{}
	for _, text := range texts {
		in := l.next()
		want := bot.Inbound{
			ID: in.ID, From: s.Address(0), User: in.User, Language: in.Language, Handle: in.Handle,
			Event: flows.Event{Kind: flows.Said, Text: text},
		}
		if in != want {
			t.Errorf("handed over %+v, want %+v", in, want)
		}
		if in.ID == "" || ids[in.ID] {
			t.Errorf("the ID %q is empty or not unique", in.ID)
		}
		ids[in.ID] = true
	}
}

func testAlongside(t *testing.T, s *side) {
	s.need(ManyPeople)
	first := s.Address(0)
	g := newGate()
	t.Cleanup(g.release)
	l := s.listen(func(_ context.Context, in bot.Inbound) error {
		if in.From == first {
			<-g.open
		}
		return nil
	})
	s.Say(0, "I take long")
	l.next()
	s.Say(0, "and there is more")
	s.Say(1, "hello")
	if in := l.next(); in.From != s.Address(1) {
		t.Errorf("handed over %+v before the one before was handled", in)
	}
	g.release()
	if in := l.next(); in.Event.Text != "and there is more" {
		t.Errorf("handed over %+v", in)
	}
}

func testComesAgain(t *testing.T, s *side) {
	var refusals atomic.Int32
	l := s.listen(func(context.Context, bot.Inbound) error {
		if refusals.Add(1) <= 2 {
			return errNotNow
		}
		return nil
	})
	s.Say(0, "first")
	s.Say(0, "second")
	first := l.next()
	for range 2 {
		if again := l.next(); again != first {
			t.Errorf("handed over %+v, want %+v again", again, first)
		}
	}
	if in := l.next(); in.Event.Text != "second" {
		t.Errorf("handed over %+v, want the second", in)
	}
}

func testRestart(t *testing.T, s *side) {
	s.need(Restarts)
	l := s.listen(func(ctx context.Context, in bot.Inbound) error {
		if in.Event.Text == "handled" {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	})
	s.Say(0, "handled")
	s.Say(0, "not handled")
	l.next()
	lost := l.next()
	l.stop()
	s.p = s.Restart(t)
	l = s.listen(handled)
	s.Say(0, "new")
	in := l.next()
	if in.Event.Text == "handled" { // it may have been too late to say that it was
		in = l.next()
	}
	if in != lost {
		t.Errorf("handed over %+v, want %+v again", in, lost)
	}
	if in := l.next(); in.Event.Text != "new" {
		t.Errorf("handed over %+v, want the new one", in)
	}
}

func testEnds(t *testing.T, s *side) {
	l := s.listen(handled)
	s.Say(0, "hello")
	l.next()
	l.stop()
}

func testEndsAfterHandling(t *testing.T, s *side) {
	var handling atomic.Bool
	l := s.listen(func(ctx context.Context, _ bot.Inbound) error {
		handling.Store(true)
		defer handling.Store(false)
		<-ctx.Done()
		return nil
	})
	s.Say(0, "hello")
	l.next()
	l.stop()
	if handling.Load() {
		t.Error("receiving ended while an event was being handled")
	}
}
