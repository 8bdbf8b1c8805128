package discord

import "sync"

const ringSize = 4096

// ring knows the last so many ids that it was told.
type ring struct {
	mu    sync.Mutex // guards what follows
	known map[string]bool
	order [ringSize]string
	next  int
}

func newRing() *ring { return &ring{known: map[string]bool{}} }

func (r *ring) has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[id]
}

// add tells an id, and says whether it is new.
func (r *ring) add(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known[id] {
		return false
	}
	delete(r.known, r.order[r.next])
	r.order[r.next] = id
	r.next = (r.next + 1) % ringSize
	r.known[id] = true
	return true
}
