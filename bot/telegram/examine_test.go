package telegram

import (
	"strings"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
)

func TestExamineFindsWhatIsWrong(t *testing.T) {
	hook := &Webhook{URL: "https://kintsugi.example/x", Secret: testSecret}
	setHook := func(t *testing.T, w *world) {
		o := w.o
		o.Webhook = hook
		if err := New(o).setWebhook(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]struct {
		arrange func(t *testing.T, w *world)
		wrong   string // in the finding that is not OK; empty if all are
	}{
		"nothing":         {func(*testing.T, *world) {}, ""},
		"the token":       {func(_ *testing.T, w *world) { w.Revoke(true) }, "does not know the token"},
		"the network":     {func(_ *testing.T, w *world) { w.Close() }, "can't be reached"},
		"the clock":       {func(_ *testing.T, w *world) { w.Skew(-time.Minute) }, "off by 1m0s"},
		"a second":        {func(_ *testing.T, w *world) { w.Skew(-2 * time.Second) }, ""},
		"another poller":  {func(_ *testing.T, w *world) { w.Conflict() }, "another program polls"},
		"webhook, polls":  {setHook, "a webhook to kintsugi.example is set"},
		"webhook, unset":  {func(_ *testing.T, w *world) { w.o.Webhook = hook }, "no webhook is set"},
		"webhook, right":  {func(t *testing.T, w *world) { setHook(t, w); w.o.Webhook = hook }, ""},
		"webhook, others": {func(t *testing.T, w *world) { setHook(t, w); w.o.Webhook = &Webhook{URL: "https://a.example"} }, "not the one of the settings"},
		"the commands": {func(_ *testing.T, w *world) {
			w.FailNext("getMyCommands", telegramtest.Refused, 1)
		}, "commands"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				stop := receive(t, w.start(), &handler{}) // registers the commands
				pass(time.Minute)
				if err := stop(); err != nil {
					t.Fatal(err)
				}
				pass(time.Second) // the server notices
				c.arrange(t, w)
				found := Examine(t.Context(), w.o)
				checkFindings(t, found, c.wrong)
			})
		})
	}
}

func checkFindings(t *testing.T, found []bot.Finding, wrong string) {
	t.Helper()
	seen := false
	for _, f := range found {
		if f.OK != (f.Do == "") {
			t.Errorf("%+v says what to do, or does not", f)
		}
		if !f.OK && (wrong == "" || !strings.Contains(f.What, wrong)) {
			t.Errorf("found %+v", f)
		}
		seen = seen || !f.OK
	}
	if seen != (wrong != "") {
		t.Errorf("found %+v, want %q", found, wrong)
	}
}

func TestExamineSeesCommandsThatAreMissing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		checkFindings(t, Examine(t.Context(), w.o), "not registered")
	})
}

func TestExamineSeesAWebhookThatFails(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		tg.webhook = &Webhook{URL: "https://kintsugi.example/x", Secret: testSecret}
		if err := tg.setWebhook(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Say(0, "hello")
		pass(time.Second)
		w.o.Webhook = tg.webhook
		text := ""
		for _, f := range Examine(t.Context(), w.o) {
			text += f.What + "\n"
		}
		if !strings.Contains(text, "could not bring an update") {
			t.Errorf("found %s", text)
		}
	})
}
