package telegram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

func TestWhatWasSaidLatelyIsHidden(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.Say(0, "long ago")
		tg := w.start()
		h := &handler{}
		receive(t, tg, h)
		pass(49 * time.Hour)
		for i := range 150 {
			w.Say(0, fmt.Sprint("said ", i))
			w.Say(1, "somebody else")
			mustSend(t, tg, w.reply(0, fmt.Sprint(i), "", flows.Message{Text: fmt.Sprint("told ", i)}))
		}
		w.Say(0, "/exit")
		pass(time.Minute)
		tg.Hide(t.Context(), w.Address(0))
		if got := w.Screen(0); !slices.Equal(got, []string{"long ago"}) {
			t.Errorf("there stands %q", got)
		}
		if got := w.Screen(1); len(got) != 150 {
			t.Errorf("somebody else has %d messages left", len(got))
		}
	})
}

func TestAfterARestartTheNumbersBelowAreTried(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		before := w.start()
		for i := range 20 {
			mustSend(t, before, w.reply(0, fmt.Sprint(i), "", flows.Message{Text: "told"}))
		}
		tg := w.start()
		receive(t, tg, &handler{})
		w.Say(0, "/exit")
		pass(time.Second)
		tg.Hide(t.Context(), w.Address(0))
		if got := w.Screen(0); len(got) != 0 {
			t.Errorf("there stands %q", got)
		}
	})
}

func TestOneThatCannotBeDeletedHoldsUpNoOther(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		for i := range 20 {
			mustSend(t, tg, w.reply(0, fmt.Sprint(i), "", flows.Message{Text: "told"}))
		}
		w.FailNext("deleteMessages", telegramtest.Refused, 6) // of 20, 10, 5, 2, 1 and 1
		tg.Hide(t.Context(), w.Address(0))
		if got := w.Screen(0); len(got) != 2 {
			t.Errorf("there stands %q", got)
		}
	})
}

func TestWhatIsTooOldHoldsUpNothingAfterARestart(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		for i := range 120 {
			w.Say(0, fmt.Sprint("long ago ", i))
		}
		pass(49 * time.Hour)
		for i := range 30 {
			w.Say(0, fmt.Sprint("said ", i))
		}
		receive(t, w.start(), &handler{})
		pass(time.Second)
		tg := w.start()
		tg.recent.saw(w.Address(0).ID, 150)
		tg.Hide(t.Context(), w.Address(0))
		if got := w.Screen(0); len(got) != 120 || got[119] != "long ago 119" {
			t.Errorf("there stands %q", got)
		}
		if n := w.Calls("deleteMessages"); n > 60 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestHidingIsTriedAgain(t *testing.T) {
	for fault, want := range map[telegramtest.Fault]int{
		telegramtest.ServerError: 0, telegramtest.ResetBefore: 0, telegramtest.BadGateway: 0,
		telegramtest.TooMany: 1, // for longer than there is time
		telegramtest.Blocked: 1,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			tg := w.start()
			mustSend(t, tg, w.reply(0, "a", "", flows.Message{Text: "told"}))
			w.FailNext("deleteMessages", fault, 3)
			begun := time.Now()
			tg.Hide(t.Context(), w.Address(0))
			if got := w.Screen(0); len(got) != want {
				t.Errorf("fault %d: there stands %q", fault, got)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("fault %d: it took %v", fault, took)
			}
		})
	}
}

func TestAMessageThatIsPressedOftenIsRememberedOnce(t *testing.T) {
	r := newRecent()
	for i := range recentIDs {
		r.saw("7", i+1)
		for range 10 {
			r.saw("7", 1)
		}
	}
	if got := r.known("7"); len(got) != recentIDs || got[0] != 1 {
		t.Errorf("%d are remembered", len(got))
	}
}

func TestHidingTheUnknownDoesNothing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.start().Hide(t.Context(), w.Address(0))
		if w.Calls("deleteMessages") != 0 {
			t.Error("something was tried")
		}
	})
}

func TestTheNewestAreHiddenFirst(t *testing.T) {
	got := toHide([]int{3, 5000, 4999, 7})
	if got[0] != 5000 || len(got) != hideBack+2 || !slices.IsSortedFunc(got, func(a, b int) int { return b - a }) {
		t.Errorf("%d are tried, the first is %d", len(got), got[0])
	}
	if got := toHide([]int{3}); !slices.Equal(got, []int{3, 2, 1}) {
		t.Errorf("%d are tried", got)
	}
}

func TestHidingEndsWithTheTime(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		mustSend(t, tg, w.reply(0, "a", "", flows.Message{Text: "told"}))
		w.Latency(time.Hour)
		begun := time.Now()
		tg.Hide(t.Context(), w.Address(0))
		if took := time.Since(begun); took != hideTimeout {
			t.Errorf("it took %v", took)
		}
		if strings.Contains(w.log.String(), "told") {
			t.Error("the log holds what was said")
		}
	})
}
