package telegram

import (
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

func TestTheBotIntroducesItselfInItsLanguages(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.FailNext("getMe", telegramtest.ServerError, 2)
		w.FailNext("setMyCommands", telegramtest.ResetBefore, 1)
		w.FailNext("setMyDescription", telegramtest.TooMany, 1)
		stop := receive(t, w.start(), &handler{})
		pass(10 * time.Minute)
		for code, tag := range map[string]string{"": "en", "de": "de"} {
			commands := w.Commands("all_private_chats", code)
			if len(commands) != 1 || commands[0].Description != "says what there is, in "+tag {
				t.Errorf("the commands for %q are %+v", code, commands)
			}
			long, short := w.Description(code)
			if long != "about-bot in "+tag || short != "about-bot-short in "+tag {
				t.Errorf("for %q the bot is described by %q and %q", code, long, short)
			}
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		calls := w.Calls("setMyCommands")
		receive(t, w.start(), &handler{})
		pass(10 * time.Minute)
		if w.Calls("setMyCommands") != calls {
			t.Error("what is right was set again")
		}
	})
}

func TestARefusedIntroductionIsNotRepeated(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.FailNext("getMyCommands", telegramtest.Refused, 1000)
		h := &handler{}
		receive(t, w.start(), h)
		w.Say(0, "hello")
		pass(24 * time.Hour)
		if n := w.Calls("getMyCommands"); n != 2 || h.count() != 1 {
			t.Errorf("%d calls, handed over %d", n, h.count())
		}
	})
}

func TestOnlyCommandsThatTelegramTakesAreRegistered(t *testing.T) {
	all := []flows.Command{{Name: "help", Does: "helps"}, {Name: "Help", Does: "x"}, {Name: "a-b", Does: "x"}, {Name: "", Does: "x"}, {Name: "b", Does: ""}}
	if got := menu(all); len(got) != 1 || got[0].Command != "help" {
		t.Errorf("the menu is %+v", got)
	}
}
