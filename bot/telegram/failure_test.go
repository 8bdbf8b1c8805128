package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
	"kintsugi/store"
)

// answerer answers every request alike: after reading it, if reads, with an error or a
// page.
type answerer struct {
	reads  bool
	err    error
	status int
	body   string
	breaks bool // the body does
}

func (a answerer) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.reads && r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
	}
	if a.err != nil {
		return nil, a.err
	}
	body := io.Reader(strings.NewReader(a.body))
	if a.breaks {
		body = io.MultiReader(body, iotest.ErrReader(io.ErrUnexpectedEOF))
	}
	return &http.Response{StatusCode: a.status, ContentLength: -1, Header: http.Header{}, Body: io.NopCloser(body)}, nil
}

func answers(status int, body string) answerer {
	return answerer{reads: true, status: status, body: body}
}

func says(code int, description string) answerer {
	return answers(code, fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q}`, code, description))
}

// outcomes are what a send can meet with. nil says that it was certainly not sent and is
// to be tried again.
func outcomes() map[string]struct {
	answerer
	want error
} {
	leak := &url.Error{Op: "Post", URL: "https://api/bot" + testToken + "/sendMessage", Err: syscall.ECONNRESET}
	deep := fmt.Errorf("proxy: https://api/bot%s/x", testToken)
	type outcome = struct {
		answerer
		want error
	}
	later := error(&bot.LaterError{})
	return map[string]outcome{
		"no connection":       {answerer{err: syscall.ECONNREFUSED}, nil},
		"no connection, leak": {answerer{err: leak}, nil},
		"odd error, leak":     {answerer{err: deep}, nil},
		"reset after writing": {answerer{reads: true, err: leak}, bot.ErrAmbiguous},
		"silence":             {answerer{reads: true, err: context.DeadlineExceeded}, bot.ErrAmbiguous},
		"broken answer":       {answerer{reads: true, status: 200, body: `{"ok":`, breaks: true}, bot.ErrAmbiguous},
		"unreadable answer":   {answers(200, `{"ok":true,"result":{"message_id":`), bot.ErrAmbiguous},
		"empty answer":        {answers(200, ``), bot.ErrAmbiguous},
		"other answer":        {answers(200, `[]`), bot.ErrAmbiguous},
		"neither yes nor no":  {answers(200, `{}`), bot.ErrAmbiguous},
		"html 502":            {answers(502, `<html>Bad Gateway</html>`), bot.ErrAmbiguous},
		"html 404":            {answers(404, `<html>Not Found</html>`), nil},
		"html 302":            {answers(302, `<html>Sign in</html>`), bot.ErrAmbiguous},
		"500":                 {says(500, "Internal Server Error"), bot.ErrAmbiguous},
		"blocked":             {says(403, "Forbidden: bot was blocked by the user"), bot.ErrUnreachable},
		"deactivated":         {says(403, "Forbidden: user is deactivated"), bot.ErrUnreachable},
		"no chat":             {says(400, "Bad Request: chat not found"), bot.ErrUnreachable},
		"too long":            {says(400, "Bad Request: message is too long"), bot.ErrRefused},
		"too large":           {says(413, "Request Entity Too Large"), bot.ErrRefused},
		"token":               {says(401, "Unauthorized"), nil},
		"no method":           {says(404, "Not Found"), nil},
		"too many":            {answers(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`), later},
		"too many, no time":   {says(429, "Too Many Requests"), later},
		"quoting":             {says(400, "Bad Request: can't parse entities: unsupported start tag \"my secret\""), bot.ErrRefused},
	}
}

