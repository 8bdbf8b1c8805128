package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
)

const (
	private    = "private"
	unreadChat = 0 // whose queue those are in that nobody can read

	statusKicked = "kicked"
)

var errShape = errors.New("update lacks a chat")

// update is one as the library knows it, but for its messages.
type update struct {
	Message       *message                    `json:"message"`
	EditedMessage *message                    `json:"edited_message"`
	CallbackQuery *tgbotapi.CallbackQuery     `json:"callback_query"`
	MyChatMember  *tgbotapi.ChatMemberUpdated `json:"my_chat_member"`
}

// arrival is what an update comes to. At most one of in and group is set; neither if
// there is nothing to be done.
type arrival struct {
	chat    int64
	in      *bot.Inbound
	group   *summons // the bot was called from a group
	query   string   // the press to be answered
	message int      // that came in
}

// summons is the bot being spoken to in a group.
type summons struct {
	chat     int64
	language string
}

// updateID reads the number of an update, also of one that can't be read otherwise.
func updateID(raw []byte) (int, bool) {
	if id, ok := leadingID(raw); ok {
		return id, true
	}
	var u struct {
		ID *int `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &u); err != nil || u.ID == nil {
		return 0, false
	}
	return *u.ID, true
}

// leadingID reads the number where Telegram writes it, without looking at the rest:
// what is in hand comes again and again.
func leadingID(raw []byte) (int, bool) {
	rest, ok := bytes.CutPrefix(raw, []byte(`{"update_id":`))
	if !ok {
		return 0, false
	}
	n := 0
	for n < len(rest) && '0' <= rest[n] && rest[n] <= '9' {
		n++
	}
	if n == len(rest) || rest[n] != ',' && rest[n] != '}' {
		return 0, false
	}
	id, err := strconv.Atoi(string(rest[:n]))
	return id, err == nil
}

// arrive reads an update, does what needs no turn, and gives what is to be handed over
// to whose queue, if anything.
func (t *Telegram) arrive(raw []byte, id int) (chat int64, in bot.Inbound, ok bool) {
	a, err := read(raw, t.botName())
	if err != nil {
		t.log.Error("update could not be read")
		if isElsewhere(raw) {
			return 0, bot.Inbound{}, false
		}
		return unreadChat, bot.Inbound{ID: updateName(id), Unread: string(raw)}, true
	}
	if a.query != "" {
		t.answerQuery(a.query)
	}
	if a.group != nil {
		t.answerGroup(*a.group)
	}
	if a.in == nil {
		return 0, bot.Inbound{}, false
	}
	a.in.ID, a.in.From = updateName(id), address(a.chat)
	t.recent.saw(a.in.From.ID, a.message)
	return a.chat, *a.in, true
}

// isElsewhere says whether an update that can't be read is from a chat where others read
// along: nothing of that is kept.
func isElsewhere(raw []byte) bool {
	type within struct {
		Chat struct {
			Type string `json:"type"`
		} `json:"chat"`
	}
	var u struct {
		Message       within `json:"message"`
		EditedMessage within `json:"edited_message"`
		CallbackQuery struct {
			Message within `json:"message"`
		} `json:"callback_query"`
		MyChatMember within `json:"my_chat_member"`
	}
	_ = json.Unmarshal(raw, &u) // as far as it goes
	for _, w := range []within{u.Message, u.EditedMessage, u.CallbackQuery.Message, u.MyChatMember} {
		if w.Chat.Type != "" {
			return w.Chat.Type != private
		}
	}
	return false
}

func updateName(id int) string { return "u" + strconv.Itoa(id) }

// read says what an update comes to. botName is the bot's username, or empty.
func read(raw []byte, botName string) (arrival, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return arrival{}, err
	}
	switch {
	case u.Message != nil:
		return readMessage(u.Message, botName)
	case u.EditedMessage != nil:
		return readEdited(u.EditedMessage)
	case u.CallbackQuery != nil:
		return readPress(u.CallbackQuery)
	case u.MyChatMember != nil:
		return readMember(u.MyChatMember), nil
	}
	return arrival{}, nil
}

// readMember reads how the bot stands in a chat. To be let in again into a private one
// is nothing: whoever does it begins anew.
func readMember(m *tgbotapi.ChatMemberUpdated) arrival {
	status := m.NewChatMember.Status
	switch {
	case m.Chat.ID == 0:
	case m.Chat.Type == private && status == statusKicked:
		return arrival{chat: m.Chat.ID, in: inbound(m.Chat.ID, &m.From)}.gone()
	case isGroup(m.Chat.Type) && isOutside(m.OldChatMember.Status) && (status == "member" || status == "administrator"):
		return arrival{group: &summons{m.Chat.ID, m.From.LanguageCode}}
	}
	return arrival{}
}

func (a arrival) gone() arrival {
	a.in.Gone = true
	return a
}

func isOutside(status string) bool {
	return status != "member" && status != "administrator" && status != "creator" && status != "restricted"
}

// inbound begins an event of somebody in a private chat.
func inbound(chat int64, from *tgbotapi.User) *bot.Inbound {
	in := &bot.Inbound{}
	if from == nil {
		return in
	}
	in.Language = from.LanguageCode
	if from.ID != chat {
		in.User = strconv.FormatInt(from.ID, 10)
	}
	return in
}
