package telegram

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

func TestNothingIsLostOrMixedUpInAStorm(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		const people, each = 30, 20
		for f := telegramtest.TooMany; f <= telegramtest.GarbledAfter; f++ {
			if f != telegramtest.Unauthorized { // that would be the end
				w.FailAll(0.03, f)
			}
		}
		h := &handler{}
		receive(t, w.start(), h)
		for i := range each {
			for person := range people {
				w.Say(person, fmt.Sprint(i))
			}
			pass(time.Minute)
		}
		w.Mend()
		pass(time.Hour)
		said := map[string][]string{}
		for _, in := range h.got {
			if in.Event.Kind == flows.Said {
				said[in.From.ID] = append(said[in.From.ID], in.Event.Text)
			}
		}
		for person := range people {
			got := said[w.Address(person).ID]
			if len(got) != each || !slices.IsSortedFunc(got, byNumber) {
				t.Errorf("of person %d came %s", person, got)
			}
		}
		if w.Unconfirmed() != 0 {
			t.Errorf("%d updates are not confirmed", w.Unconfirmed())
		}
	})
}

func byNumber(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return slices.Compare([]byte(a), []byte(b))
}
