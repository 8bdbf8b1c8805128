package bot_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// naming is a platform that tells who the person is, beside the chat, and when somebody
// blocks the bot.
type naming struct{ bot.Platform }

func (n naming) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	return n.Platform.Receive(ctx, func(ctx context.Context, in bot.Inbound) error {
		in.User, in.Handle = "user of "+in.From.ID, "handle of "+in.From.ID
		if in.Event.Text == "block" {
			in.Gone, in.Event = true, flows.Event{}
		}
		return handle(ctx, in)
	})
}

func (n naming) Forget(chat store.Address) { n.Platform.(bot.Forgetting).Forget(chat) }

func allow(a bot.Allow) func(*bot.Options, *mortal) {
	return func(o *bot.Options, _ *mortal) {
		o.Allow = a
		o.Platforms[0] = naming{o.Platforms[0]}
	}
}

const refused = "private-server in en"

func TestAStrangerIsToldOnceAnHourAndNothingIsKept(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(allow(bot.Allow{Phrase: "the river house"}))
		before := p.disk.updates()
		w.server.Say(0, "hello, a secret")
		w.server.Say(0, "please")
		w.server.Send(0, "sticker")
		w.server.Happen(0, flows.Event{Kind: flows.Opened})
		synctest.Wait()
		w.wantHeard(0, refused)
		pass(time.Hour)
		w.server.Say(0, "hello")
		synctest.Wait()
		w.wantHeard(0, refused, refused)
		if n := p.disk.updates() - before; n != 0 {
			t.Errorf("%d commits for a stranger", n)
		}
		if n := w.server.Unacknowledged(); n != 0 {
			t.Errorf("%d events are not acknowledged", n)
		}
		if w.person(0).ID != 0 || p.Stats().Turns != 0 {
			t.Error("the stranger is known")
		}
	})
}

func TestWhoIsNamedMayComeIn(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{People: []string{"fake:person-0", "fake:user of person-1", "other:person-2"}}))
		for person := range 3 {
			w.server.Say(person, "hello")
		}
		synctest.Wait()
		w.wantHeard(0, "re: hello")
		w.wantHeard(1, "re: hello")
		w.wantHeard(2, refused)
		if w.server.Forgotten(0) > 0 || w.server.Forgotten(2) != 1 {
			t.Errorf("the platform forgot them %d times, and somebody who was not let in %d times", w.server.Forgotten(0), w.server.Forgotten(2))
		}
	})
}

// On Discord, a command is answered in place of its "thinking".
func TestALastWordAnswersItsEvent(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{People: []string{"fake:person-0"}}))
		w.server.Say(0, "delete")
		w.server.Say(1, "hello")
		synctest.Wait()
		for person, want := range []string{"gone", refused} {
			m := w.server.Arrived(person)[0]
			if m.Message.Text != want || m.Handle != "handle of "+m.To.ID {
				t.Errorf("%q answers %q", m.Message.Text, m.Handle)
			}
		}
	})
}

func TestThePhraseLetsInAndIsNoAnswer(t *testing.T) {
	for _, said := range []string{
		"the river house", "  The River   HOUSE ", "/start the river house", "/start@bot The_river-house",
	} {
		inWorld(t, false, func(w *world) {
			w.start(allow(bot.Allow{Phrase: "The river house"}))
			w.server.Say(0, said)
			w.server.Say(0, said) // sent twice
			w.server.Say(0, "hello")
			synctest.Wait()
			w.wantHeard(0, "opened", "opened", "re: hello")
			w.wantSaid(0, "hello")
		})
	}
}

func TestWhoIsMetMaySayThePhraseLikeAnyWords(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{Phrase: "the river house"}))
		w.server.Say(0, "the river house")
		w.server.Say(0, "know name Ada")
		w.server.Say(0, "the river house")
		synctest.Wait()
		w.wantSaid(0, "know name Ada", "the river house")
	})
}

