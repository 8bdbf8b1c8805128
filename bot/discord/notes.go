package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"kintsugi/bot"
)

const (
	maxChats = 5_000               // that are remembered
	maxAge   = 14 * 24 * time.Hour // since something last happened in one
	saveTime = 5 * time.Second     // for one saving, and between two of them
)

// chat is what is remembered of one.
type chat struct {
	// After is the last message that was handled, or from before there was one: all
	// that came later was not.
	After  string `json:"a"`
	At     int64  `json:"t"`           // when something last happened, in seconds
	Locale string `json:"l,omitempty"` // of the person, when an interaction told it
}

// notes are the chats in which something happened lately.
type notes struct {
	keeper Notes // may be nil
	clock  *bot.Clock
	log    *slog.Logger
	news   chan struct{} // there is something to be saved

	saving sync.Mutex // held while the notes are saved

	mu      sync.Mutex // guards what follows
	chats   map[string]chat
	changes int // so far
	saved   int // of these
}

func newNotes(keeper Notes, clock *bot.Clock, log *slog.Logger) *notes {
	return &notes{
		keeper: keeper, clock: clock, log: log,
		news: make(chan struct{}, 1), chats: map[string]chat{},
	}
}

// load takes in what was saved. It tries again until that can be had, since to go on
// without would be to overwrite it, and gives the error of ctx if that ends before.
func (n *notes) load(ctx context.Context) error {
	if n.keeper == nil {
		return nil
	}
	var data []byte
	loaded := insist(ctx, n.clock, func(ctx context.Context) (err error) {
		if data, err = n.keeper.Load(ctx); err != nil && ctx.Err() == nil {
			n.log.Error("the notes can't be loaded", "error", err)
		}
		return err
	})
	if !loaded {
		return ctx.Err()
	}
	n.read(data)
	return nil
}

func (n *notes) read(data []byte) {
	if len(data) == 0 {
		return
	}
	var kept struct {
		Chats map[string]chat `json:"chats"`
	}
	if json.Unmarshal(data, &kept) != nil {
		n.log.Error("the notes can't be read: what was written meanwhile is not fetched")
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for id, c := range kept.Chats {
		if isID(id) && isID(c.After) {
			n.chats[id] = c
		}
	}
	n.prune()
}

// prune forgets chats that were silent for long, and of too many the oldest. The caller
// holds the mutex.
func (n *notes) prune() {
	oldest := n.clock.Now().Add(-maxAge).Unix()
	maps.DeleteFunc(n.chats, func(_ string, c chat) bool { return c.At < oldest })
	if len(n.chats) <= maxChats {
		return
	}
	for _, id := range n.byAge()[maxChats:] {
		delete(n.chats, id)
	}
}

// byAge gives the chats, those first in which something happened last. The caller holds
// the mutex.
func (n *notes) byAge() []string {
	return slices.SortedFunc(maps.Keys(n.chats), func(a, b string) int {
		return cmp.Or(cmp.Compare(n.chats[b].At, n.chats[a].At), cmp.Compare(a, b))
	})
}

// recent gives the chats, those first in which something happened last.
func (n *notes) recent() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.prune()
	return n.byAge()
}

// meet remembers a chat in which something happens that has an id. A new one is saved
// at once: a crash must not lose sight of it.
func (n *notes) meet(ctx context.Context, id, event string) {
	n.mu.Lock()
	_, known := n.chats[id]
	if !known {
		n.put(id, chat{After: before(event), At: n.clock.Now().Unix()})
	}
	change := n.changes
	n.mu.Unlock()
	if !known {
		n.save(ctx, change)
	}
}

// handled says that a message was handled, and so all before it.
func (n *notes) handled(id, message string) {
	n.change(id, func(c *chat) {
		if newer(message, c.After) {
			c.After = message
		}
	})
}

// speaks says which language the person has set.
func (n *notes) speaks(id, locale string) {
	n.change(id, func(c *chat) { c.Locale = locale })
}

func (n *notes) change(id string, f func(*chat)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c, known := n.chats[id]
	if !known {
		return
	}
	f(&c)
	c.At = n.clock.Now().Unix()
	n.put(id, c)
}

// put changes a chat. The caller holds the mutex.
func (n *notes) put(id string, c chat) {
	n.chats[id] = c
	if len(n.chats) > maxChats+maxChats/10 {
		n.prune()
	}
	n.changed()
}

// forget forgets a chat that is gone.
func (n *notes) forget(id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, known := n.chats[id]; !known {
		return
	}
	delete(n.chats, id)
	n.changed()
}

// changed has the notes saved soon. The caller holds the mutex.
func (n *notes) changed() {
	n.changes++
	select {
	case n.news <- struct{}{}:
	default:
	}
}

func (n *notes) get(id string) chat {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.chats[id]
}
