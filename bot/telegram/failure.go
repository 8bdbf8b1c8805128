package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

// failure is a call that brought no result. It shows nothing of the request.
type failure struct {
	method string
	// code is Telegram's error code, or the HTTP status if Telegram did not answer
	// itself; 0 if nothing did.
	code     int
	answered bool // by Telegram
	// description is Telegram's. It can quote what somebody wrote: it is never shown.
	description string
	retry       time.Duration // until when to leave off; 0 if Telegram did not say
	left        bool          // the request may have reached the server
	cause       error         // why nothing answered
}

func (f *failure) Error() string {
	if f.code != 0 {
		return fmt.Sprintf("telegram %s: status %d", f.method, f.code)
	}
	return fmt.Sprintf("telegram %s: %v", f.method, f.cause)
}

func (f *failure) Unwrap() error { return f.cause }

// ambiguous says that nobody knows whether the call had an effect.
func (f *failure) ambiguous() bool {
	switch {
	case f.code == 0:
		return f.left
	case f.answered:
		return f.code >= http.StatusInternalServerError
	}
	return f.code < http.StatusBadRequest || f.code >= http.StatusInternalServerError
}

// final says that another try would come to the same.
func (f *failure) final() bool {
	return f.answered && f.code < http.StatusInternalServerError && f.code != http.StatusTooManyRequests
}

// says tells whether Telegram refused with a description that has one of the words.
// They are compared without regard to case.
func (f *failure) says(words ...string) bool {
	if !f.answered || f.code != http.StatusBadRequest {
		return false
	}
	description := strings.ToLower(f.description)
	for _, w := range words {
		if strings.Contains(description, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// is tells whether err is Telegram's own answer with that code.
func is(err error, code int) bool {
	f := (*failure)(nil)
	return errors.As(err, &f) && f.answered && f.code == code
}

// refused tells whether err is a refusal with one of the words.
func refused(err error, words ...string) bool {
	f := (*failure)(nil)
	return errors.As(err, &f) && f.says(words...)
}

// result makes of what the library gives back a result or a *failure.
func (x *exchange) result(method string, answer *tgbotapi.APIResponse, err error) (json.RawMessage, error) {
	if err == nil {
		return answer.Result, nil
	}
	f := &failure{method: method, code: x.status, left: x.left.Load() == leaving}
	switch {
	case answer != nil && answer.ErrorCode != 0:
		f.answered, f.code, f.description = true, answer.ErrorCode, answer.Description
		if answer.Parameters != nil {
			f.retry = time.Duration(answer.Parameters.RetryAfter) * time.Second
		}
	case answer == nil: // nothing came, or it broke off
		f.code, f.cause = 0, x.redact(err)
	}
	return nil, f
}

// redact takes off what could hold the token.
func (w *wire) redact(err error) error {
	if e := (*url.Error)(nil); errors.As(err, &e) {
		err = e.Err
	}
	text := err.Error()
	if w.token == "" {
		return err
	}
	if strings.Contains(text, w.token) || strings.Contains(text, url.PathEscape(w.token)) || strings.Contains(text, url.QueryEscape(w.token)) {
		return errors.New("the request failed")
	}
	return err
}

// outcome makes of the error of a send what bot.Platform says of it.
func (t *Telegram) outcome(err error) error {
	f := (*failure)(nil)
	if !errors.As(err, &f) {
		return err
	}
	t.log.Debug("message not delivered", "method", f.method, "status", f.code)
	switch {
	case f.ambiguous():
		return fmt.Errorf("%w: %w", bot.ErrAmbiguous, f)
	case !f.answered:
		return f
	case f.code == http.StatusTooManyRequests:
		return &bot.LaterError{At: t.clock.Now().Add(max(f.retry, time.Second))}
	case f.code == http.StatusForbidden, f.says("chat not found", "user not found", "peer_id_invalid", "user_is_blocked", "deactivated"):
		return fmt.Errorf("%w: %w", bot.ErrUnreachable, f)
	case f.code == http.StatusBadRequest, f.code == http.StatusRequestEntityTooLarge:
		return fmt.Errorf("%w: %w", bot.ErrRefused, f)
	}
	return f
}
