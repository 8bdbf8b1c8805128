package telegram

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/pace"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
	"kintsugi/store"
)

func questionOf(text string, labels ...string) flows.Message {
	return flows.Message{Text: text, Buttons: buttons(labels...)}
}

// labelsOf gives the labels of the buttons of each message that stands in the chat.
func (w *world) labelsOf(person int) []int {
	var n []int
	for _, m := range w.Heard(person) {
		n = append(n, len(m.Buttons))
	}
	return n
}

func TestWhatStandsOutIsCountedAsTelegramCounts(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		text := "🙂 é <b> 七 strong 🙂🙂 end"
		span := func(s string) flows.Span {
			i := strings.Index(text, s)
			return flows.Span{From: i, To: i + len(s)}
		}
		m := flows.Message{Text: text, Strong: []flows.Span{span("七"), span("strong 🙂🙂"), span("end")}}
		mustSend(t, w.start(), w.reply(0, "a", "", m))
		if got := w.last(t, 0); got.Text != text || fmt.Sprint(got.Strong) != "[七 strong 🙂🙂 end]" {
			t.Errorf("arrived as %q with %q", got.Text, got.Strong)
		}
	})
}

func TestAnAnsweredQuestionLosesItsButtons(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		receive(t, tg, &handler{})
		mustSend(t, tg, w.reply(0, "a", "m1", questionOf("One?", "Yes", "No")))
		mustSend(t, tg, w.reply(0, "b", "m2", questionOf("Two?", "Yes")))
		mustSend(t, tg, w.reply(0, "c", "", flows.Message{Text: "Said in the same turn."}))
		pass(time.Second)
		if got := w.labelsOf(0); !slices.Equal(got, []int{0, 1, 0}) {
			t.Errorf("the messages have %d buttons", got)
		}
	})
}

func TestAPressOnAnOldButtonLeavesTheNewerOnes(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		receive(t, tg, &handler{})
		mustSend(t, tg, w.reply(0, "a", "m1", questionOf("One?", "Yes")))
		mustSend(t, tg, w.reply(0, "b", "", questionOf("Two?", "Yes")))
		old := fmt.Sprint(w.Log(0)[0].ID)
		mustSend(t, tg, w.reply(0, "c", old, flows.Message{Text: "That one is old."}))
		pass(time.Second)
		if got := w.labelsOf(0); !slices.Equal(got, []int{0, 1, 0}) {
			t.Errorf("the messages have %d buttons", got)
		}
		mustSend(t, tg, w.reply(0, "d", "m2", flows.Message{Text: "Said in words."}))
		pass(time.Second)
		if got := w.labelsOf(0); !slices.Equal(got, []int{0, 0, 0, 0}) {
			t.Errorf("after the answer, the messages have %d buttons", got)
		}
	})
}

func TestANudgeTakesNoButtonsAway(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		receive(t, tg, &handler{})
		mustSend(t, tg, w.reply(0, "a", "m1", questionOf("One?", "Yes")))
		nudge := w.reply(0, "b", "m2", flows.Message{Text: "A small thing."})
		nudge.Lane = store.NudgeLane
		mustSend(t, tg, nudge)
		pass(time.Second)
		if got := w.labelsOf(0); !slices.Equal(got, []int{1, 0}) {
			t.Errorf("the messages have %d buttons", got)
		}
	})
}

func TestAReplyWaitsForNoErrand(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		receive(t, tg, &handler{})
		w.FailNext("editMessageReplyMarkup", telegramtest.Silence, 100)
		begun := time.Now()
		for i := range 2 * errandWorkers {
			mustSend(t, tg, w.reply(0, fmt.Sprint("m", i), "m1", questionOf("One?", "Yes")))
		}
		if took := time.Since(begun); took != 0 {
			t.Errorf("the replies took %v", took)
		}
	})
}

func TestErrandsThatAreTooManyAreLeftUndone(t *testing.T) {
	e := newErrands()
	for range errandsQueued {
		if !e.add(nil) {
			t.Fatal("left undone too early")
		}
	}
	if e.add(nil) {
		t.Error("there is no end to errands")
	}
}