func TestNoPhraseLetsNobodyIn(t *testing.T) {
	for _, a := range []bot.Allow{{People: []string{"fake:person-9"}}, {Phrase: " - "}} {
		inWorld(t, false, func(w *world) {
			w.start(allow(a))
			for _, text := range []string{"", " ", "/start", "/start -"} {
				w.server.Say(0, text)
			}
			synctest.Wait()
			w.wantHeard(0, refused)
		})
	}
}

func TestGuessingThePhraseIsSlowed(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.start(allow(bot.Allow{Phrase: "the river house"}))
		w.server.Say(1, "/start") // no guess
		w.server.Say(1, "/help")
		for range 5 {
			w.server.Say(0, "a guess")
		}
		for range 4 {
			w.server.Say(1, "a guess")
		}
		w.server.Say(0, "the river house")
		w.server.Say(1, "the river house")
		synctest.Wait()
		w.wantHeard(0, refused)
		w.wantHeard(1, refused, "opened")
		pass(time.Hour)
		w.server.Say(0, "the river house")
		synctest.Wait()
		w.wantHeard(0, refused, "opened")
	})
}

func TestWhoIsInStaysIn(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start()
		w.server.Say(0, "hello")
		synctest.Wait()
		_ = p.stop()
		w.start(allow(bot.Allow{People: []string{"fake:person-9"}}))
		w.server.Say(0, "still here")
		synctest.Wait()
		w.wantHeard(0, "re: hello", "re: still here")
	})
}

func TestWhoBlocksTheBotAndWasNeverInLeavesNoTrace(t *testing.T) {
	inWorld(t, false, func(w *world) {
		p := w.start(allow(bot.Allow{Phrase: "the river house"}))
		before := p.disk.updates()
		w.server.Say(0, "block")
		synctest.Wait()
		w.wantHeard(0)
		if n := p.disk.updates() - before; n != 0 || w.server.Unacknowledged() != 0 {
			t.Errorf("%d commits, %d events left", n, w.server.Unacknowledged())
		}
	})
}

// The platform's name of a person is kept nowhere, not even with an event put aside.
func TestAUserIsNotKept(t *testing.T) {
	inWorld(t, false, func(w *world) {
		w.book.panics = 100
		w.start(allow(bot.Allow{People: []string{"fake:user of person-0"}}))
		w.server.Say(0, "panic")
		synctest.Wait()
		w.records(func(r *store.Records) error {
			found, err := r.Quarantined(10)
			if len(found) != 1 || strings.Contains(string(found[0].Payload), "user of") {
				t.Errorf("put aside: %d events", len(found))
			}
			return err
		})
	})
}

func TestAllowSaysItsMistakes(t *testing.T) {
	cases := map[string]struct {
		allow bot.Allow
		want  []string
	}{
		"nothing":           {bot.Allow{}, nil},
		"all well":          {bot.Allow{People: []string{"telegram:1", "discord:2", "terminal:you"}, Phrase: "the house"}, nil},
		"a short phrase":    {bot.Allow{Phrase: "  hou---se "}, []string{"allow.phrase: it is easy"}},
		"no colon":          {bot.Allow{People: []string{"telegram:1", "123secret"}}, []string{"allow.people: entry 2 names nobody"}},
		"no number":         {bot.Allow{People: []string{"telegram:"}}, []string{"allow.people: entry 1 names nobody"}},
		"no such platform":  {bot.Allow{People: []string{"telegramm:123secret"}}, []string{"allow.people: entry 1 names no platform"}},
		"several at a time": {bot.Allow{People: []string{"a", "b:1"}, Phrase: "secret"}, []string{"allow.people: entry 1", "allow.people: entry 2", "allow.phrase"}},
	}
	for name, c := range cases {
		got := c.allow.Validate()
		if len(got) != len(c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
			continue
		}
		for i := range got {
			if !strings.HasPrefix(got[i], c.want[i]) || strings.Contains(got[i], "secret") {
				t.Errorf("%s: %q, want %q", name, got[i], c.want[i])
			}
		}
	}
}
