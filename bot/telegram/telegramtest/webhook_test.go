package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
	"kintsugi/bot/telegram/telegramtest"
)

// program is a program that takes updates over a webhook.
type program struct {
	mu     sync.Mutex // guards what follows
	texts  []string
	secret string
	path   string
	fails  int           // how many more posts it fails
	takes  time.Duration // how long a post takes
	most   int32         // how many there were at a time
	now    atomic.Int32
}

func (p *program) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := p.now.Add(1)
	defer p.now.Add(-1)
	<-time.After(p.takes)
	var u update
	err := json.NewDecoder(r.Body).Decode(&u)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.most = max(p.most, n)
	p.secret, p.path = r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), r.URL.Path
	if p.fails > 0 || err != nil {
		p.fails--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	p.texts = append(p.texts, u.Message.Text)
}

func (p *program) heard() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.texts)
}

// listen serves a program, and has the server deliver there.
func (p *program) listen(t *testing.T, s *telegramtest.Server) {
	pipe := bottest.NewPipe()
	server := &http.Server{Handler: p}
	done := make(chan error)
	go func() { done <- server.Serve(pipe) }()
	transport := &http.Transport{DialContext: pipe.Dial}
	s.DeliverTo("http://here", transport)
	t.Cleanup(func() {
		s.Close()
		transport.CloseIdleConnections()
		server.Close()
		<-done
	})
}

func TestAWebhookGetsWhatWaitedAndWhatComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(t), &program{}
		p.listen(t, s)
		s.Say(0, "waiting")
		must(t, s, "setWebhook", with{"url": "https://example.org/a/path", "secret_token": "secret-1"})
		s.Say(0, "new")
		if err := s.WaitFor(t.Context(), func() bool { return s.Unconfirmed() == 0 }); err != nil {
			t.Error(err)
		}
		if got := p.heard(); !slices.Equal(got, []string{"waiting", "new"}) || p.secret != "secret-1" || p.path != "/a/path" {
			t.Errorf("delivered %q to %s with %q", got, p.path, p.secret)
		}
	})
}

func TestAnUpdateIsDeliveredAgainWhenItFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(t), &program{fails: 3}
		p.listen(t, s)
		must(t, s, "setWebhook", with{"url": "https://example.org/"})
		began := time.Now()
		s.Say(0, "one")
		s.Say(0, "two")
		s.WaitFor(t.Context(), func() bool { return s.Unconfirmed() == 0 })
		if got := p.heard(); !slices.Equal(got, []string{"one", "two"}) || time.Since(began) != 7*time.Second {
			t.Errorf("delivered %q after %v", got, time.Since(began))
		}
		info := string(must(t, s, "getWebhookInfo", nil))
		want := fmt.Sprintf(`{"url":"https://example.org/","has_custom_certificate":false,"pending_update_count":0,`+
			`"last_error_date":%d,"last_error_message":"Wrong response from the webhook: 503 Service Unavailable","max_connections":40}`,
			began.Add(3*time.Second).Unix())
		if info != want {
			t.Errorf("got %s, want %s", info, want)
		}
	})
}

func TestOnlySoManyDeliveriesAreUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(t), &program{takes: time.Second}
		p.listen(t, s)
		must(t, s, "setWebhook", with{"url": "https://example.org/", "max_connections": "3"})
		for i := range 12 {
			s.Say(i, "hello")
		}
		began := time.Now()
		s.WaitFor(t.Context(), func() bool { return s.Unconfirmed() == 0 })
		if p.most != 3 || time.Since(began) != 4*time.Second {
			t.Errorf("%d were delivered at a time, in %v", p.most, time.Since(began))
		}
	})
}

func TestAWebhookAndPollingShutEachOtherOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(t), &program{fails: 1000}
		p.listen(t, s)
		poll := make(chan answer, 1)
		go func() { poll <- call(t, s, "getUpdates", with{"timeout": "50"}) }()
		synctest.Wait()
		must(t, s, "setWebhook", with{"url": "https://example.org/", "allowed_updates": `["message"]`})
		if a := <-poll; a.Description != "Conflict: terminated by setWebhook request" {
			t.Errorf("the poll got %+v", a)
		}
		refusal{"getUpdates", nil, "Conflict: can't use getUpdates method while webhook is active"}.check(t, s)
		s.Say(0, "hello")
		must(t, s, "deleteWebhook", nil)
		if got := updates(t, s, nil); len(got) != 1 || got[0].Message.Text != "hello" {
			t.Errorf("got %+v", got)
		}
		must(t, s, "deleteWebhook", with{"drop_pending_updates": "true"})
		if n := s.Unconfirmed(); n != 0 {
			t.Errorf("%d updates are left", n)
		}
	})
}

func TestWhatAWebhookMustBe(t *testing.T) {
	s := newServer(t)
	refusal{"setWebhook", with{"url": "http://example.org/"}, "Bad Request: bad webhook: An HTTPS URL must be provided"}.check(t, s)
	refusal{"setWebhook", with{"url": "https://example.org/", "secret_token": "a b"}, "Bad Request: secret token contains unallowed"}.check(t, s)
}
