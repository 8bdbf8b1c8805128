package flows_test

import (
	"testing"

	"kintsugi/flows"
)

// "Not today" begins like a no, and stands behind "later today".
func TestANoToWhatComesBackLeavesItAndDoesNotPutItOff(t *testing.T) {
	for _, said := range []string{"not today", "Not today.", "no", "no thanks", "/skip"} {
		c := newChat(t, loaded(t, nil))
		c.answer(flows.Event{Kind: flows.Nudged, Nudge: "check-in", Flow: "recurring.check-in"})
		for _, e := range c.step(flows.Event{Kind: flows.Said, Text: said}) {
			if _, ok := e.(flows.Snooze); ok {
				t.Errorf("%q: it was put off", said)
			}
		}
		if got := c.last().Text; got != "Then not today." {
			t.Errorf("%q: %q", said, got)
		}
	}
}
