package telegramtest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot/bottest"
	"kintsugi/bot/telegram/telegramtest"
)

// line is a server behind a pipe, and a client of it.
type line struct {
	s      *telegramtest.Server
	client *http.Client
}

func newLine(t *testing.T) line {
	s, p := telegramtest.New(token), bottest.NewPipe()
	done := make(chan error)
	go func() { done <- s.Serve(p) }()
	transport := &http.Transport{DialContext: p.Dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		s.Close()
		if err := <-done; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	return line{s, &http.Client{Transport: transport, Timeout: time.Minute}}
}

// send sends a text to person 0, and gives the answer's status and body.
func (l line) send(text string) (int, string, error) {
	r, err := l.client.PostForm("http://telegram/bot"+token+"/sendMessage", url.Values{"chat_id": {"1000"}, "text": {text}})
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return r.StatusCode, string(body), err
}

func TestWhatAFaultLooksLikeAndWhetherTheMessageArrives(t *testing.T) {
	for fault, want := range map[telegramtest.Fault]struct {
		status  int
		body    string
		err     error
		arrives bool
	}{
		telegramtest.TooMany:         {status: 429, body: `"retry_after":30`},
		telegramtest.ServerError:     {status: 500, body: `"Internal Server Error"`},
		telegramtest.BadGateway:      {status: 502, body: "<html>"},
		telegramtest.ResetBefore:     {err: syscall.ECONNRESET},
		telegramtest.Silence:         {err: context.DeadlineExceeded},
		telegramtest.Unauthorized:    {status: 401, body: `"Unauthorized"`},
		telegramtest.Refused:         {status: 400, body: `"Bad Request: `},
		telegramtest.Blocked:         {status: 403, body: `"Forbidden: `},
		telegramtest.BadGatewayAfter: {status: 502, body: "<html>", arrives: true},
		telegramtest.ResetAfter:      {err: syscall.ECONNRESET, arrives: true},
		telegramtest.SilenceAfter:    {err: context.DeadlineExceeded, arrives: true},
		telegramtest.GarbledAfter:    {status: 200, body: `{"ok":true,"result":{"message_id":`, arrives: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLine(t)
			l.s.Open(0)
			l.s.FailNext("sendMessage", fault, 1)
			status, body, err := l.send("one")
			if status != want.status || !strings.Contains(body, want.body) || !errors.Is(err, want.err) {
				t.Errorf("fault %d looks like %d %q %v", fault, status, body, err)
			}
			if arrived := len(l.s.Heard(0)) == 1; arrived != want.arrives {
				t.Errorf("fault %d: arrived: %t", fault, arrived)
			}
			if status, body, err := l.send("two"); status != http.StatusOK {
				t.Errorf("after fault %d: %d %q %v", fault, status, body, err)
			}
		})
	}
}

func TestAPollWhoseAnswerIsLostConfirmsAllTheSame(t *testing.T) {
	s := newServer(t)
	s.Say(0, "one")
	s.Say(0, "two")
	first := updates(t, s, nil)[0].ID
	s.FailNext("getUpdates", telegramtest.GarbledAfter, 1)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprintf("/bot%s/getUpdates?offset=%d", token, first+1), nil))
	if got := updates(t, s, nil); len(got) != 1 || got[0].Message.Text != "two" || strings.Contains(w.Body.String(), "two") {
		t.Errorf("got %q and then %+v", w.Body, got)
	}
}

func TestOnePersonsFaultHurtsNobodyElse(t *testing.T) {
	s := newServer(t)
	s.Open(1)
	for ability, code := range map[bottest.Ability]int{
		bottest.Later: 429, bottest.Refused: 400, bottest.Unreachable: 403, bottest.AmbiguousLost: 500,
	} {
		s.Fail(0, ability)
		must(t, s, "sendMessage", with{"chat_id": "1001", "text": "x"})
		must(t, s, "sendChatAction", with{"chat_id": "1001", "action": "typing"})
		if a := call(t, s, "sendMessage", to(with{"text": "x"})); a.Code != code || (a.Parameters.RetryAfter > 0) != (code == 429) {
			t.Errorf("%s: %+v", ability, a)
		}
	}
	s.Fail(0, bottest.Later)
	s.Mend()
	send(t, s, with{"text": "x"})
}

func TestAShareOfAllCallsFailsTheSameInEachRun(t *testing.T) {
	count := func() (failed int, which string) {
		s := newServer(t)
		s.FailAll(0.2, telegramtest.ServerError)
		s.FailAll(0.1, telegramtest.TooMany)
		for range 1000 {
			a := call(t, s, "getMe", nil)
			if !a.OK {
				failed++
			}
			which += string(rune('a' + a.Code%26))
		}
		return failed, which
	}
	n, which := count()
	if _, again := count(); n < 250 || n > 350 || again != which {
		t.Errorf("%d of 1000 failed", n)
	}
}

func TestACallThatIsSlowTakesEffectThoughItsClientGaveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		l.s.Open(0)
		l.s.Latency(90 * time.Second)
		if _, _, err := l.send("slow"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
		began := time.Now()
		if err := l.s.WaitFor(t.Context(), func() bool { return len(l.s.Heard(0)) == 1 }); err != nil {
			t.Error(err)
		}
		if waited := time.Since(began); waited != 30*time.Second {
			t.Errorf("it arrived after another %v", waited)
		}
	})
}

func TestClosingEndsWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(t)
		l.s.FailNext("getMe", telegramtest.Silence, 1)
		for _, method := range []string{"getMe", "getUpdates?timeout=50"} {
			go func() {
				if r, err := l.client.Get("http://telegram/bot" + token + "/" + method); err == nil {
					r.Body.Close()
					t.Errorf("%s was answered with %d", method, r.StatusCode)
				}
			}()
		}
		synctest.Wait()
		began := time.Now()
		l.s.Close()
		if time.Since(began) > 0 {
			t.Error("closing took its time")
		}
		synctest.Wait()
	})
}

func TestWhoeverListensHearsOfEachMessage(t *testing.T) {
	s := newServer(t)
	s.Open(0)
	s.OnSend(func(person int, m telegramtest.Sent) { s.Say(person, "You said: "+m.Text) })
	send(t, s, with{"text": "hello"})
	if got := updates(t, s, nil); len(got) != 1 || got[0].Message.Text != "You said: hello" {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkTurn(b *testing.B) {
	s := telegramtest.New(token)
	defer s.Close()
	t := new(testing.T)
	for b.Loop() {
		s.Say(0, "hello")
		call(t, s, "getUpdates", with{"offset": "-1"})
		call(t, s, "sendMessage", with{"chat_id": "1000", "text": "Hello, and how are you?"})
	}
}
