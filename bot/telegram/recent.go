package telegram

import (
	"slices"
	"sync"
)

const (
	recentChats = 10_000
	recentIDs   = 100 // messages remembered of a chat, at least
)

// recent remembers a little of the chats that spoke lately: which messages they had,
// and which one has buttons. Chats are named by their ids in decimal.
type recent struct {
	mu    sync.Mutex // guards chats
	chats *lru[string, *traces]
}

// traces are what is remembered of a chat.
type traces struct {
	keyboard int   // the message that had buttons last; 0 if there is none
	ids      []int // of messages in either direction, the latest at the end
}

func newRecent() *recent { return &recent{chats: newLRU[string, *traces](recentChats)} }

// of gives a chat. The caller holds the mutex.
func (r *recent) of(id string) *traces {
	c := r.chats.get(id)
	if c == nil {
		c = &traces{}
		r.chats.put(id, c)
	}
	return c
}

// saw notes a message that came in or went out.
func (r *recent) saw(id string, message int) {
	if message == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.of(id)
	if slices.Contains(c.ids, message) { // pressed, or changed
		return
	}
	if len(c.ids) == 2*recentIDs {
		c.ids = append(c.ids[:0], c.ids[recentIDs:]...)
	}
	c.ids = append(c.ids, message)
}

// keyboard gives the message of a chat that had buttons last, or 0.
func (r *recent) keyboard(id string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.chats.get(id); c != nil {
		return c.keyboard
	}
	return 0
}

// setKeyboard notes that a message has the buttons now.
func (r *recent) setKeyboard(id string, message int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of(id).keyboard = message
}

// stripped notes that a message has no buttons any more.
func (r *recent) stripped(id string, message int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.chats.get(id); c != nil && c.keyboard == message {
		c.keyboard = 0
	}
}

// known gives the messages of a chat that are remembered.
func (r *recent) known(id string) []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.chats.get(id); c != nil {
		return append([]int(nil), c.ids...)
	}
	return nil
}

// forget forgets the messages of a chat.
func (r *recent) forget(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.chats.drop(id)
}
