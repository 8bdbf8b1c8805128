package discord

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kintsugi/bot/discord/discordtest"
)

func TestHidingTakesAwayWhatTheBotSaid(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.LimitChannels(true)
		for i := range 20 {
			p.say(fmt.Sprint(i), fmt.Sprint(i), nil)
			w.Say(0, "my own")
		}
		w.FailNext("DELETE /channels/{channel}/messages/{message}", discordtest.Fault{Status: 502}, 1)
		began := time.Now()
		p.Hide(context.Background(), w.Address(0))
		w.wantHeard()
		if took := time.Since(began); took > hideTime {
			t.Errorf("it took %v", took)
		}
		p.Hide(context.Background(), addressOf("x"))
	})
}

func TestHidingIsBoundedInTime(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("a", "one", nil)
		w.FailNext("DELETE /channels/{channel}/messages/{message}", discordtest.Fault{Status: 429, RetryAfter: time.Hour}, 9)
		began := time.Now()
		p.Hide(context.Background(), w.Address(0))
		if took := time.Since(began); took > hideTime {
			t.Errorf("it took %v", took)
		}
	})
}
