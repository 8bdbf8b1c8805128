package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"kintsugi/bot"
)

// fault says how far a call that failed came.
type fault int

const (
	notSent  fault = iota // nothing of it left us
	unclear               // it may have had its effect
	answered              // it was refused
)

// callError is a call that failed. It holds no address and no words of anybody: what an
// HTTP client says has the token in it, or ids.
type callError struct {
	route  string
	kind   fault
	status int       // of the answer, 0 if there was none
	code   int       // Discord's own, 0 if it gave none
	told   bool      // the answer was Discord's own, and not that of something before it
	later  time.Time // when to try again, if that was said
	global bool      // and that it is meant of everything
	reason string    // if there was no answer
}

func (e *callError) Error() string {
	switch {
	case e.reason != "":
		return fmt.Sprintf("%s: %s", e.route, e.reason)
	case e.code != 0:
		return fmt.Sprintf("%s: status %d, code %d", e.route, e.status, e.code)
	}
	return fmt.Sprintf("%s: status %d", e.route, e.status)
}

// stays says that the same call will be refused again.
func (e *callError) stays() bool {
	return e.kind == answered && (e.status != http.StatusTooManyRequests || e.code == codeTooManyEdits)
}

// fixed says that what was to be changed is not there, or no longer for us, or that it
// can't be changed. What is wrong with the change itself is found out when it is sent as
// a message.
func (e *callError) fixed() bool {
	switch e.code {
	case codeUnknownMessage, codeUnknownWebhook, codeUnknownInteraction, codeExpiredToken, codeTooManyEdits, codeNotOurs:
		return true
	case codeUnknownChannel:
		return false
	}
	return e.status == http.StatusNotFound || e.status == http.StatusBadRequest && e.told
}

// Codes of Discord's that mean something to us.
const (
	codeUnknownChannel     = 10003
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeTooManyEdits       = 30046 // of a message that is older than an hour
	codeOpeningTooFast     = 40003
	codeAcknowledged       = 40060
	codeMissingAccess      = 50001
	codeNotOurs            = 50005
	codeCannotMessage      = 50007
	codeExpiredToken       = 50027
	codeNoMutualServer     = 50278
)

func asCallError(err error) *callError {
	if e := (*callError)(nil); errors.As(err, &e) {
		return e
	}
	return nil
}

// failedCall makes an error of one that an HTTP client gave.
func failedCall(route string, err error, connected bool) *callError {
	kind := notSent
	if connected {
		kind = unclear
	}
	return &callError{route: route, kind: kind, reason: reasonOf(err)}
}

// reasonOf says in a few fixed words what went wrong on the network.
func reasonOf(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	var number syscall.Errno
	switch {
	case errors.Is(err, context.Canceled):
		return "it was ended"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it took too long"
	case errors.As(err, &dns):
		return "the server's name is not found"
	case errors.As(err, &number):
		return number.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed"
	}
	return "the connection failed"
}

const openingPause = 5 * time.Minute // after chats were opened too fast

// outcome makes of the error of a call what [bot.Platform.Send] says of a message.
func (e *callError) outcome(now time.Time) error {
	switch {
	case e.kind == unclear:
		return fmt.Errorf("sending: %w (%w)", bot.ErrAmbiguous, e)
	case e.code == codeOpeningTooFast:
		return &bot.LaterError{At: now.Add(openingPause)}
	case !e.later.IsZero():
		return &bot.LaterError{At: e.later}
	case e.code == codeCannotMessage, e.code == codeNoMutualServer, e.code == codeUnknownChannel:
		return fmt.Errorf("sending: %w (%w)", bot.ErrUnreachable, e)
	case e.refusesMessage():
		return fmt.Errorf("sending: %w (%w)", bot.ErrRefused, e)
	}
	return fmt.Errorf("sending: %w", e)
}

// refusesMessage says that it is the message which is not taken.
func (e *callError) refusesMessage() bool {
	return e.kind == answered &&
		(e.status == http.StatusBadRequest && e.told || e.status == http.StatusRequestEntityTooLarge)
}
