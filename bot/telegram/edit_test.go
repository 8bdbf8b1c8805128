package telegram

import (
	"fmt"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
)

// replacing is a message in place of the one before.
func (w *world) replacing(id, handle, text string, labels ...string) bot.Outbound {
	m := w.reply(0, id, handle, questionOf(text, labels...))
	m.Message.Replaces = true
	return m
}

// standing gives what stands in the chat, with the labels.
func (w *world) standing() string {
	s := ""
	for _, m := range w.Heard(0) {
		s += m.Text
		for _, b := range m.Buttons {
			s += " [" + b.Label + "]"
		}
		s += "; "
	}
	return s
}

func TestAMessageReplacesTheOneThatWasPressed(t *testing.T) {
	cases := map[string]struct {
		act  func(t *testing.T, w *world, tg *Telegram, handle string)
		want string
	}{
		"by its handle": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			mustSend(t, tg, w.replacing("b", handle, "Which?", "✓ One", "Two"))
		}, "Which? [✓ One] [Two]; "},
		"by memory": {func(t *testing.T, w *world, tg *Telegram, _ string) {
			mustSend(t, tg, w.replacing("b", "m9", "Which?", "✓ One", "Two"))
		}, "Which? [✓ One] [Two]; "},
		"by its handle after a restart": {func(t *testing.T, w *world, _ *Telegram, handle string) {
			mustSend(t, w.start(), w.replacing("b", handle, "Which?", "✓ One", "Two"))
		}, "Which? [✓ One] [Two]; "},
		"nothing that is known": {func(t *testing.T, w *world, _ *Telegram, _ string) {
			mustSend(t, w.start(), w.replacing("b", "m9", "Which?", "✓ One", "Two"))
		}, "Which? [One] [Two]; Which? [✓ One] [Two]; "},
		"one that is gone": {func(t *testing.T, w *world, tg *Telegram, _ string) {
			mustSend(t, tg, w.replacing("b", "99999", "Which?", "✓ One", "Two"))
		}, "Which? [One] [Two]; Which? [✓ One] [Two]; "},
		"with the same": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			mustSend(t, tg, w.replacing("b", handle, "Which?", "One", "Two"))
		}, "Which? [One] [Two]; "},
		"without buttons": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			mustSend(t, tg, w.replacing("b", handle, "One, then."))
		}, "One, then.; "},
		"at length": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			mustSend(t, tg, w.replacing("b", handle, strings.Repeat("a", textUnits)+" Which?", "One"))
		}, "Which? [One] [Two]; " + strings.Repeat("a", textUnits) + "; Which? [One]; "},
		"after an ambiguous try": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			w.FailNext("editMessageText", telegramtest.ResetAfter, 1)
			m := w.replacing("b", handle, "Which?", "✓ One", "Two")
			if err := tg.Send(t.Context(), m); err == nil || kindOf(err) != nil {
				t.Errorf("the error is %v: an edit can be repeated", err)
			}
			mustSend(t, tg, m)
		}, "Which? [✓ One] [Two]; "},
		"after a try that failed": {func(t *testing.T, w *world, tg *Telegram, handle string) {
			w.FailNext("editMessageText", telegramtest.ServerError, 1)
			m := w.replacing("b", handle, "Which?", "✓ One", "Two")
			if err := tg.Send(t.Context(), m); err == nil || kindOf(err) != nil {
				t.Errorf("the error is %v: an edit can be repeated", err)
			}
			mustSend(t, tg, m)
		}, "Which? [✓ One] [Two]; "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				tg := w.start()
				mustSend(t, tg, w.reply(0, "a", "", questionOf("Which?", "One", "Two")))
				c.act(t, w, tg, fmt.Sprint(w.last(t, 0).ID))
				if got := w.standing(); got != c.want {
					t.Errorf("there stands %q, want %q", got, c.want)
				}
			})
		})
	}
}

func TestTheButtonsUnderAPictureAreReplaced(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		m := w.reply(0, "a", "", questionOf("Which?", "One", "Two"))
		m.File = picture(t)
		mustSend(t, tg, m)
		m = w.replacing("b", "", "Which?", "✓ One")
		m.File = picture(t)
		mustSend(t, tg, m)
		mustSend(t, tg, w.replacing("c", "", "Which?", "✓ Two")) // its picture is not known
		if got := w.standing(); got != "Which? [✓ Two]; " || len(w.Files(0)) != 1 {
			t.Errorf("there stands %q", got)
		}
	})
}

func TestSomebodyWhoBlockedTheBotGetsNoEdit(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		mustSend(t, tg, w.reply(0, "a", "", questionOf("Which?", "One")))
		w.FailNext("editMessageText", telegramtest.Blocked, 1)
		if err := tg.Send(t.Context(), w.replacing("b", "", "Which?", "✓ One")); kindOf(err) != bot.ErrUnreachable {
			t.Errorf("the error is %v", err)
		}
	})
}
