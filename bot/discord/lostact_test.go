package discord

import (
	"context"
	"testing"
	"time"

	"kintsugi/bot"
)

func TestACommandThatACrashLostIsTakenUpAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(_ context.Context, in bot.Inbound) error {
			if in.Event.Text != "hello" {
				return errNotNow
			}
			return nil
		})
		w.Say(0, "hello")
		w.Command(0, "journal", "today")
		p.want("hello", "/journal today")
		before := p.inbound()[1]
		p.stop()
		after(10 * time.Minute)
		p = w.run(nil)
		p.want("/journal")
		got := p.inbound()[0]
		if got.ID != before.ID || got.From != before.From || got.User != before.User || got.Language != before.Language {
			t.Errorf("came as %+v, and before as %+v", got, before)
		}
		p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = got.Handle })
		after(time.Second)
		w.wantHeard("Here it is.")
		if w.Thinking(0) != 0 {
			t.Error("it still thinks")
		}
	})
}

func TestACommandIsTakenUpAgainOnlyWhileItThinks(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(context.Context, bot.Inbound) error { return errNotNow })
		w.Command(0, "journal", "")
		p.want("/journal")
		p.stop()
		after(answerTime)
		p = w.run(nil)
		p.want()
	})
}

func TestACommandThatIsBeingHandledIsNotTakenUpAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(ctx context.Context, in bot.Inbound) error {
			return (&bot.Clock{}).Pause(ctx, 20*time.Second) // the engine is slow
		})
		w.Command(0, "journal", "today")
		after(time.Second)
		w.Invalidate(false)
		after(10 * time.Second)
		w.Command(0, "start", "anew")
		after(2 * time.Minute)
		p.want("/journal today", "/start anew")
	})
}
