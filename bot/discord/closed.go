package discord

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"
)

// closedError is a gateway connection that the server closed, with its reason.
type closedError struct{ code int }

func (e *closedError) Error() string {
	return fmt.Sprintf("the gateway closed with code %d", e.code)
}

// readError makes an error of one that reading the socket gave.
func readError(err error) error {
	if e := (*websocket.CloseError)(nil); errors.As(err, &e) {
		return &closedError{e.Code}
	}
	return fmt.Errorf("reading from the gateway: %s", reasonOf(err))
}

// final gives what to mend, if to connect again is of no use.
func (e *closedError) final() error {
	switch e.code {
	case 4004:
		return errToken
	case 4013, 4014:
		return errIntents
	case 4010, 4011, 4012:
		return errVersion
	}
	return nil
}

// forgets says that the session can't be resumed: it was not known, or its sequence was
// wrong, or it was silent for too long.
func (e *closedError) forgets() bool {
	switch e.code {
	case 4003, 4007, 4009:
		return true
	}
	return false
}
