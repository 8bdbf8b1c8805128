package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
)

func TestAnUpdateIsConfirmedOnlyWhenItWasHandled(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		open := make(chan struct{})
		h := &handler{answer: func(ctx context.Context, in bot.Inbound) error {
			if in.Event.Text == "slow" {
				<-open
			}
			return nil
		}}
		for i, text := range []string{"quick", "slow", "behind"} {
			w.Say(i, text)
		}
		receive(t, w.start(), h)
		pass(time.Minute)
		if n := w.Unconfirmed(); n != 2 {
			t.Errorf("%d updates are not confirmed, want the slow one and the one behind it", n)
		}
		if h.count() != 3 {
			t.Errorf("handed over %s", h.texts())
		}
		close(open)
		pass(time.Second)
		if n := w.Unconfirmed(); n != 0 {
			t.Errorf("%d updates are not confirmed", n)
		}
	})
}

func TestOthersAreServedWhileOneTurnTakesLong(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		stuck := make(chan struct{})
		h := &handler{answer: func(_ context.Context, in bot.Inbound) error {
			if in.Event.Text == "stuck" {
				<-stuck
			}
			return nil
		}}
		w.Say(0, "stuck")
		receive(t, w.start(), h)
		pass(time.Minute)
		polls := w.Calls("getUpdates")
		for i := range 90 {
			w.Say(1+i, "hello")
			pass(longLull)
			if h.count() != 2+i {
				t.Fatalf("after %d messages, %d were handed over", 2+i, h.count())
			}
		}
		if more := w.Calls("getUpdates") - polls; more > 90*8 {
			t.Errorf("%d polls for 90 messages", more)
		}
		close(stuck)
		pass(time.Second)
		if w.Unconfirmed() != 0 {
			t.Errorf("%d updates are not confirmed", w.Unconfirmed())
		}
	})
}

func TestAStuckTurnDoesNotMakeThePollerSpin(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		stuck := make(chan struct{})
		w.Say(0, "stuck")
		receive(t, w.start(), &handler{answer: func(context.Context, bot.Inbound) error { <-stuck; return nil }})
		pass(10 * time.Second)
		if n := w.Calls("getUpdates"); n > 60 {
			t.Errorf("%d polls in ten seconds", n)
		}
		close(stuck)
	})
}

func TestManyUpdatesWaitOnTheServer(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		const people, each = 500, 20
		for range each {
			for i := range people {
				w.Say(i, "hello")
			}
		}
		var now, most atomic.Int64
		h := &handler{answer: func(ctx context.Context, _ bot.Inbound) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			return (&bot.Clock{}).Pause(ctx, 10*time.Millisecond)
		}}
		receive(t, w.start(), h)
		pass(time.Minute)
		if h.count() != people*each || w.Unconfirmed() != 0 {
			t.Errorf("handed over %d, not confirmed %d", h.count(), w.Unconfirmed())
		}
		if most.Load() > 100 {
			t.Errorf("%d were in hand at a time", most.Load())
		}
	})
}

func TestOnePersonsManyMessagesStayInOrder(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{}
		receive(t, w.start(), h)
		var want []string
		for i := range 250 {
			want = append(want, fmt.Sprint(i))
			w.Say(0, want[i])
		}
		pass(time.Minute)
		if h.texts() != fmt.Sprint(want) {
			t.Errorf("handed over %s", h.texts())
		}
	})
}

func TestWhatFailsIsTriedAgainAfterAGrowingPause(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{answer: func(context.Context, bot.Inbound) error { return errNotNow }}
		w.Say(0, "hello")
		receive(t, w.start(), h)
		pass(time.Minute)
		if n := h.count(); n < 8 || n > 16 {
			t.Errorf("handed over %d times in a minute", n)
		}
	})
}

func TestAnUnreadableUpdateIsHandedOverAndPassed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{}
		w.Say(0, "before")
		n := w.PutRaw(`{"message":{"message_id":"seven","text":"a secret"}}`)
		w.Say(0, "after")
		receive(t, w.start(), h)
		pass(time.Minute)
		var unread bot.Inbound
		for _, in := range h.got {
			if in.Unread != "" {
				unread = in
			}
		}
		if unread.ID != updateName(n) || !strings.Contains(unread.Unread, `"seven"`) || unread.From.ID != "" {
			t.Errorf("handed over %+v", unread)
		}
		if h.count() != 3 || w.Unconfirmed() != 0 {
			t.Errorf("handed over %s, not confirmed %d", h.texts(), w.Unconfirmed())
		}
		if strings.Contains(w.log.String(), "a secret") {
			t.Error("the log holds what was said")
		}
	})
}

func TestAnUpdateWithoutANumberIsPassed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{}
		w.Say(0, "before")
		w.PutRaw(`[]`)
		w.PutRaw(`"odd"`)
		receive(t, w.start(), h)
		pass(time.Minute)
		if n := w.Calls("getUpdates"); n > 60 {
			t.Errorf("%d polls", n)
		}
		if n := w.Unconfirmed(); n != 0 {
			t.Errorf("%d updates are not confirmed", n)
		}
		w.Say(0, "after")
		pass(time.Minute)
		if h.texts() != "[before after]" {
			t.Errorf("handed over %s", h.texts())
		}
		if n := strings.Count(w.log.String(), "without a readable number"); n != 1 {
			t.Errorf("it was said %d times", n)
		}
	})
}

