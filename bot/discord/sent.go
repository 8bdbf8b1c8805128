package discord

import "sync"

const maxSent = 10_000 // chats, and messages, that are remembered at a time

// sentTo knows of the messages that were sent lately which of them has buttons, and how
// much of a split one has arrived.
type sentTo struct {
	mu      sync.Mutex        // guards what follows
	buttons map[string]string // by chat: the last message that has some
	parts   map[string]int    // by the message's ID: those that arrived, while there are more
}

func newSentTo() *sentTo {
	return &sentTo{buttons: map[string]string{}, parts: map[string]int{}}
}

// withButtons gives the last message of a chat that has buttons, if it is known.
func (s *sentTo) withButtons(chat string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buttons[chat]
}

// hasButtons says that a message has some.
func (s *sentTo) hasButtons(chat, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.buttons) >= maxSent {
		clear(s.buttons) // old buttons stay where they are, and do no harm
	}
	s.buttons[chat] = message
}

// hasNoButtons says that a message has none any more.
func (s *sentTo) hasNoButtons(chat, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.buttons[chat] == message {
		delete(s.buttons, chat)
	}
}

// arrived says how many parts of a message have arrived.
func (s *sentTo) arrived(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.parts[id]
}

// arrive notes that some parts have arrived, all of them if n is the count of them.
func (s *sentTo) arrive(id string, n, count int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n == count {
		delete(s.parts, id)
		return
	}
	if len(s.parts) >= maxSent {
		clear(s.parts) // their nonces still know
	}
	s.parts[id] = n
}
