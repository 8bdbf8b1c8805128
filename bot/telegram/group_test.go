package telegram

import (
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
)

func TestAGroupHearsOneLineAndNothingElse(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		h := &handler{}
		receive(t, w.start(), h)
		pass(time.Second)
		g, other := w.Group(0), w.Group(1)
		g.Say(0, "see you at six")
		g.Say(0, "/help@other_bot")
		pass(time.Second)
		if n := len(g.Log()); n != 0 {
			t.Errorf("%d lines to talk that is not for the bot", n)
		}
		g.Add(0)
		for range 20 {
			g.Say(0, "my secret /help @"+telegramtest.Username)
		}
		other.Say(1, "/help@"+telegramtest.Username)
		pass(time.Second)
		for _, in := range []*telegramtest.Group{g, other} {
			log := in.Log()
			if want := "in-group in en\n\nhttps://t.me/" + telegramtest.Username; len(log) != 1 || log[0].Text != want {
				t.Errorf("the group heard %+v", log)
			}
		}
		pass(groupPause)
		g.Say(0, "/help")
		pass(time.Second)
		if n := len(g.Log()); n != 2 {
			t.Errorf("after an hour, there are %d lines", n)
		}
		if h.count() != 0 || w.Unconfirmed() != 0 {
			t.Errorf("handed over %d, not confirmed %d", h.count(), w.Unconfirmed())
		}
	})
}

func TestAGroupThatPutTheBotOutIsNoTrouble(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		receive(t, w.start(), &handler{})
		w.Group(0).Add(0)
		w.Group(0).Remove(0)
		pass(time.Minute)
		if w.Unconfirmed() != 0 {
			t.Errorf("%d updates are not confirmed", w.Unconfirmed())
		}
	})
}
