package telegram

import "sync"

// window is what was fetched from the lowest update that is not handled. Telegram takes
// an offset as word that everything below it was handled.
type window struct {
	mu    sync.Mutex   // guards what follows
	order []int        // updates in hand, and handled ones, as they came
	done  map[int]bool // those of order, and whether they were handled
	after int          // the offset when all in order are handled; 0 if nothing came yet
	open  int          // how many are in hand

	goal    int           // of open
	reached chan struct{} // closed when the goal is reached; nil if nobody waits
}

func newWindow() *window { return &window{done: map[int]bool{}} }

// take takes an update in hand, unless it was before.
func (w *window) take(id int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.done[id]; known {
		return false
	}
	w.order = append(w.order, id)
	w.done[id] = false
	w.after = id + 1
	w.open++
	return true
}

// commit notes that an update in hand was handled.
func (w *window) commit(id int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done[id] = true
	w.open--
	if w.reached != nil && w.open <= w.goal {
		close(w.reached)
		w.reached = nil
	}
}

// offset gives the lowest update that is not handled, or what comes after all. Those
// below are forgotten only now: what is being fetched can still hold them.
func (w *window) offset() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.order) > 0 && w.done[w.order[0]] {
		delete(w.done, w.order[0])
		w.order = w.order[1:]
	}
	if len(w.order) > 0 {
		return w.order[0]
	}
	return w.after
}

// skip passes over the update that would come next, which nobody can read.
func (w *window) skip() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.after > 0 {
		w.after++
	}
}

// inHand says how many updates are in hand.
func (w *window) inHand() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.open
}

// downTo gives a channel that is closed when at most n updates are in hand. Only one can
// be waited for at a time.
func (w *window) downTo(n int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	reached := make(chan struct{})
	if w.open <= n {
		close(reached)
		return reached
	}
	w.goal, w.reached = n, reached
	return reached
}
