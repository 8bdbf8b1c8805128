package discord

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/bot/pace"
	"kintsugi/flows"
)

func TestRetryAfterIsReadWithItsFraction(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext(post, discordtest.Fault{Status: 429, RetryAfter: 1337 * time.Millisecond}, 1)
		later := (*bot.LaterError)(nil)
		if err := p.trySay("a", "hello", nil); !errors.As(err, &later) || time.Until(later.At) != 1337*time.Millisecond {
			t.Errorf("the error is %v", err)
		}
		before := time.Now()
		p.say("a", "hello", nil) // it waits for so short a time
		if took := time.Since(before); took != 1337*time.Millisecond {
			t.Errorf("it waited %v", took)
		}
	})
}

func TestAChatsLimitIsKeptWithoutARefusal(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.LimitChannels(true)
		for i := range 20 {
			p.say(fmt.Sprint("m", i), fmt.Sprint(i), nil)
		}
		if len(w.heard()) != 20 || w.Limited() != 0 {
			t.Errorf("%d arrived, %d were refused", len(w.heard()), w.Limited())
		}
	})
}

func TestWhereAChatsLimitLastsTheMessageIsPutOff(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext(post, discordtest.Fault{Status: 429, RetryAfter: time.Minute}, 1)
		for range 3 {
			later := (*bot.LaterError)(nil)
			if err := p.trySay("a", "hello", nil); !errors.As(err, &later) || time.Until(later.At) != time.Minute {
				t.Errorf("the error is %v", err)
			}
		}
		if n := w.Calls(post); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestALimitForAllHoldsEverybody(t *testing.T) {
	in(t, func(w *world) {
		w.options.Pace = pace.Limits{PerSecond: 40}
		p := w.run(nil)
		w.FailNext(post, discordtest.Fault{Status: 429, RetryAfter: 3 * time.Second, Global: true}, 1)
		if p.trySay("a", "hello", nil) == nil {
			t.Fatal("it was sent")
		}
		began := time.Now()
		err := p.Send(context.Background(), bot.Outbound{To: w.Address(1), ID: "b", Message: flows.Message{Text: "hello"}})
		if took := time.Since(began); err != nil || took != 3*time.Second {
			t.Errorf("somebody else's message took %v: %v", took, err)
		}
	})
}

func TestMessagesKeepToThePace(t *testing.T) {
	in(t, func(w *world) {
		w.options.Pace = pace.Limits{PerSecond: 40, PerChat: 1}
		p := w.run(nil)
		began := time.Now()
		for i := range 10 {
			p.say(fmt.Sprint(i), fmt.Sprint(i), nil)
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}
