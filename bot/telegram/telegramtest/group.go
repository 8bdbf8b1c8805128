package telegramtest

import "time"

// firstGroup is the chat of group 0. The numbers of further ones are lower.
const firstGroup = -50_000

// Group is a group in which the bot is, or will be.
type Group struct {
	s  *Server
	id int64
}

// Group gives a group, numbered from 0.
func (s *Server) Group(n int) *Group { return &Group{s, firstGroup - int64(n)} }

// open gives the chat. The caller holds the mutex.
func (g *Group) open() *chat {
	c := g.s.chats[g.id]
	if c == nil {
		c = &chat{place: place{ID: g.id, Type: "group", Title: "A group of friends"}}
		g.s.chats[g.id] = c
	}
	return c
}

// Say lets a person write into the group.
func (g *Group) Say(person int, text string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.open()
	m := g.s.add(c, &message{words: words{text, marks(text)}})
	author, w := from(person), g.s.wire(c, m)
	w.From = &author
	g.s.queue("message", c.ID, w)
}

// Add lets a person add the bot to the group, and Remove put it out again.
func (g *Group) Add(person int)    { g.bar(person, "", "left", "member") }
func (g *Group) Remove(person int) { g.bar(person, kickedOut, "member", "kicked") }

func (g *Group) bar(person int, why, was, is string) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.open()
	c.blocked = why
	g.s.queue("my_chat_member", c.ID, g.s.membership(c, person, was, is))
}

// Log gives all messages that the bot ever sent to the group, as they were sent.
func (g *Group) Log() []Sent {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	log := []Sent{}
	for _, m := range g.s.messages(g.id) {
		if m.byBot {
			log = append(log, m.sent())
		}
	}
	return log
}

// membership is what becomes of the bot in a chat, as the API tells it.
type membership struct {
	Chat place  `json:"chat"`
	From user   `json:"from"`
	Date int64  `json:"date"`
	Was  member `json:"old_chat_member"`
	Is   member `json:"new_chat_member"`
}

type member struct {
	User   user   `json:"user"`
	Status string `json:"status"`
	Until  *int64 `json:"until_date,omitempty"`
}

func (s *Server) membership(c *chat, person int, was, is string) membership {
	return membership{c.place, from(person), time.Now().Unix(), s.member(was), s.member(is)}
}

func (s *Server) member(status string) member {
	m := member{User: s.me, Status: status}
	if status == "kicked" {
		m.Until = new(int64)
	}
	return m
}
