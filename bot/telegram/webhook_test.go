package telegram

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
)

const testSecret = "tell-me_apart"

func pipeListener(context.Context, string) (net.Listener, error) { return bottest.NewPipe(), nil }

// newHookWorld is a world in which updates are brought.
func newHookWorld(t *testing.T) *world {
	w := newWorld(t)
	w.o.Webhook = &Webhook{URL: "https://kintsugi.example/hook/path", Listen: "127.0.0.1:8081", Secret: testSecret}
	return w
}

// startHook starts a program to which updates are brought.
func (w *world) startHook(t *testing.T) *Telegram {
	pipe := bottest.NewPipe()
	via := &http.Transport{DialContext: pipe.Dial, MaxIdleConnsPerHost: 100}
	t.Cleanup(via.CloseIdleConnections)
	w.DeliverTo("http://kintsugi.example", via)
	tg := w.start()
	tg.listen = func(context.Context, string) (net.Listener, error) { return pipe, nil }
	return tg
}

func TestAWebhookPassesTheSuite(t *testing.T) {
	bottest.RunVirtual(t, func(t *testing.T) (bot.Platform, bottest.Peer) {
		w := newHookWorld(t)
		return w.startHook(t), w.Peer(func(t *testing.T) bot.Platform { return w.startHook(t) })
	})
}

func TestOnlyTelegramIsListenedTo(t *testing.T) {
	update := `{"update_id":1,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"text":"hello"}}`
	cases := map[string]struct {
		method, path, secret, body string
		status, handled            int
	}{
		"telegram":        {"POST", "/hook/path", testSecret, update, 200, 1},
		"no secret":       {"POST", "/hook/path", "", update, 401, 0},
		"other secret":    {"POST", "/hook/path", testSecret + "x", update, 401, 0},
		"other path":      {"POST", "/hook", testSecret, update, 404, 0},
		"a look":          {"GET", "/hook/path", testSecret, "", 404, 0},
		"no update":       {"POST", "/hook/path", testSecret, "hello", 200, 0},
		"unreadable":      {"POST", "/hook/path", testSecret, `{"update_id":1,"message":7}`, 200, 1},
		"nothing":         {"POST", "/hook/path", testSecret, `{"update_id":1}`, 200, 0},
		"endlessly large": {"POST", "/hook/path", testSecret, strings.Repeat(" ", updateLimit+1), 503, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			inHook(t, &handler{}, func(h *hook, got *handler) {
				r := httptest.NewRequest(c.method, "https://kintsugi.example"+c.path, strings.NewReader(c.body))
				r.Header.Set(secretHeader, c.secret)
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, r)
				synctest.Wait()
				if answer.Code != c.status || got.count() != c.handled || answer.Body.Len() > 0 {
					t.Errorf("answered %d %q, handled %d", answer.Code, answer.Body, got.count())
				}
			})
		})
	}
}

// inHook runs a test with a hook that needs no server.
func inHook(t *testing.T, got *handler, test func(*hook, *handler)) {
	synctest.Test(t, func(t *testing.T) {
		w := newHookWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		q := newQueues(got.handle, &bot.Clock{})
		h, err := w.start().newHook(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		test(h, got)
		cancel()
		q.workers.Wait()
	})
}

func bring(h *hook, id, text string) <-chan int {
	status := make(chan int, 1)
	update := `{"update_id":` + id + `,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"text":"` + text + `"}}`
	go func() { status <- h.bring(context.Background(), []byte(update)) }()
	return status
}

func TestAnUpdateIsAnsweredOnlyWhenItWasHandled(t *testing.T) {
	open := make(chan struct{})
	wait := func(context.Context, bot.Inbound) error { <-open; return nil }
	inHook(t, &handler{answer: wait}, func(h *hook, got *handler) {
		open = make(chan struct{}) // of this bubble
		first := bring(h, "5", "one")
		synctest.Wait()
		if len(first) != 0 {
			t.Fatal("answered before it was handled")
		}
		again := bring(h, "5", "one") // Telegram lost patience
		later := bring(h, "7", "three")
		synctest.Wait()
		earlier := bring(h, "6", "two")
		synctest.Wait()
		close(open)
		for _, status := range []<-chan int{first, again, later, earlier} {
			if s := <-status; s != http.StatusOK {
				t.Errorf("answered %d", s)
			}
		}
		if got.texts() != "[one two three]" {
			t.Errorf("handed over %s", got.texts())
		}
	})
}

func TestAnUpdateThatTakesTooLongIsToComeAgain(t *testing.T) {
	refuse := func(context.Context, bot.Inbound) error { return errNotNow }
	inHook(t, &handler{answer: refuse}, func(h *hook, got *handler) {
		begun := time.Now()
		if s := <-bring(h, "5", "one"); s != http.StatusServiceUnavailable || time.Since(begun) != handTimeout {
			t.Errorf("answered %d after %v", s, time.Since(begun))
		}
		if n := got.count(); n < 5 || n > 20 {
			t.Errorf("handed over %d times", n)
		}
	})
}

func TestWhatIsTooMuchIsToComeAgain(t *testing.T) {
	inHook(t, &handler{}, func(h *hook, got *handler) {
		for i := range handLimit {
			h.hand[100+i] = make(chan struct{})
		}
		if s := <-bring(h, "5", "one"); s != http.StatusServiceUnavailable || got.count() != 0 {
			t.Errorf("answered %d, handed over %d", s, got.count())
		}
	})
}

func TestAWrongWebhookIsSaidAtOnce(t *testing.T) {
	for _, h := range []Webhook{{URL: "http://a.example", Secret: "x"}, {URL: "https://", Secret: "x"}, {URL: "https://a.example"}} {
		inWorld(t, func(t *testing.T, w *world) {
			w.o.Webhook = &h
			if err := w.start().Receive(t.Context(), nil); err == nil {
				t.Errorf("%+v was taken", h)
			}
		})
	}
}

func TestARevokedTokenEndsTheWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newHookWorld(t)
		w.Revoke(true)
		if err := w.startHook(t).Receive(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "@BotFather") {
			t.Errorf("receiving ended with %v", err)
		}
	})
}
