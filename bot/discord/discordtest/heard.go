package discordtest

import (
	"slices"

	"kintsugi/bot"
	"kintsugi/flows"
)

// Heard implements [bottest.Peer]: it is what the bot said that stands in the person's
// channel now, as a client shows it. An answer that is still awaited is not heard yet.
func (s *Server) Heard(person int) []flows.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return heard(s.chat(person).messages)
}

// Private gives what the bot said so that only this person sees it, wherever they asked.
func (s *Server) Private(person int) []flows.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return heard(s.chat(person).private)
}

func heard(messages []*message) []flows.Message {
	var list []flows.Message
	for _, m := range messages {
		if m.isHeard() {
			list = append(list, flows.Message{Text: m.shown(), Buttons: buttons(choices(m.rows))})
		}
	}
	return list
}

// shown is the content as a client shows it.
func (m *message) shown() string {
	if m.rendered == nil {
		shown := Render(m.content)
		m.rendered = &shown
	}
	return *m.rendered
}

// Thinking says for how many answers of the bot a person still waits.
func (s *Server) Thinking(person int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, m := range s.chat(person).messages {
		if !m.deleted && m.flags&loading != 0 {
			n++
		}
	}
	return n
}

// Files implements [bottest.Peer].
func (s *Server) Files(person int) []bot.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []bot.File
	for _, m := range s.chat(person).messages {
		if m.isHeard() {
			list = append(list, m.sentFiles()...)
		}
	}
	return list
}

func (m *message) sentFiles() []bot.File {
	var list []bot.File
	for _, f := range m.files {
		list = append(list, bot.File{Name: f.name, Type: f.kind, Data: f.data})
	}
	return list
}

// Sent is a message of the bot as it was sent.
type Sent struct {
	ID      string
	Nonce   string
	Text    string         // as it was sent, with the last edit
	Buttons []flows.Button // all that could ever be picked on it
	Files   []bot.File
	Flags   int
	Edited  bool
	Deleted bool
}

// Log gives all that the bot ever sent into a person's channel.
func (s *Server) Log(person int) []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Sent
	for _, m := range s.chat(person).messages {
		if m.byBot {
			list = append(list, Sent{
				ID: text(m.id), Nonce: m.nonce, Text: m.content, Buttons: buttons(slices.Clone(m.seen)),
				Files: m.sentFiles(), Flags: m.flags, Edited: !m.edited.IsZero(), Deleted: m.deleted,
			})
		}
	}
	return list
}
