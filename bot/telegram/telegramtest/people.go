package telegramtest

import (
	"fmt"
	"strconv"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// Why the bot can't write to somebody.
const (
	blockedByUser = "bot was blocked by the user"
	deactivated   = "user is deactivated"
	kickedOut     = "bot was kicked from the group chat"
)

// Address implements [bottest.Peer].
func (s *Server) Address(person int) store.Address {
	return store.Address{Platform: "telegram", ID: strconv.FormatInt(chatOf(person), 10)}
}

// Open makes somebody known to the bot, as if they had once pressed Start.
func (s *Server) Open(person int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open(person)
}

// Say implements [bottest.Peer].
func (s *Server) Say(person int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	m := s.add(c, &message{words: words{text, marks(text)}})
	s.queue("message", c.ID, s.wire(c, m))
}

// Edit lets a person change the last text that they wrote.
func (s *Server) Edit(person int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	m := c.last(func(m *message) bool { return !m.byBot && m.words.text != "" })
	if m == nil {
		panic(fmt.Sprintf("person %d wrote nothing", person))
	}
	m.change()
	m.words = words{text, marks(text)}
	s.queue("edited_message", c.ID, s.wire(c, m))
}

// Press implements [bottest.Peer].
func (s *Server) Press(person int, label string) { s.pressTimes(person, label, 1) }

// PressTwice presses a button twice, as impatient people do.
func (s *Server) PressTwice(person int, label string) { s.pressTimes(person, label, 2) }

func (s *Server) pressTimes(person int, label string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	m := c.last(func(m *message) bool { return m.keyboard != nil })
	if m == nil {
		panic(fmt.Sprintf("person %d has no button", person))
	}
	data, ok := m.keyboard.data(label)
	if !ok {
		panic(fmt.Sprintf("person %d has no button %q", person, label))
	}
	for range n {
		s.press(c, m, data)
	}
}

// PressOld presses the latest button with that label that a message was sent with, be the
// button or the message gone or not: the app of another device may still show it.
func (s *Server) PressOld(person int, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	for i := len(c.messages) - 1; i >= 0; i-- {
		for _, b := range c.messages[i].sent().Buttons {
			if c.messages[i].byBot && b.Label == label {
				s.press(c, c.messages[i], b.Token)
				return
			}
		}
	}
	panic(fmt.Sprintf("person %d never had a button %q", person, label))
}

// Heard implements [bottest.Peer]: it gives what stands in the chat now. A message whose
// buttons were taken away has none, and a deleted one is gone.
func (s *Server) Heard(person int) []flows.Message {
	heard := []flows.Message{}
	s.standing(person, func(m *message) { heard = append(heard, m.heard()) })
	return heard
}

// Files implements [bottest.Peer]: those of messages that stand in the chat now.
func (s *Server) Files(person int) []bot.File {
	files := []bot.File{}
	s.standing(person, func(m *message) {
		if m.file != nil {
			files = append(files, *m.file.content())
		}
	})
	return files
}

// standing calls do for each message of the bot that stands in the chat.
func (s *Server) standing(person int, do func(m *message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages(chatOf(person)) {
		if m.byBot && !m.deleted {
			do(m)
		}
	}
}

func (s *Server) messages(chatID int64) []*message {
	if c := s.chats[chatID]; c != nil {
		return c.messages
	}
	return nil
}

// Log gives all messages that the bot ever sent to a person, as they were sent.
func (s *Server) Log(person int) []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := []Sent{}
	for _, m := range s.messages(chatOf(person)) {
		if m.byBot {
			log = append(log, m.sent())
		}
	}
	return log
}

// Screen gives the texts that stand in the chat, the person's own ones too: what somebody
// sees who takes the phone. What is no text is an empty one.
func (s *Server) Screen(person int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := []string{}
	for _, m := range s.messages(chatOf(person)) {
		if !m.deleted {
			texts = append(texts, m.words.text)
		}
	}
	return texts
}

// Block lets a person block the bot, and Unblock take that back.
func (s *Server) Block(person int)   { s.bar(person, blockedByUser, "member", "kicked") }
func (s *Server) Unblock(person int) { s.bar(person, "", "kicked", "member") }

func (s *Server) bar(person int, why, was, is string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	c.blocked = why
	s.queue("my_chat_member", c.ID, s.membership(c, person, was, is))
}

// Deactivate lets the account of a person be gone. Nobody tells the bot.
func (s *Server) Deactivate(person int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open(person).blocked = deactivated
}
