package discord

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/flows"
)

const messagePrefix, editPrefix = "m", "e"

// arrival is an event with what its chat has to know of it.
type arrival struct {
	bot.Inbound
	more    []bot.Inbound // that came with it, in order: the other pictures of an album
	chat    string        // empty if it can't be read
	message string        // the id, if it is a new message
}

// events gives all that came.
func (a arrival) events() []bot.Inbound { return append([]bot.Inbound{a.Inbound}, a.more...) }

// arrivalOf reads a message that came. There is none in what the bot said itself, and in
// what a server or Discord itself has to say.
func arrivalOf(raw json.RawMessage) (arrival, bool) {
	m := new(discordgo.Message)
	if json.Unmarshal(raw, m) != nil || !isID(m.ID) || !isID(m.ChannelID) {
		return unread(raw)
	}
	if !byPerson(m) || !spoken(m.Type) {
		return arrival{}, false
	}
	in := bot.Inbound{ID: messagePrefix + m.ID, From: addressOf(m.ChannelID), User: m.Author.ID, Event: eventOf(m)}
	if in.Event.Kind == flows.Said {
		in.Handle = handle{said: m.ID}.String()
	}
	return arrival{Inbound: in, more: moreOf(m, in), chat: m.ChannelID, message: m.ID}, true
}

// editOf reads a change of a message, if its person made it: Discord changes messages
// too, as when it adds a preview of a link.
func editOf(raw json.RawMessage) (arrival, bool) {
	m := new(discordgo.Message)
	if json.Unmarshal(raw, m) != nil || !isID(m.ID) || !isID(m.ChannelID) {
		return arrival{}, false
	}
	if !byPerson(m) || !spoken(m.Type) || m.EditedTimestamp == nil {
		return arrival{}, false
	}
	at := strconv.FormatInt(m.EditedTimestamp.UnixMicro(), 36)
	return arrival{
		Inbound: bot.Inbound{
			ID: editPrefix + m.ID + "-" + at, From: addressOf(m.ChannelID), User: m.Author.ID,
			Event: flows.Event{Kind: flows.Sent, Thing: "edit"},
		},
		chat: m.ChannelID,
	}, true
}

// byPerson says that a message is a person's, in direct messages.
func byPerson(m *discordgo.Message) bool {
	return m.GuildID == "" && m.WebhookID == "" && m.Author != nil && !m.Author.Bot && !m.Author.System
}

// spoken says that a message of a type is what its author wants to say.
func spoken(t discordgo.MessageType) bool {
	switch t {
	case discordgo.MessageTypeDefault, discordgo.MessageTypeReply,
		discordgo.MessageTypeChatInputCommand, discordgo.MessageTypeContextMenuCommand:
		return true
	}
	return false
}

// eventOf reads what a message says. One message is one event, but for an album: a
// picture goes before its words, and words before anything else.
func eventOf(m *discordgo.Message) flows.Event {
	if isForward(m) {
		return flows.Event{Kind: flows.Sent, Thing: "forward"}
	}
	if pictures := picturesOf(m); len(pictures) > 0 {
		return flows.Event{Kind: flows.Sent, Thing: "photo", Photo: photoOf(m, pictures[0]), Text: m.Content}
	}
	if strings.TrimSpace(m.Content) != "" {
		return flows.Event{Kind: flows.Said, Text: strings.ToValidUTF8(m.Content, "\uFFFD")}
	}
	return flows.Event{Kind: flows.Sent, Thing: thingOf(m)}
}

// moreOf gives the pictures of a message behind the first one, which took its words.
func moreOf(m *discordgo.Message, first bot.Inbound) []bot.Inbound {
	if first.Event.Photo == "" {
		return nil
	}
	var more []bot.Inbound
	for _, a := range picturesOf(m)[1:] {
		in := first
		in.ID += "-" + a.ID
		in.Event.Photo, in.Event.Text = photoOf(m, a), ""
		more = append(more, in)
	}
	return more
}

func picturesOf(m *discordgo.Message) []*discordgo.MessageAttachment {
	var pictures []*discordgo.MessageAttachment
	for _, a := range m.Attachments {
		if isPicture(a) {
			pictures = append(pictures, a)
		}
	}
	return pictures
}

func isForward(m *discordgo.Message) bool {
	return len(m.MessageSnapshots) > 0 ||
		m.MessageReference != nil && m.MessageReference.Type == discordgo.MessageReferenceTypeForward
}

func isPicture(a *discordgo.MessageAttachment) bool {
	return a != nil && isID(a.ID) && strings.HasPrefix(a.ContentType, "image/")
}

func thingOf(m *discordgo.Message) string {
	switch {
	case m.Flags&discordgo.MessageFlagsIsVoiceMessage != 0:
		return "voice"
	case len(m.StickerItems) > 0:
		return "sticker"
	case len(m.Attachments) > 0 && m.Attachments[0] != nil:
		if strings.HasPrefix(m.Attachments[0].ContentType, "video/") {
			return "video"
		}
		return "document"
	}
	return "other"
}

// unread is a message that can't be read, unless it is surely nobody's.
func unread(raw json.RawMessage) (arrival, bool) {
	var m struct {
		ID      string `json:"id"`
		Channel string `json:"channel_id"`
		Guild   string `json:"guild_id"`
		Author  struct {
			Bot bool `json:"bot"`
		} `json:"author"`
	}
	_ = json.Unmarshal(raw, &m) // as far as it goes
	if m.Author.Bot || m.Guild != "" {
		return arrival{}, false
	}
	a := unreadable(raw)
	if isID(m.ID) && isID(m.Channel) {
		a.ID, a.chat, a.message = messagePrefix+m.ID, m.Channel, m.ID
	}
	return a, true
}

// unreadable is anything that can't be read, under a name made of what it holds.
func unreadable(raw json.RawMessage) arrival {
	if len(raw) == 0 {
		raw = json.RawMessage("null") // it was left out
	}
	sum := sha256.Sum256(raw)
	return arrival{Inbound: bot.Inbound{ID: "x" + hex.EncodeToString(sum[:12]), Unread: string(raw)}}
}
