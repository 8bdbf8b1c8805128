package bot

import (
	"sync"

	"kintsugi/flows/schedule"
)

// rules are the rules of nudges by their texts, each read once: many people have the
// same.
type rules struct {
	mu    sync.Mutex // guards known
	known map[string]schedule.Rule
}

// maxRules is how many are kept: there are no more minutes in a week.
const maxRules = 7 * 24 * 60

func newRules() *rules { return &rules{known: map[string]schedule.Rule{}} }

func (r *rules) of(text string) (schedule.Rule, error) {
	r.mu.Lock()
	rule, ok := r.known[text]
	r.mu.Unlock()
	if ok {
		return rule, nil
	}
	rule, err := schedule.Parse(text)
	if err != nil {
		return rule, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= maxRules {
		clear(r.known)
	}
	r.known[text] = rule
	return rule, nil
}
