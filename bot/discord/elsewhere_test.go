package discord

import (
	"strings"
	"testing"
	"time"

	"kintsugi/bot/discord/discordtest"
)

func TestInAServerItTalksInPrivate(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		after(time.Second)
		w.Locale(0, "de")
		w.GuildCommand(0)
		p.want("/start")
		got := p.inbound()[0]
		if got.From != w.Address(0) || got.User != w.User(0) || got.Language != "de" || got.Handle != "" {
			t.Errorf("handed over %+v", got)
		}
		private := w.Private(0)
		if len(private) != 1 || !strings.Contains(private[0].Text, "unter vier Augen") {
			t.Errorf("the answer is %+v", private)
		}
		w.wantHeard()
		if w.Unanswered() != 0 {
			t.Error("it was not answered")
		}
	})
}

func TestAmongOthersNothingIsATurn(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.GroupCommand(0)
		after(time.Minute)
		p.want()
		if len(w.Private(0)) != 1 || w.Unanswered() != 0 {
			t.Errorf("the answer is %+v", w.Private(0))
		}
		w.wantHeard()
	})
}

func TestDirectMessagesThatCantBeOpenedAreNoTurn(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext("POST /users/@me/channels", discordtest.Fault{Status: 400, Code: codeOpeningTooFast}, 1)
		w.GuildCommand(0)
		after(time.Minute)
		p.want()
		if len(w.Private(0)) != 1 {
			t.Error("it was not answered")
		}
	})
}
