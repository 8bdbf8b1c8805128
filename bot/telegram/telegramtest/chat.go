package telegramtest

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"kintsugi/bot/bottest"
)

// mostAge is how old a message can be that is to be deleted.
const mostAge = 48 * time.Hour

// firstChat is the chat of person 0.
const firstChat = 1000

// user is a user as the API gives them.
type user struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	Username  string `json:"username,omitempty"`
	Language  string `json:"language_code,omitempty"`
}

// place is a chat as the API gives it.
type place struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	FirstName string `json:"first_name,omitempty"`
	Title     string `json:"title,omitempty"`
}

// chat is one chat with all that was ever in it.
type chat struct {
	place
	messages []*message // by number
	blocked  string     // why the bot can't write here; empty if it can
	ails     []bottest.Ability
	unsure   int // how often something arrived without anybody knowing
}

// message is one message in a chat, as it is now.
type message struct {
	id       int
	date     time.Time
	edited   time.Time
	byBot    bool
	deleted  bool
	silent   bool
	words    words // of a file, its caption
	keyboard *keyboard
	file     *file
	sizes    []*file // of a photo, the largest one last
	first    *Sent   // as it was sent, if it was changed since
}

func chatOf(person int) int64      { return firstChat + int64(person) }
func personOf(chatID int64) int    { return int(chatID - firstChat) }
func isPerson(chatID int64) bool   { return chatID >= firstChat }
func personName(person int) string { return "Firstname" + strconv.Itoa(person) }

// open gives the chat of a person, who has started it.
func (s *Server) open(person int) *chat {
	id := chatOf(person)
	c := s.chats[id]
	if c == nil {
		c = &chat{place: place{ID: id, Type: "private", FirstName: personName(person)}}
		s.chats[id] = c
	}
	return c
}

// from is a person as the author of something.
func from(person int) user {
	return user{ID: chatOf(person), FirstName: personName(person), Language: "en"}
}

// chat finds the chat that a call is about.
func (s *Server) chat(c call) (*chat, error) {
	given := c.params["chat_id"]
	if given == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, err := strconv.ParseInt(given, 10, 64)
	if err != nil || s.chats[id] == nil {
		return nil, badRequest("chat not found")
	}
	return s.chats[id], nil
}

// openChat is chat where the bot can write.
func (s *Server) openChat(c call) (*chat, error) {
	found, err := s.chat(c)
	if err != nil {
		return nil, err
	}
	if found.blocked != "" {
		return nil, forbidden(found.blocked)
	}
	return found, nil
}

// add puts a message into a chat. Numbers run over all chats.
func (s *Server) add(c *chat, m *message) *message {
	s.lastMessage++
	m.id, m.date = s.lastMessage, time.Now()
	c.messages = append(c.messages, m)
	return m
}

// find gives the message of a number if it is in this chat, deleted or not.
func (c *chat) find(id int) *message {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].id >= id })
	if i == len(c.messages) || c.messages[i].id != id {
		return nil
	}
	return c.messages[i]
}

// last gives the latest message that stands and is as asked for.
func (c *chat) last(is func(*message) bool) *message {
	for _, m := range slices.Backward(c.messages) {
		if !m.deleted && is(m) {
			return m
		}
	}
	return nil
}