func TestNumbersCanBeginAnewLower(t *testing.T) {
	w := newWindow()
	w.take(900)
	w.commit(900)
	if w.offset() != 901 {
		t.Fatalf("the offset is %d", w.offset())
	}
	if !w.take(17) || w.offset() != 17 {
		t.Errorf("a lower number was not taken, or the offset is %d", w.offset())
	}
	w.commit(17)
	if w.offset() != 18 {
		t.Errorf("the offset is %d", w.offset())
	}
}

func TestWhatWasHandledDuringAPollIsNotTakenAgain(t *testing.T) {
	w := newWindow()
	w.take(5)
	polled := w.offset()
	w.commit(5)
	if polled != 5 || w.take(5) {
		t.Error("it was taken twice")
	}
	if w.offset() != 6 {
		t.Errorf("the offset is %d", w.offset())
	}
}

func TestPollingGoesOnAfterTrouble(t *testing.T) {
	for _, fault := range []telegramtest.Fault{
		telegramtest.TooMany, telegramtest.ServerError, telegramtest.BadGateway,
		telegramtest.ResetBefore, telegramtest.Silence, telegramtest.GarbledAfter,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			w.FailNext("getUpdates", fault, 4)
			w.Say(0, "hello")
			h := &handler{}
			tg := w.start()
			receive(t, tg, h)
			pass(time.Second)
			if tg.Health().Up {
				t.Errorf("fault %d: it is up", fault)
			}
			pass(10 * time.Minute)
			if h.count() != 1 || !tg.Health().Up {
				t.Errorf("fault %d: handed over %s, health %+v", fault, h.texts(), tg.Health())
			}
		})
	}
}

func TestAnotherPollerIsSaidOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		for range 5 {
			w.Conflict()
		}
		h := &handler{}
		receive(t, w.start(), h)
		w.Say(0, "hello")
		pass(5 * time.Minute)
		if n := strings.Count(w.log.String(), "another program is polling"); n != 1 {
			t.Errorf("it was said %d times", n)
		}
		if h.count() != 1 {
			t.Errorf("handed over %s", h.texts())
		}
	})
}

func TestTwoThatPollLeaveEachOtherAlone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		receive(t, w.start(), &handler{})
		receive(t, w.start(), &handler{})
		pass(30 * time.Minute)
		if n := strings.Count(w.log.String(), "another program is polling"); n != 2 {
			t.Errorf("it was said %d times, want once by each", n)
		}
		if n := w.Calls("getUpdates"); n > 1000 {
			t.Errorf("%d polls in half an hour", n)
		}
	})
}

func TestAnotherPollerIsSaidAgainAfterACalm(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		receive(t, w.start(), &handler{})
		for range 2 {
			w.Conflict()
			pass(calm + time.Minute)
		}
		if n := strings.Count(w.log.String(), "another program is polling"); n != 2 {
			t.Errorf("it was said %d times", n)
		}
	})
}

func TestAWebhookInTheWayIsTakenAway(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.o.Webhook = &Webhook{URL: "https://kintsugi.example/x", Secret: testSecret}
		if err := w.start().setWebhook(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.o.Webhook = nil
		w.Say(0, "hello")
		h := &handler{}
		receive(t, w.start(), h)
		pass(time.Minute)
		if h.count() != 1 {
			t.Errorf("handed over %s", h.texts())
		}
	})
}

func TestARevokedTokenEndsThePolling(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.Revoke(true)
		err := w.start().Receive(t.Context(), (&handler{}).handle)
		if err == nil || !strings.Contains(err.Error(), "@BotFather") {
			t.Errorf("receiving ended with %v", err)
		}
	})
}

func TestWhatWasHandledDoesNotComeAgainAfterAStop(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.Say(0, "hello")
		ctx, cancel := context.WithCancel(t.Context())
		err := w.start().Receive(ctx, func(context.Context, bot.Inbound) error {
			cancel()
			synctest.Wait() // the poll under way has ended
			return nil
		})
		if n := w.Unconfirmed(); n != 0 || err != nil {
			t.Errorf("%d updates are not confirmed: %v", n, err)
		}
	})
}

func TestBlockingIsHandedOverAsGone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{}
		receive(t, w.start(), h)
		w.Block(0)
		w.Unblock(0)
		w.Say(0, "/start")
		pass(time.Second)
		if h.count() != 2 || !h.got[0].Gone || h.got[1].Event.Text != "/start" {
			t.Errorf("handed over %+v", h.got)
		}
	})
}

func TestAPressIsAnsweredBeforeItWasHandled(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		mustSend(t, tg, w.reply(0, "a", "", questionOf("How are you?", "Well")))
		open := make(chan struct{})
		receive(t, tg, &handler{answer: func(context.Context, bot.Inbound) error { <-open; return errors.New("no") }})
		w.Press(0, "Well")
		pass(time.Second)
		if w.Unanswered() != 0 {
			t.Error("the press was not answered")
		}
		close(open)
		pass(time.Minute)
		if n := w.Calls("answerCallbackQuery"); n != 1 {
			t.Errorf("it was answered %d times", n)
		}
	})
}
