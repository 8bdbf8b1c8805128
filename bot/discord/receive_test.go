package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
)

var errNotNow = errors.New("not now")

func TestWhatWasWrittenMeanwhileComesBeforeWhatIsWrittenNow(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Say(0, "first")
		p.want("first")
		p.stop()
		var want []string
		for i := range 250 {
			text := fmt.Sprintf("meanwhile %d", i)
			w.Say(0, text)
			want = append(want, text)
		}
		w.Latency(500 * time.Millisecond) // so that catching up takes a while
		p = w.run(nil)
		w.Say(0, "now")
		after(time.Minute)
		p.want(append(want, "now")...)
	})
}

func TestOnlyWhatWasHandledIsNotFetchedAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(_ context.Context, in bot.Inbound) error {
			if in.Event.Text == "second" {
				return errNotNow
			}
			return nil
		})
		w.Say(0, "first")
		w.Say(0, "second")
		w.Say(0, "third")
		after(time.Second)
		p.stop()
		p = w.run(nil)
		p.want("second", "third")
	})
}

func TestAChatIsKnownBeforeItsFirstEventIsHandled(t *testing.T) {
	in(t, func(w *world) {
		first := true
		p := w.run(func(context.Context, bot.Inbound) error {
			if _, saves := w.keeper.saved(); first && saves != 1 {
				t.Errorf("the notes were saved %d times", saves)
			}
			first = false
			return nil
		})
		w.Say(0, "hello")
		p.want("hello")
	})
}

func TestNotesAreSavedNowAndThenAndAtTheEnd(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		for range 600 {
			w.Say(0, "secret words")
			after(100 * time.Millisecond)
		}
		if _, saves := w.keeper.saved(); saves > 14 {
			t.Errorf("saved %d times in a minute", saves)
		}
		after(time.Minute)
		w.Say(0, "one more")
		after(time.Second)
		w.Say(0, "and one") // too soon after the last saving
		after(time.Second)
		before, _ := w.keeper.saved()
		p.stop()
		last, _ := w.keeper.saved()
		if last == before {
			t.Error("not saved at the end")
		}
		if strings.Contains(last, "words") {
			t.Errorf("the notes hold words: %s", last)
		}
	})
}

func TestNothingIsNotedOfAChatThatIsForgotten(t *testing.T) {
	in(t, func(w *world) {
		var p *program
		p = w.run(func(_ context.Context, in bot.Inbound) error {
			if in.Event.Text == "/delete" {
				p.Forget(in.From)
			}
			return nil
		})
		w.Say(0, "hello")
		w.Say(1, "hello")
		after(time.Minute)
		w.Say(0, "/delete")
		w.Command(0, "delete", "")
		after(time.Minute)
		saved, _ := w.keeper.saved()
		if strings.Contains(saved, w.Address(0).ID) || !strings.Contains(saved, w.Address(1).ID) {
			t.Errorf("noted is %s", saved)
		}
	})
}

func TestNotesThatCantBeHadAreWaitedFor(t *testing.T) {
	in(t, func(w *world) {
		w.keeper.fail(true)
		p := w.start(nil)
		after(time.Minute)
		if w.Connected() != 0 {
			t.Error("connected without notes")
		}
		w.keeper.fail(false)
		after(time.Minute)
		w.Say(0, "hello")
		p.want("hello")
	})
}

func TestNotesThatCantBeReadAreDoneWithout(t *testing.T) {
	for _, data := range []string{"{", "[]", `{"chats":{"x":{"a":"y"}}}`, `{"chats":{"../1":{"a":"1"}}}`} {
		in(t, func(w *world) {
			w.keeper.data = []byte(data)
			p := w.run(nil)
			w.Say(0, "hello")
			p.want("hello")
		})
	}
}

func TestWithoutNotesItWorksToo(t *testing.T) {
	in(t, func(w *world) {
		w.options.Notes = nil
		p := w.run(nil)
		w.Say(0, "one")
		w.Invalidate(false)
		w.Say(0, "two")
		after(10 * time.Second)
		p.want("one", "two")
	})
}

func TestOldAndTooManyChatsAreForgotten(t *testing.T) {
	in(t, func(w *world) {
		n := newNotes(nil, &bot.Clock{}, New(w.options).log)
		n.meet(context.Background(), "1", "5")
		after(maxAge + time.Second)
		if recent := n.recent(); len(recent) != 0 {
			t.Errorf("still known: %v", recent)
		}
		for i := range 2 * maxChats {
			n.meet(context.Background(), fmt.Sprint(100+i), "5")
			after(time.Second)
		}
		recent := n.recent()
		if len(recent) != maxChats || recent[0] != fmt.Sprint(100+2*maxChats-1) {
			t.Errorf("%d chats are known, the last is %s", len(recent), recent[0])
		}
	})
}

func TestWhatComesOutOfOrderDoesNotSetAChatBack(t *testing.T) {
	n := newNotes(nil, &bot.Clock{}, New(Options{Words: fewWords{}}).log)
	n.meet(t.Context(), "1", "90")
	for message, want := range map[string]string{"100": "100", "95": "100", "9": "100"} {
		n.handled("1", "100")
		n.handled("1", message)
		if got := n.get("1").After; got != want {
			t.Errorf("after %s it stands at %s, want %s", message, got, want)
		}
	}
}

func TestAChatThatIsGoneHoldsUpNobody(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Say(0, "hello")
		after(time.Second)
		w.Say(1, "hello too")
		p.want("hello", "hello too")
		w.FailNext("GET /channels/{channel}/messages", discordtest.Fault{Status: 404, Code: codeUnknownChannel}, 1)
		w.Invalidate(false)
		after(10 * time.Second)
		w.Say(0, "again")
		after(time.Second)
		w.Say(1, "and again")
		p.want("hello", "hello too", "again", "and again")
	})
}

func TestFetchingGoesOnWhenItFails(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Say(0, "one")
		p.want("one")
		p.stop()
		w.Say(0, "two")
		const list = "GET /channels/{channel}/messages"
		w.FailNext(list, discordtest.Fault{Status: 502}, 2)
		w.FailNext(list, discordtest.Fault{Reset: true}, 1)
		w.FailNext(list, discordtest.Fault{Status: 429, RetryAfter: 3 * time.Second}, 1)
		p = w.run(nil)
		w.Say(0, "three")
		after(time.Minute)
		p.want("two", "three")
	})
}

func TestAFloodIsFetchedAndNotKept(t *testing.T) {
	in(t, func(w *world) {
		var open atomic.Bool
		p := w.run(func(context.Context, bot.Inbound) error {
			if !open.Load() {
				return errNotNow
			}
			return nil
		})
		var want []string
		for i := range 3 * maxWaiting {
			w.Say(0, fmt.Sprint(i))
			want = append(want, fmt.Sprint(i))
		}
		after(time.Second)
		p.queues.mu.Lock()
		waiting := len(p.queues.byChat[w.Address(0).ID])
		p.queues.mu.Unlock()
		if waiting > maxWaiting+1 {
			t.Errorf("%d events wait", waiting)
		}
		p.mu.Lock()
		p.got = nil
		p.mu.Unlock()
		open.Store(true)
		after(time.Minute)
		p.want(want...)
	})
}

func TestAnEventThatIsNotHandledIsTriedLessAndLess(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(context.Context, bot.Inbound) error { return errNotNow })
		w.Say(0, "hello")
		after(time.Hour)
		if n := len(p.events()); n < 100 || n > 140 {
			t.Errorf("handed over %d times in an hour, want about every half minute", n)
		}
	})
}
