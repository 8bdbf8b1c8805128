package discord

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
)

func TestTheAnswerToACommandTakesThePlaceOfThinking(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "journal", "")
		p.want("/journal")
		if w.Thinking(0) != 1 {
			t.Fatal("nobody thinks")
		}
		h := p.inbound()[0].Handle
		p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = h })
		p.say("b", "And there.", nil)
		w.wantHeard("Here it is.", "And there.")
		if w.Thinking(0) != 0 || w.Calls("POST /channels/{channel}/messages") != 1 {
			t.Error("the first answer is a message of its own")
		}
		after(time.Hour)
		w.wantHeard("Here it is.", "And there.")
	})
}

func TestALongAnswerToACommandBeginsWhereThinkingWas(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "journal", "")
		p.want("/journal")
		p.say("a", strings.Repeat("all work and no play ", 300), func(m *bot.Outbound) {
			m.Handle = p.inbound()[0].Handle
			m.Message.Buttons = buttons("More")
		})
		if n := len(w.heard()); n < 3 || w.Thinking(0) != 0 {
			t.Errorf("%d messages, and %d that are thinking", n, w.Thinking(0))
		}
		w.Press(0, "More")
		p.want("/journal", "pressed q.0")
	})
}

func TestALateAnswerToACommandIsAMessage(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "journal", "")
		p.want("/journal")
		after(16 * time.Minute)
		p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
		w.wantHeard("Here it is.")
		if n := w.Calls("PATCH /webhooks/{app}/{token}/messages/{message}"); n != 0 {
			t.Errorf("%d edits were tried", n)
		}
	})
}

func TestAnAnswerThatIsGoneIsAMessage(t *testing.T) {
	for _, fault := range []discordtest.Fault{
		{Status: 404, Code: codeUnknownWebhook}, {Status: 404, Code: codeUnknownMessage}, {Status: 401, Code: codeExpiredToken},
	} {
		in(t, func(w *world) {
			p := w.run(nil)
			w.Command(0, "journal", "")
			p.want("/journal")
			w.FailNext("PATCH /webhooks/{app}/{token}/messages/{message}", fault, 1)
			p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
			w.wantHeard("Here it is.")
		})
	}
}

func TestAnAnswerThatMayHaveArrivedIsEditedAgain(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "journal", "")
		p.want("/journal")
		answer := func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle }
		w.FailNext("PATCH /webhooks/{app}/{token}/messages/{message}", discordtest.Fault{Arrives: true, Reset: true}, 1)
		if err := p.trySay("a", "Here it is.", answer); !errors.Is(err, bot.ErrAmbiguous) {
			t.Errorf("the error is %v", err)
		}
		p.say("a", "Here it is.", answer)
		w.wantHeard("Here it is.")
	})
}

func TestThinkingEndsWhenNothingIsSaid(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "journal", "")
		p.want("/journal")
		after(20 * time.Second)
		if w.Thinking(0) != 1 {
			t.Error("it was taken away too soon")
		}
		after(20 * time.Second)
		if w.Thinking(0) != 0 {
			t.Error("it still stands there")
		}
		p.say("a", "Here it is after all.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
		w.wantHeard("Here it is after all.")
		if n := w.Calls("PATCH /webhooks/{app}/{token}/messages/{message}"); n != 0 {
			t.Errorf("%d edits were tried", n)
		}
	})
}

func TestAnAnswerWithAFileIsAMessageAndThinkingEnds(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Command(0, "export", "")
		p.want("/export")
		p.say("a", "Here it is.", func(m *bot.Outbound) {
			m.Handle = p.inbound()[0].Handle
			m.File = &bot.File{Name: "a.txt", Type: "text/plain", Data: []byte("all of it")}
		})
		after(time.Second)
		if w.Thinking(0) != 0 || len(w.Files(0)) != 1 {
			t.Errorf("%d are thinking, and %d files arrived", w.Thinking(0), len(w.Files(0)))
		}
	})
}

func TestTimeIsKeptOnlyWhileSomethingIsPending(t *testing.T) {
	in(t, func(w *world) {
		p := newPending(&bot.Clock{})
		began := time.Now()
		want := func(stale int, next time.Duration) {
			t.Helper()
			found, at := p.stale()
			if len(found) != stale || next == 0 && !at.IsZero() || next != 0 && !at.Equal(began.Add(next)) {
				t.Errorf("%d are stale, and the next is due at %v, want %d, %v after %v", len(found), at, stale, next, began)
			}
		}
		want(0, 0)
		h := handle{app: "1", token: "t", said: "2", until: began.Add(14 * time.Minute)}
		p.open(h)
		want(0, 14*time.Minute)
		p.handled(h)
		want(0, thinkTime)
		after(thinkTime)
		want(1, 14*time.Minute)
		want(0, 14*time.Minute)
		after(14 * time.Minute)
		want(0, 0)
		if len(p.acts) != 0 {
			t.Error("it is still known")
		}
	})
}