func TestASendSaysWhatItMetWith(t *testing.T) {
	for name, o := range outcomes() {
		t.Run(name, func(t *testing.T) {
			tg := New(Options{Token: testToken, Words: testWords{}, Transport: o.answerer})
			m := bot.Outbound{To: store.Address{Platform: "telegram", ID: "1001"}, ID: "a", Message: flows.Message{Text: "my secret"}}
			err := tg.Send(t.Context(), m)
			if got := kindOf(err); !errors.Is(got, o.want) && !isLater(o.want, got) || err == nil {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func isLater(want, got error) bool {
	return errors.As(want, new(*bot.LaterError)) && errors.As(got, new(*bot.LaterError))
}

// kindOf gives the one of the known errors that err is, or nil.
func kindOf(err error) error {
	for _, known := range []error{bot.ErrAmbiguous, bot.ErrRefused, bot.ErrUnreachable} {
		if errors.Is(err, known) {
			return known
		}
	}
	if l := (*bot.LaterError)(nil); errors.As(err, &l) {
		return l
	}
	return nil
}

func TestRetryAfterIsObeyed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.FailNext("sendMessage", telegramtest.TooMany, 1)
		later := (*bot.LaterError)(nil)
		err := w.start().Send(t.Context(), w.reply(0, "a", "", flows.Message{Text: "hello"}))
		if !errors.As(err, &later) || time.Until(later.At) != 30*time.Second {
			t.Errorf("the error is %v, later by %v", err, later)
		}
	})
}

func TestASendEndsWithItsContext(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		tg := w.start()
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := tg.Send(ended, w.reply(0, "a", "", flows.Message{Text: "hello"})); err == nil || kindOf(err) != nil {
			t.Errorf("before it was written, the error is %v", err)
		}
		w.FailNext("sendMessage", telegramtest.SilenceAfter, 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := tg.Send(ctx, w.reply(0, "b", "", flows.Message{Text: "hello"})); !errors.Is(err, bot.ErrAmbiguous) {
			t.Errorf("after it was written, the error is %v", err)
		}
	})
}

func TestARefusedConnectionIsNoAmbiguity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		tg := w.start()
		mustSend(t, tg, w.reply(0, "a", "", flows.Message{Text: "hello"}))
		w.transport.CloseIdleConnections()
		w.Close()
		synctest.Wait()
		err := tg.Send(t.Context(), w.reply(0, "b", "", flows.Message{Text: "hello"}))
		if err == nil || kindOf(err) != nil {
			t.Errorf("the error is %v", err)
		}
	})
}

// TestNothingLeaks has everything fail in every way, and looks into all errors and into
// a log that leaves nothing out.
func TestNothingLeaks(t *testing.T) {
	secrets := []string{testToken, url.QueryEscape(testToken), "AAF-secret", "my secret", "1001", "photo-77"}
	for name, o := range outcomes() {
		t.Run(name, func(t *testing.T) {
			inWorld(t, func(t *testing.T, w *world) {
				w.o.Transport = o.answerer
				tg := w.start()
				for _, err := range failAll(t, tg, w) {
					for _, s := range secrets {
						if err != nil && strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, unwrapAll(err)), s) {
							t.Errorf("an error holds %q: %v", s, err)
						}
					}
				}
				for _, s := range secrets {
					if strings.Contains(w.log.String(), s) {
						t.Errorf("the log holds %q:\n%s", s, w.log.String())
					}
				}
			})
		})
	}
}

func TestACauseIsToldWithoutItsURL(t *testing.T) {
	leak := &url.Error{Op: "Post", URL: "https://api/bot" + testToken + "/sendMessage", Err: syscall.ECONNRESET}
	tg := New(Options{Token: testToken, Words: testWords{}, Transport: answerer{err: leak}})
	_, err := tg.Fetch(t.Context(), "photo-77", 1)
	if !errors.Is(err, syscall.ECONNRESET) || strings.Contains(err.Error(), "https") {
		t.Errorf("the error is %v", err)
	}
}

// unwrapAll gives the texts of an error and of those in it.
func unwrapAll(err error) string {
	if err == nil {
		return ""
	}
	text := err.Error()
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		text += unwrapAll(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			text += unwrapAll(inner)
		}
	}
	return text
}

// failAll makes every kind of call and gives the errors.
func failAll(t *testing.T, tg *Telegram, w *world) []error {
	var errs []error
	m := bot.Outbound{To: store.Address{Platform: "telegram", ID: "1001"}, ID: "a", Handle: "40"}
	m.Message = flows.Message{Text: "my secret", Strong: []flows.Span{{From: 0, To: 2}}, Buttons: buttons("my secret")}
	errs = append(errs, tg.Send(t.Context(), m))
	m.Message.Replaces = true
	errs = append(errs, tg.Send(t.Context(), m))
	m.Message.Replaces = false
	for _, kind := range []string{"image/png", "text/plain"} {
		m.File = &bot.File{Name: "my secret", Type: kind, Data: []byte("my secret")}
		errs = append(errs, tg.Send(t.Context(), m))
	}
	_, err := tg.Fetch(t.Context(), "photo-77", 10)
	errs = append(errs, err)
	tg.recent.saw("1001", 40)
	tg.Hide(t.Context(), m.To)
	for _, finding := range Examine(t.Context(), w.o) {
		errs = append(errs, errors.New(finding.What))
	}
	tg.strip("1001", 40)
	tg.answerQuery("photo-77")
	tg.answerGroup(summons{chat: 1001})
	stop := receive(t, tg, &handler{})
	pass(time.Minute)
	errs = append(errs, stop())
	tg.webhook = &Webhook{URL: "https://example.org/my%20secret", Secret: "my-secret", Listen: "127.0.0.1:0"}
	tg.listen = pipeListener
	stop = receive(t, tg, &handler{})
	pass(time.Minute)
	return append(errs, stop())
}
