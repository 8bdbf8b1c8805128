package discord

import (
	"strconv"
	"strings"
	"time"
)

const (
	slashHandle   = "s"
	buttonHandle  = "b"
	messageHandle = "m"
	lostHandle    = "t"

	answerTime  = 15 * time.Minute // for which the answer to a slash command can be edited
	answerSlack = time.Minute      // and how much of that is not counted on
)

// handle is what an event is answered by: the answer to a slash command that stands
// there as "thinking", or the message whose button was pressed, or what was said, or the
// "thinking" of an earlier run of the program. The zero handle is none.
type handle struct {
	app, token string    // of a slash command
	until      time.Time // for which they are good
	message    string    // the id of what was pressed
	said       string    // the id of what was said, a slash command too
	lost       string    // the id of the "thinking" of an earlier run
}

// String is the handle as the service keeps it.
func (h handle) String() string {
	switch {
	case h.token != "":
		return strings.Join([]string{slashHandle, h.app, strconv.FormatInt(h.until.Unix(), 36), h.said, h.token}, ":")
	case h.message != "":
		return buttonHandle + ":" + h.message
	case h.lost != "":
		return lostHandle + ":" + h.lost
	case h.said != "":
		return messageHandle + ":" + h.said
	}
	return ""
}

// readHandle reads what String wrote. Anything else is no handle.
func readHandle(s string) handle {
	kind, rest, _ := strings.Cut(s, ":")
	switch {
	case kind == slashHandle:
		return readSlashHandle(rest)
	case kind == buttonHandle && isID(rest):
		return handle{message: rest}
	case kind == messageHandle && isID(rest):
		return handle{said: rest}
	case kind == lostHandle && isID(rest):
		return handle{lost: rest, said: rest}
	}
	return handle{}
}

func readSlashHandle(s string) handle {
	parts := strings.SplitN(s, ":", 4)
	if len(parts) != 4 || !isID(parts[0]) || !isID(parts[2]) || !isToken(parts[3]) {
		return handle{}
	}
	until, err := strconv.ParseInt(parts[1], 36, 64)
	if err != nil {
		return handle{}
	}
	return handle{app: parts[0], until: time.Unix(until, 0), said: parts[2], token: parts[3]}
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
