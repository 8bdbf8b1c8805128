package discord

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
)

func isRefused(err error) bool { return errors.Is(err, bot.ErrRefused) }

func TestAnActIsAnEvent(t *testing.T) {
	for name, want := range map[string]flows.Event{
		"command":      {Kind: flows.Said, Text: "/journal"},
		"command-text": {Kind: flows.Said, Text: "/note the lake  at dawn"},
		"button":       {Kind: flows.Pressed, Token: "q.0"},
		"menu":         {Kind: flows.Pressed, Token: "q.31"},
	} {
		a, ok := readAct(payload(t, "act-"+name))
		if !ok || !a.private() {
			t.Fatalf("%s: %+v, %t", name, a, ok)
		}
		e, ok := a.event()
		got := a.inbound(e, a.handle(true, time.Unix(1_800_000_000, 0)))
		handle := "s:41771983423143937:tro9jc:1310000000000000500:aW50ZXJhY3Rpb246MTMxMDAwMDAwMDAwMDAwMDAwMTpTb21lVG9rZW4_-x"
		if want.Kind == flows.Pressed {
			handle = "b:1310000000000000400"
		}
		wanted := bot.Inbound{
			ID: "i1310000000000000500", From: addressOf(aChat), User: aUser, Language: "de", Event: want, Handle: handle,
		}
		if !ok || got != wanted {
			t.Errorf("%s: came as %+v, %t, want %+v", name, got, ok, wanted)
		}
	}
}

func TestOnlyDirectMessagesArePrivate(t *testing.T) {
	for name, want := range map[string]bool{
		"command": true, "button": true, "command-in-a-guild": false, "command-among-others": false,
	} {
		if a, ok := readAct(payload(t, "act-"+name)); !ok || a.private() != want {
			t.Errorf("%s: read: %t, private: %t", name, ok, a.private())
		}
	}
}

func TestNoActOfAPersonIsNoEvent(t *testing.T) {
	for _, name := range []string{"act-modal", "act-autocomplete"} {
		a, ok := readAct(payload(t, name))
		if !ok {
			t.Fatalf("%s can't be read", name)
		}
		if e, ok := a.event(); ok {
			t.Errorf("%s: came as %+v", name, e)
		}
	}
}

func TestAHandleComesBackAsItWas(t *testing.T) {
	for _, h := range []handle{
		{}, {message: "17"}, {said: "17"}, {lost: "17", said: "17"}, {app: "1", token: "a-b_c", until: time.Unix(1_800_000_000, 0), said: "17"},
	} {
		if got := readHandle(h.String()); got != h {
			t.Errorf("%+v came back as %+v", h, got)
		}
	}
	for _, s := range []string{
		"", "b:", "b:x", "b:1:2", "m:", "m:x", "t:x", "x", "x:1",
		"s:1:zz", "s:1:zz:t", "s:x:zz:2:t", "s:1:!:2:t", "s:1:zz:x:t", "s:1:zz:2:a/b", "s:1:zz:2:..",
	} {
		if got := readHandle(s); got != (handle{}) {
			t.Errorf("%q was read as %+v", s, got)
		}
	}
}

func TestAnActIsAcknowledgedBeforeItIsHandled(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(func(ctx context.Context, _ bot.Inbound) error {
			return (&bot.Clock{}).Pause(ctx, 10*time.Second) // the engine is slow
		})
		p.say("q", "How?", func(m *bot.Outbound) { m.Message.Buttons = buttons("Well", "Not well") })
		w.Say(0, "I take long")
		w.Command(0, "journal", "today")
		w.Press(0, "Well")
		w.Press(0, "Not well")
		after(time.Minute)
		p.want("I take long", "/journal today", "pressed q.0", "pressed q.1")
		if n := w.Unanswered(); n != 0 {
			t.Errorf("%d acts were not answered", n)
		}
	})
}

func TestAnActThatCouldNotBeAcknowledgedIsHandledAllTheSame(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext("POST /interactions/{interaction}/{token}/callback", discordtest.Fault{Status: 404, Code: codeUnknownInteraction}, 1)
		w.Command(0, "journal", "")
		p.want("/journal")
		p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
		w.wantHeard("Here it is.")
		if n := w.Calls("PATCH /webhooks/{app}/{token}/messages/{message}"); n != 0 {
			t.Errorf("%d edits were tried", n)
		}
	})
}

