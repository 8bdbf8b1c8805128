package bot_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"kintsugi/store"
)

// readingBackend counts the rows that updates read, by their table.
type readingBackend struct {
	store.Backend

	mu   sync.Mutex // guards gets
	gets map[string]int
}

func (b *readingBackend) Update(ctx context.Context, fn func(store.Tx) error) error {
	return b.Backend.Update(ctx, func(tx store.Tx) error { return fn(readingTx{tx, b}) })
}

type readingTx struct {
	store.Tx
	b *readingBackend
}

func (t readingTx) Get(table string, key []byte) ([]byte, error) {
	t.b.mu.Lock()
	t.b.gets[table]++
	t.b.mu.Unlock()
	return t.Tx.Get(table, key)
}

func TestATurnReadsOnceHowTwoPeopleStand(t *testing.T) {
	inCompany(t, func(c *company) {
		for range 2 {
			c.goes(1, "/hopes", reply{"Nothing I can say", "A walk by the river."}, reply{label: sendsQuestion})
			pass(time.Hour)
		}
		disk := &readingBackend{Backend: c.disk.Backend, gets: map[string]int{}}
		c.disk.Backend = disk
		c.say(0, "/partner")
		// Each of the two questions is read once to settle what came, once for what the
		// conversation sees, and once to see that it is no relay.
		for table, most := range map[string]int{"exchanges": 6, "couples.keys": 1} {
			if got := disk.gets[table]; got == 0 || got > most {
				t.Errorf("a turn reads %d rows of %s, want at most %d", got, table, most)
			}
		}
	})
}
