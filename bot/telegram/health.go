package telegram

import (
	"sync"
	"time"

	"kintsugi/bot"
)

// health is how the connection is. The zero health was never up.
type health struct {
	mu sync.Mutex // guards what follows
	is bot.Health
}

// Health implements bot.Healthy. It is up while the last poll brought an answer, or the
// webhook is set.
func (t *Telegram) Health() bot.Health {
	t.health.mu.Lock()
	defer t.health.mu.Unlock()
	return t.health.is
}

func (h *health) set(up bool, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.is.Up == up {
		return
	}
	if up && !h.is.Since.IsZero() {
		h.is.Reconnects++
	}
	h.is.Up, h.is.Since = up, now
}
