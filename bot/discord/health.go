package discord

import (
	"sync"

	"kintsugi/bot"
)

// health is how the gateway is.
type health struct {
	clock *bot.Clock

	mu    sync.Mutex // guards what follows
	now   bot.Health
	began bool // a session was ready once
}

func (h *health) get() bot.Health {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// up says that a session is ready.
func (h *health) up() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.began {
		h.now.Reconnects++
	}
	h.began = true
	h.now.Up, h.now.Since = true, h.clock.Now()
}

// down says that none is.
func (h *health) down() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.now.Up {
		h.now.Up, h.now.Since = false, h.clock.Now()
	}
}
