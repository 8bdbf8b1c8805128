package telegram

import (
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/flows"
)

const (
	// staleToken is no button's: a press that can't be read comes out as one on a button
	// that is gone.
	staleToken = "?"

	tokenBytes = 64 // that Telegram takes
)

// tokenOf gives the token in the data of a press. In this first form of the data, it is
// the token and nothing else, since a token can fill it. A later form has to begin with
// a character that no token has, so that the two are told apart.
func tokenOf(data string) string {
	if data == "" || len(data) > tokenBytes {
		return staleToken
	}
	for _, c := range []byte(data) {
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.') {
			return staleToken
		}
	}
	return data
}

// readPress reads a press. The message with the button can be too old to be told of: the
// private chat of somebody has their own number.
func readPress(q *tgbotapi.CallbackQuery) (arrival, error) {
	a := arrival{query: q.ID}
	handle := ""
	switch {
	case q.Message != nil && q.Message.Chat != nil:
		if q.Message.Chat.Type != private {
			return a, nil
		}
		a.chat = q.Message.Chat.ID
		handle = strconv.Itoa(q.Message.MessageID)
	case q.From != nil && q.InlineMessageID == "":
		a.chat = q.From.ID
	}
	if a.chat == 0 {
		return arrival{}, errShape
	}
	a.in = inbound(a.chat, q.From)
	a.in.Event = flows.Event{Kind: flows.Pressed, Token: tokenOf(q.Data)}
	a.in.Handle = handle
	if q.Message != nil {
		a.message = q.Message.MessageID
	}
	return a, nil
}

// pressed gives the message whose button was pressed, by the handle of the event, or 0.
func pressed(handle string) int {
	if strings.HasPrefix(handle, messageHandle) {
		return 0
	}
	id, err := strconv.Atoi(handle)
	if err != nil || id < 0 {
		return 0
	}
	return id
}