func TestALongMessageGoesOnWhereItFailed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		f := &bot.File{Name: "a.txt", Type: "text/plain", Data: []byte("content")}
		m := w.reply(0, "a", "", questionOf(strings.Repeat("so it is ", 150), "Yes"))
		m.File = f
		w.FailNext("sendDocument", telegramtest.ServerError, 1)
		if err := tg.Send(t.Context(), m); !errors.Is(err, bot.ErrAmbiguous) {
			t.Fatalf("the error is %v", err)
		}
		mustSend(t, tg, m)
		log := w.Log(0)
		if len(log) != 2 || log[0].File != nil || log[1].File == nil || len(log[0].Buttons) != 0 || len(log[1].Buttons) != 1 {
			t.Errorf("arrived as %+v", log)
		}
		if len(tg.progress.sent.slots) != 0 {
			t.Error("the progress of a message that arrived is remembered")
		}
	})
}

func TestAMessageWithNothingInItIsRefused(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		large := w.reply(0, "b", "", flows.Message{Text: "hello"})
		large.File = &bot.File{Data: make([]byte, fileLimit+1)}
		elsewhere := w.reply(0, "c", "", flows.Message{Text: "hello"})
		elsewhere.To.ID = "@somebody"
		for _, m := range []bot.Outbound{w.reply(0, "a", "", flows.Message{}), large, elsewhere} {
			if err := tg.Send(t.Context(), m); !errors.Is(err, bot.ErrRefused) {
				t.Errorf("%s: the error is %v", m.ID, err)
			}
		}
	})
}

func TestTheWordsArriveWithoutWhatTelegramRefuses(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		m := questionOf("One?", "Yes", "")
		m.Buttons[0].Token = strings.Repeat("a", 65)
		mustSend(t, tg, w.reply(0, "a", "", m))
		m = flows.Message{Text: "  one", Strong: []flows.Span{{From: 0, To: 1}}}
		mustSend(t, tg, w.reply(0, "b", "", m))
		if got := w.last(t, 0); strings.TrimSpace(got.Text) != "one" {
			t.Errorf("arrived as %q", got.Text)
		}
		if got := w.labelsOf(0); !slices.Equal(got, []int{0, 0}) {
			t.Errorf("the messages have %d buttons", got)
		}
	})
}

func TestPlainerLeavesOutOnlyWhatWasRefused(t *testing.T) {
	photo := &bot.File{Type: "image/png"}
	full := piece{text: "a", strong: []flows.Span{{From: 0, To: 1}}, buttons: buttons("Yes"), file: photo}
	for description, want := range map[string]string{
		"Bad Request: can't parse entities: x":   "buttons photo",
		"Bad Request: ENTITY_BOUNDS_INVALID":     "buttons photo",
		"Bad Request: BUTTON_DATA_INVALID":       "strong photo",
		"Bad Request: PHOTO_INVALID_DIMENSIONS":  "strong buttons document",
		"Bad Request: IMAGE_PROCESS_FAILED":      "strong buttons document",
		"Bad Request: message is too long":       "",
		"Bad Request: inline keyboard expected":  "strong photo",
		"Bad Request: some other thing happened": "",
	} {
		p, ok := full.plainer(&failure{code: 400, answered: true, description: description})
		var got []string
		if len(p.strong) > 0 {
			got = append(got, "strong")
		}
		if len(p.buttons) > 0 {
			got = append(got, "buttons")
		}
		got = append(got, map[bool]string{true: "document", false: "photo"}[p.document])
		if !ok {
			got = nil
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q is left, want %q", description, got, want)
		}
	}
}

func TestMessagesKeepTheirPace(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.o.Pace = pace.Limits{PerChat: 1}
		tg := w.start()
		begun := time.Now()
		for i := range 10 {
			mustSend(t, tg, w.reply(0, fmt.Sprint(i), "", flows.Message{Text: "hello"}))
		}
		if took := time.Since(begun); took < 5*time.Second || took > 10*time.Second {
			t.Errorf("ten messages to one chat took %v", took)
		}
	})
}
