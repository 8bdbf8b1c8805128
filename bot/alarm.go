package bot

import (
	"sync"
	"time"
)

// alarm knows when the next round of what is due is to be made, and rings for one
// that is to be made earlier.
type alarm struct {
	bell chan struct{}

	mu   sync.Mutex // guards what follows
	set  bool       // no round is being made
	next time.Time  // the next round, if set
}

func newAlarm() *alarm { return &alarm{bell: make(chan struct{}, 1)} }

// off is called as a round begins: it may overlook whatever is set from now on, so
// that rings for another.
func (a *alarm) off() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.set = false
}

// at is called after a round: the next one is at t.
func (a *alarm) at(t time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.set, a.next = true, t
}

// by asks for a round at t. The zero time asks for none.
func (a *alarm) by(t time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !t.IsZero() && (!a.set || t.Before(a.next)) {
		ring(a.bell)
	}
}

// ring asks for a round now.
func (a *alarm) ring() { ring(a.bell) }