func TestACallbackThatMayHaveArrivedCounts(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext("POST /interactions/{interaction}/{token}/callback", discordtest.Fault{Arrives: true, Reset: true}, 1)
		w.Command(0, "journal", "")
		p.want("/journal")
		p.say("a", "Here it is.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
		w.wantHeard("Here it is.")
		if w.Thinking(0) != 0 {
			t.Error("it still thinks")
		}
	})
}

func TestACallbackThatFailsIsTriedAgainInTime(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.FailNext("POST /interactions/{interaction}/{token}/callback", discordtest.Fault{Status: 429, RetryAfter: time.Second}, 2)
		w.Command(0, "journal", "")
		after(5 * time.Second)
		p.want("/journal")
		if w.Unanswered() != 0 || p.inbound()[0].Handle == "" {
			t.Error("it was not acknowledged")
		}
	})
}

func TestALocaleIsRemembered(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.Locale(0, "de")
		w.Say(0, "one")
		after(time.Second)
		w.Command(0, "start", "")
		after(time.Second)
		w.Say(0, "two")
		after(time.Second)
		p.stop()
		p2 := w.run(nil)
		w.Say(0, "three")
		p2.want("three")
		var got []string
		for _, in := range append(p.inbound(), p2.inbound()...) {
			got = append(got, in.Language)
		}
		if strings.Join(got, ",") != ",de,de,de" {
			t.Errorf("the languages are %q", got)
		}
	})
}

func TestOldAndDoublePressesCome(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		p.say("q", "How?", func(m *bot.Outbound) { m.Message.Buttons = buttons("Well") })
		w.PressTwice(0, "Well")
		p.want("pressed q.0", "pressed q.0")
		p.say("a", "Good.", func(m *bot.Outbound) { m.Handle = p.inbound()[0].Handle })
		after(time.Second)
		if got := w.Heard(0)[0]; len(got.Buttons) != 0 || got.Text != "How?" {
			t.Errorf("what was answered stands as %+v", got)
		}
		w.PressOld(0, "Well")
		p.want("pressed q.0", "pressed q.0", "pressed q.0")
	})
}

func FuzzInteraction(f *testing.F) {
	names, _ := filepath.Glob("testdata/act-*.json")
	for _, name := range names {
		f.Add([]byte(payload(f, strings.TrimSuffix(filepath.Base(name), ".json"))))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, ok := readAct(json.RawMessage(data))
		if !ok {
			return
		}
		_ = a.deferral()
		e, ok := a.event()
		if !ok {
			return
		}
		got := a.inbound(e, a.handle(true, time.Unix(0, 0)))
		if got.ID == "" || got.Event.Kind == 0 || len(got.Handle) > 1024 {
			t.Errorf("came as %+v", got)
		}
	})
}

func FuzzCustomID(f *testing.F) {
	f.Add("q.0", "")
	f.Add("menu-0", "q.31")
	f.Add("\xff", "")
	f.Fuzz(func(t *testing.T, id, value string) {
		data := map[string]any{"custom_id": id, "component_type": 2}
		if value != "" {
			data["component_type"], data["values"] = 3, []string{value}
		}
		raw, err := json.Marshal(map[string]any{
			"id": "1", "application_id": "2", "channel_id": "3", "token": "t", "type": 3, "context": 1,
			"user": map[string]any{"id": "4"}, "data": data, "app_permissions": "0",
		})
		if err != nil {
			t.Fatal(err)
		}
		a, ok := readAct(raw)
		if !ok {
			t.Fatalf("%s can't be read", raw)
		}
		e, ok := a.event()
		want := strings.ToValidUTF8(id, "\uFFFD")
		if value != "" {
			want = strings.ToValidUTF8(value, "\uFFFD")
		}
		if !ok || e.Kind != flows.Pressed || len(e.Token) < len(want)/3 || value == "" && id != "" && e.Token == "" {
			t.Errorf("came as %+v, want %q", e, want)
		}
	})
}
