package flows

// wording is one thing that people read, in every language there is: in each, one
// text or several that take turns.
type wording struct {
	key   string // "step.field", or the phrase's name
	line  int
	texts map[string][]*text // by language
}

// source is the first of its English texts, as it was written.
func (w *wording) source() string { return w.texts[english][0].source }

// english is the language that flows are written in; overlays bring the others.
const english = "en"

// in gives the texts in a language, or in English where it has none.
func (w *wording) in(language string) []*text {
	if texts := w.texts[language]; texts != nil {
		return texts
	}
	return w.texts[english]
}

// say renders one of the texts, drawn by the turn's seed.
func (w *wording) say(r *run, extra scene) string {
	texts := w.in(r.language())
	return texts[r.draw(w.key, len(texts))].render(r, extra)
}

// at renders the i-th text, or the last where there are fewer.
func (w *wording) at(r *run, i int, extra scene) string {
	texts := w.in(r.language())
	return texts[min(i, len(texts)-1)].render(r, extra)
}

// draw picks one of n texts. Within a conversation the pick stays, so that a
// question repeated is the same question, and from one conversation to the next it
// moves on; outside of any it is drawn by the turn's seed.
func (r *run) draw(key string, n int) int {
	if n < 2 {
		return 0
	}
	at := r.turn.Seed >> 17
	if r.s.Front != nil {
		at = r.s.Front.ID
	}
	for i := range len(key) {
		at += uint64(key[i])
	}
	return int(at % uint64(n))
}
