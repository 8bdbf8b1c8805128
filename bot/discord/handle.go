package discord

import (
	"strconv"
	"strings"
	"time"
)

const (
	slashHandle  = "s"
	buttonHandle = "b"

	answerTime  = 15 * time.Minute // for which the answer to a slash command can be edited
	answerSlack = time.Minute      // and how much of that is not counted on
)

// handle is what an event is answered by: the answer to a slash command that stands
// there as "thinking", or the message whose button was pressed. The zero handle is none.
type handle struct {
	app, token string    // of a slash command
	until      time.Time // for which they are good
	message    string    // the id of what was pressed
}

// String is the handle as the service keeps it.
func (h handle) String() string {
	switch {
	case h.token != "":
		return strings.Join([]string{slashHandle, h.app, strconv.FormatInt(h.until.Unix(), 36), h.token}, ":")
	case h.message != "":
		return buttonHandle + ":" + h.message
	}
	return ""
}

// readHandle reads what String wrote. Anything else is no handle.
func readHandle(s string) handle {
	parts := strings.SplitN(s, ":", 4)
	switch {
	case len(parts) == 2 && parts[0] == buttonHandle && isID(parts[1]):
		return handle{message: parts[1]}
	case len(parts) == 4 && parts[0] == slashHandle && isID(parts[1]) && isToken(parts[3]):
		until, err := strconv.ParseInt(parts[2], 36, 64)
		if err != nil {
			return handle{}
		}
		return handle{app: parts[1], until: time.Unix(until, 0), token: parts[3]}
	}
	return handle{}
}

// isToken says whether s can be the token of an interaction, and stand in a path.
func isToken(s string) bool {
	if s == "" || len(s) > 900 {
		return false
	}
	for _, c := range []byte(s) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("-_.=+~", rune(c)) {
			return false
		}
	}
	return strings.Trim(s, ".") != ""
}
