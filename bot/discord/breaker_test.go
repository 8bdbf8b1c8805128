package discord

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
)

func TestABurstOfRefusalsStopsTheCallsForAWhile(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Bar(0, codeCannotMessage)
		for i := range maxRefusals {
			p.trySay(fmt.Sprint(i), "hello", nil)
		}
		later := (*bot.LaterError)(nil)
		if err := p.trySay("x", "hello", nil); !errors.As(err, &later) || time.Until(later.At) != breakerPause {
			t.Errorf("the error is %v", err)
		}
		if n := w.Calls(post); n != maxRefusals {
			t.Errorf("%d calls", n)
		}
		if n := w.log.count("too many calls refused"); n != 1 {
			t.Errorf("logged %d times", n)
		}
		w.Command(0, "journal", "") // is acknowledged all the same
		p.want("/journal")
		after(breakerPause)
		w.Unblock(0)
		p.say("x", "hello", nil)
		if w.Unanswered() != 0 {
			t.Error("an act was not answered")
		}
	})
}

func TestFewRefusalsStopNothing(t *testing.T) {
	b := newBreaker(&bot.Clock{}, New(Options{Words: fewWords{}}).log)
	synctest.Test(t, func(t *testing.T) {
		for range 20 * maxRefusals {
			b.note(http.StatusForbidden)
			b.note(http.StatusOK)
			b.note(http.StatusBadGateway)
			after(2 * time.Second)
			if _, open := b.open(); open {
				t.Fatal("it stops the calls")
			}
		}
	})
}
