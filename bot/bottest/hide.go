package bottest

import (
	"context"

	"kintsugi/store"
)

// Hide takes away all that arrived in a chat so far.
func (c *conn) Hide(_ context.Context, chat store.Address) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.f.conn == c {
		delete(c.f.arrived, chat)
	}
}
