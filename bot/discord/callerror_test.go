package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
)

func TestWhatACallComesToIsWhatTheMessageComesTo(t *testing.T) {
	is := func(target error) func(error) bool { return func(err error) bool { return errors.Is(err, target) } }
	later := func(err error) bool { return errors.As(err, new(*bot.LaterError)) }
	plain := func(err error) bool {
		return err != nil && !later(err) && !errors.Is(err, bot.ErrAmbiguous) &&
			!errors.Is(err, bot.ErrRefused) && !errors.Is(err, bot.ErrUnreachable)
	}
	for name, c := range map[string]struct {
		fault discordtest.Fault
		is    func(error) bool
	}{
		"blocked":           {discordtest.Fault{Status: 403, Code: codeCannotMessage}, is(bot.ErrUnreachable)},
		"no mutual server":  {discordtest.Fault{Status: 403, Code: codeNoMutualServer}, is(bot.ErrUnreachable)},
		"no such chat":      {discordtest.Fault{Status: 404, Code: codeUnknownChannel}, is(bot.ErrUnreachable)},
		"missing access":    {discordtest.Fault{Status: 403, Code: codeMissingAccess}, plain},
		"another 403":       {discordtest.Fault{Status: 403, Code: 20001}, plain},
		"bad token":         {discordtest.Fault{Status: 401}, plain},
		"opening too fast":  {discordtest.Fault{Status: 400, Code: codeOpeningTooFast}, later},
		"bad form":          {discordtest.Fault{Status: 400, Code: 50035}, is(bot.ErrRefused)},
		"empty":             {discordtest.Fault{Status: 400, Code: 50006}, is(bot.ErrRefused)},
		"too large":         {discordtest.Fault{Status: 413, Code: 40005}, is(bot.ErrRefused)},
		"too fast":          {discordtest.Fault{Status: 429, RetryAfter: time.Second}, later},
		"too fast, for all": {discordtest.Fault{Status: 429, RetryAfter: time.Second, Global: true}, later},
		"no such route":     {discordtest.Fault{Status: 404}, plain},
		"server error":      {discordtest.Fault{Status: 500}, is(bot.ErrAmbiguous)},
		"bad gateway":       {discordtest.Fault{Status: 502}, is(bot.ErrAmbiguous)},
		"reset":             {discordtest.Fault{Reset: true}, is(bot.ErrAmbiguous)},
		"silence":           {discordtest.Fault{Silent: true}, is(bot.ErrAmbiguous)},
	} {
		t.Run(name, func(t *testing.T) {
			in(t, func(w *world) {
				p := w.run(nil)
				w.FailNext(post, c.fault, 1)
				err := p.trySay("a", "secret words", nil)
				if !c.is(err) {
					t.Errorf("the error is %v", err)
				}
				if text := fmt.Sprint(err); strings.Contains(text, testToken) || strings.Contains(text, w.Address(0).ID) || strings.Contains(text, "secret words") {
					t.Errorf("the error tells too much: %s", text)
				}
			})
		})
	}
}

func TestWhatNeverLeftWasCertainlyNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pipe := bottest.NewPipe()
		w := worldOn(t, pipe, pipe.Dial)
		p := w.run(nil)
		after(time.Second) // the commands are registered, and every connection is idle
		pipe.Refuse(true)
		w.transport.CloseIdleConnections()
		err := p.trySay("a", "hello", nil)
		if err == nil || errors.Is(err, bot.ErrAmbiguous) || errors.As(err, new(*bot.LaterError)) {
			t.Errorf("the error is %v", err)
		}
		pipe.Refuse(false)
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		if err := p.Send(ended, bot.Outbound{To: w.Address(0), ID: "b", Message: flows.Message{Text: "x"}}); err == nil || errors.Is(err, bot.ErrAmbiguous) {
			t.Errorf("the error is %v", err)
		}
		w.wantHeard()
	})
}

func TestNothingTellsTheTokenWhateverFails(t *testing.T) {
	in(t, func(w *world) {
		w.options.Notes = nil
		p := w.run(nil)
		w.FailAll(0.5, discordtest.Fault{Status: 401}, discordtest.Fault{Status: 403, Code: 50001}, discordtest.Fault{Status: 404, Code: 10008},
			discordtest.Fault{Status: 429, RetryAfter: time.Second}, discordtest.Fault{Status: 500}, discordtest.Fault{Status: 502},
			discordtest.Fault{Reset: true}, discordtest.Fault{Silent: true}, discordtest.Fault{Status: 200})
		for i := range 60 {
			w.Say(0, "secret words")
			w.Command(0, "journal", "secret words")
			w.GuildCommand(0)
			err := p.trySay(fmt.Sprint(i), "secret words", func(m *bot.Outbound) { m.Message.Buttons = buttons("Yes") })
			for _, secret := range []string{testToken, w.Address(0).ID, "secret words"} {
				if strings.Contains(fmt.Sprint(err), secret) {
					t.Errorf("the error is %v", err)
				}
			}
			if i%10 == 0 {
				w.Drop()
			}
			after(5 * time.Second)
		}
		w.FailAll(0)
		p.stop()
		if text := fmt.Sprint(p.err); strings.Contains(text, testToken) {
			t.Errorf("the error is %s", text)
		}
	})
}
