package discordtest

import (
	"slices"
	"time"

	"kintsugi/bot"
	"kintsugi/store"
)

// Address implements [bottest.Peer]: it is the channel of the direct messages.
func (s *Server) Address(person int) store.Address {
	return store.Address{Platform: "discord", ID: channelOf(person)}
}

// User is the id by which Discord names a person.
func (s *Server) User(person int) string { return userOf(person) }

// Say lets a person write a text. Whoever has no session at that time does not hear of
// it.
func (s *Server) Say(person int, text string) {
	s.write(&message{person: person, content: text})
}

// write lets a person send a message.
func (s *Server) write(m *message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range m.files {
		m.files[i].id = s.ids.next()
	}
	s.add(m)
}

// SendPhoto lets a person send a picture with a caption, which may be empty. Discord goes
// by its name, not by what it holds.
func (s *Server) SendPhoto(person int, data []byte, caption string) {
	s.SendFile(person, bot.File{Name: "photo.jpg", Type: "image/jpeg", Data: data}, caption)
}

// SendFile lets a person send a file with a text, which may be empty.
func (s *Server) SendFile(person int, f bot.File, text string) {
	s.write(&message{person: person, content: text, files: []file{{name: f.Name, kind: f.Type, data: f.Data}}})
}

// SendThing lets a person send something that is no text: "voice", "video", "document",
// "album" (two pictures), "sticker", "forward", "poll", "empty"; "reply" to the last
// message, which is a text after all; "pin" and "call", which Discord says of itself.
// It panics if there is none such.
func (s *Server) SendThing(person int, kind string) {
	m := &message{person: person}
	attach := func(name, kind string) {
		m.files = append(m.files, file{name: name, kind: kind, data: []byte("not really " + name)})
	}
	switch kind {
	case "voice":
		m.flags = voiceNote
		attach("voice-message.ogg", "audio/ogg")
	case "video":
		attach("video.mp4", "video/mp4")
	case "document":
		attach("letter.pdf", "application/pdf")
	case "album":
		attach("one.png", "image/png")
		attach("two.png", "image/png")
	case "sticker":
		m.extra = map[string]any{"sticker_items": []any{map[string]any{"id": "1", "name": "Wave", "format_type": 1}}}
	case "forward":
		m.extra = forwarded()
	case "poll":
		m.extra = map[string]any{"poll": map[string]any{"question": map[string]any{"text": "Tea?"}, "answers": []any{}}}
	case "empty":
	case "reply":
		m.kind, m.content = replyKind, "a reply"
		m.extra = map[string]any{"message_reference": map[string]any{"type": 0, "message_id": "1", "channel_id": channelOf(person)}, "referenced_message": nil}
	case "pin":
		m.kind = pinKind
	case "call":
		m.kind = callKind
	default:
		panic("no such thing: " + kind)
	}
	s.write(m)
}

// forwarded is what a message holds that was forwarded: the words are in a snapshot.
func forwarded() map[string]any {
	snapshot := map[string]any{"message": map[string]any{
		"type": 0, "content": "words of another", "embeds": []any{}, "attachments": []any{}, "flags": 0, "components": []any{},
	}}
	return map[string]any{
		"message_reference": map[string]any{"type": 1, "message_id": "1", "channel_id": "1"},
		"message_snapshots": []any{snapshot},
	}
}

// last gives the person's own last message that was not deleted. It panics if there is
// none.
func (s *Server) last(person int) *message {
	for _, m := range slices.Backward(s.chat(person).messages) {
		if !m.byBot && !m.deleted {
			return m
		}
	}
	panic("this person has not said anything")
}

// Edit lets a person change their last message.
func (s *Server) Edit(person int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.last(person)
	m.setContent(text)
	m.edited = time.Now()
	s.dispatch("MESSAGE_UPDATE", s.wire(m))
}

// Unfurl puts the preview of a link to the person's last message, which Discord tells as
// a change of it.
func (s *Server) Unfurl(person int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body := s.wire(s.last(person))
	body["embeds"] = []any{map[string]any{"type": "link", "url": "https://example.org"}}
	s.dispatch("MESSAGE_UPDATE", body)
}

// Unsay lets a person delete their last message.
func (s *Server) Unsay(person int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(s.last(person))
}

// Locale sets the language of a person's client, which only interactions tell.
func (s *Server) Locale(person int, tag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(person).locale = tag
}

// Block lets a person want no more messages of the bot.
func (s *Server) Block(person int) { s.Bar(person, 50007) }

// Unblock lets a person be reached again.
func (s *Server) Unblock(person int) { s.Bar(person, 0) }

// Bar lets every send to a person be refused with a code, until it is 0: 50007 for one
// who blocked the bot, 50278 for one who shares no server with it any more.
func (s *Server) Bar(person, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chat(person).bar = code
}
