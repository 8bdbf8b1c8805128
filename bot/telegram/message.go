package telegram

import (
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/flows"
)

// photoLimit is how large a file can be, in bytes, to be fetched.
const photoLimit = 20 << 20

// messageHandle begins the handle of an event that came as a message. That of a press is
// the bare number of the message with the button.
const messageHandle = "m"

// message is one as the library knows it, with what has come up since.
type message struct {
	tgbotapi.Message
	ForwardOrigin *struct{} `json:"forward_origin"`
	Story         *struct{} `json:"story"`
	Checklist     *struct{} `json:"checklist"`
	PaidMedia     *struct{} `json:"paid_media"`
	Giveaway      *struct{} `json:"giveaway"`
	RichMessage   *struct{} `json:"rich_message"`
}

func (m *message) forwarded() bool {
	return m.ForwardOrigin != nil || m.ForwardDate != 0
}

// automatic says that a program wrote it. An administrator of a group who stays unnamed
// is a person all the same.
func (m *message) automatic() bool { return m.From != nil && m.From.IsBot && m.SenderChat == nil }

// readMessage reads something that somebody sent. What a chat says of itself, such as a
// pinned message, is nothing.
func readMessage(m *message, botName string) (arrival, error) {
	if m.Chat == nil || m.Chat.ID == 0 {
		return arrival{}, errShape
	}
	if m.automatic() {
		return arrival{}, nil
	}
	if m.Chat.Type != private {
		return readGroup(m, botName), nil
	}
	e := eventOf(m)
	if e.Kind == 0 {
		return arrival{}, nil
	}
	return m.arrival(e), nil
}

// readEdited reads a message that was changed. A place that moves is changed by itself,
// and one without the date of a change only in what nobody wrote. It has no handle: a
// change is no answer, and the question that is open keeps its buttons.
func readEdited(m *message) (arrival, error) {
	if m.Chat == nil || m.Chat.ID == 0 {
		return arrival{}, errShape
	}
	if m.automatic() || m.Chat.Type != private || m.Location != nil || m.EditDate == 0 {
		return arrival{}, nil
	}
	a := m.arrival(sent("edit"))
	a.in.Handle = ""
	return a, nil
}

func (m *message) arrival(e flows.Event) arrival {
	a := arrival{chat: m.Chat.ID, in: inbound(m.Chat.ID, m.From), message: m.MessageID}
	a.in.Event, a.in.Handle = e, messageHandle+strconv.Itoa(m.MessageID)
	return a
}

// eventOf says what a message is, with no Kind if it is nothing that a person sent. What
// is written under something that is no photo counts as said: no words are passed over.
// The decoder of JSON has made its text valid UTF-8.
func eventOf(m *message) flows.Event {
	switch {
	case m.Text != "" && m.forwarded():
		return sent("forward") // the words are another's
	case m.Text != "":
		return flows.Event{Kind: flows.Said, Text: m.Text}
	case largest(m.Photo) != "":
		return m.photo(largest(m.Photo))
	case m.isPicture() && m.Document.FileID != "":
		return m.photo(m.Document.FileID)
	case m.Caption != "" && !m.forwarded():
		return flows.Event{Kind: flows.Said, Text: m.Caption}
	}
	return sent(thingOf(m))
}

func sent(thing string) flows.Event {
	if thing == "" {
		return flows.Event{}
	}
	return flows.Event{Kind: flows.Sent, Thing: thing}
}

// photo is an event with a photo. What is written under a forwarded one is another's.
func (m *message) photo(id string) flows.Event {
	e := flows.Event{Kind: flows.Sent, Thing: "photo", Photo: id}
	if !m.forwarded() {
		e.Text = m.Caption
	}
	return e
}

// largest gives the largest size of a photo that can be fetched.
func largest(sizes []tgbotapi.PhotoSize) string {
	id, area := "", -1
	for _, s := range sizes {
		if a := s.Width * s.Height; s.FileSize <= photoLimit && a > area {
			id, area = s.FileID, a
		}
	}
	return id
}

// isPicture says whether a message is a picture that was sent as a file. Of what kind it may
// be is not for here to say.
func (m *message) isPicture() bool {
	if m.Document == nil || m.Animation != nil || m.Document.FileSize > photoLimit {
		return false
	}
	return strings.HasPrefix(strings.ToLower(m.Document.MimeType), "image/")
}

func thingOf(m *message) string {
	switch {
	case m.Animation != nil: // has a document too
		return "other"
	case m.Voice != nil:
		return "voice"
	case m.Video != nil, m.VideoNote != nil:
		return "video"
	case m.Sticker != nil:
		return "sticker"
	case m.Venue != nil, m.Location != nil:
		return "location"
	case m.Contact != nil:
		return "contact"
	case m.Document != nil:
		return "document"
	case m.Audio != nil, m.Dice != nil, m.Game != nil, m.Poll != nil, m.Invoice != nil,
		m.Story != nil, m.Checklist != nil, m.PaidMedia != nil, m.Giveaway != nil, m.RichMessage != nil,
		len(m.Photo) > 0:
		return "other"
	}
	return ""
}
