package bot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"kintsugi/bot/bottest"
	"kintsugi/flows"
)

// happening is one thing of a history: what, to whom, how long.
type happening struct {
	What   string
	Person int
	Long   time.Duration
}

const (
	historyPeople = 3
	// mostTries keeps a history from giving a message up for good.
	mostTries = 10
)

func drawHistory(rt *rapid.T) []happening {
	what := rapid.SampledFrom([]string{
		"say", "say", "say", "say", "await", "pass", "pass", "redeliver",
		"photo", "kill", "kill after a commit", "stop", "full disk", "panic",
		string(bottest.Later), string(bottest.Temporary),
		string(bottest.AmbiguousArrived), string(bottest.AmbiguousLost),
	})
	one := rapid.Custom(func(rt *rapid.T) happening {
		return happening{
			What:   what.Draw(rt, "what"),
			Person: rapid.IntRange(0, historyPeople-1).Draw(rt, "person"),
			Long:   time.Duration(rapid.IntRange(0, 40_000).Draw(rt, "ms")) * time.Millisecond,
		}
	})
	return rapid.SliceOfN(one, 1, 40).Draw(rt, "history")
}

// TestWhateverHappensNothingIsLost lives through random histories: every event is
// applied exactly once, replies arrive in the order of the events, none is lost, and
// one comes twice only where nobody could know whether it had arrived.
func TestWhateverHappensNothingIsLost(t *testing.T) {
	for name, dedups := range map[string]bool{"where a message may arrive twice": false, "where it arrives once": true} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				history := drawHistory(rt)
				var wrong error
				inWorld(t, dedups, func(w *world) { wrong = live(w, history, dedups) })
				if wrong != nil {
					rt.Fatal(wrong)
				}
			})
		})
	}
}

// life is a history under way.
type life struct {
	w    *world
	p    *process
	said [historyPeople][]string
	// photos is how many somebody sent.
	photos [historyPeople]int
	// doubtful is who can hear something twice, or lose what was ambiguous four times.
	doubtful [historyPeople]int
	tries    int
	ids      []string // of all events
}

func live(w *world, history []happening, dedups bool) error {
	l := &life{w: w, p: w.start()}
	for _, h := range history {
		l.happen(h)
	}
	w.disk.Fail(false)
	w.server.Mend()
	pass(48 * time.Hour)
	l.p.stop()
	var wrong []error
	for person := range historyPeople {
		wrong = append(wrong, l.check(person, dedups))
	}
	return errors.Join(wrong...)
}

func (l *life) happen(h happening) {
	w := l.w
	switch h.What {
	case "say", "await":
		text := fmt.Sprintf("word %d", len(l.ids))
		if h.What == "await" {
			text = fmt.Sprintf("await w%d %v", len(l.ids), h.Long)
		}
		l.said[h.Person] = append(l.said[h.Person], text)
		l.ids = append(l.ids, w.server.Happen(h.Person, flows.Event{Kind: flows.Said, Text: text}))
	case "photo":
		l.photos[h.Person]++
		w.server.SendPhoto(h.Person, somePhoto(w.t, 8), "")
	case "pass":
		pass(h.Long)
	case "redeliver":
		if len(l.ids) > 0 {
			w.server.Redeliver(l.ids[int(h.Long)%len(l.ids)])
		}
	case "kill", "kill after a commit", "stop":
		l.restart(h)
	case "full disk":
		w.disk.Fail(true)
		pass(h.Long)
		w.disk.Fail(false)
	case "panic":
		w.book.mu.Lock()
		w.book.panics = 2
		w.book.mu.Unlock()
	default:
		l.fail(h)
	}
}

func (l *life) fail(h happening) {
	if l.tries++; l.tries > mostTries {
		return
	}
	l.w.server.Fail(h.Person, bottest.Ability(h.What))
	if strings.Contains(h.What, "anybody knowing") {
		l.doubtful[h.Person]++
	}
}

func (l *life) restart(h happening) {
	if l.tries++; l.tries > mostTries {
		return
	}
	if h.What == "stop" {
		synctest.Wait()
		l.p.stop()
		l.p = l.w.start()
		return
	}
	for person := range l.doubtful {
		l.doubtful[person]++
	}
	if h.What == "kill after a commit" {
		l.p.disk.killAfter(1+int(h.Long/time.Millisecond)%3, l.w.server.Crash)
		pass(h.Long)
	}
	l.p.kill()
	l.p = l.w.start()
}

func (l *life) check(person int, dedups bool) error {
	if got := l.w.said(person); !slices.Equal(got, l.said[person]) {
		return fmt.Errorf("person %d said %q, but this is recorded: %q", person, l.said[person], got)
	}
	if l.photos[person] > 0 {
		if kept, fetching := l.w.photos(person); kept != l.photos[person] || fetching {
			return fmt.Errorf("person %d sent %d photos, and %d are kept (to be fetched: %t)", person, l.photos[person], kept, fetching)
		}
	}
	var want []string
	for _, text := range l.said[person] {
		if strings.HasPrefix(text, "word") {
			want = append(want, "re: "+text)
		}
	}
	replies := slices.DeleteFunc(l.w.server.Texts(person), func(text string) bool {
		return !strings.HasPrefix(text, "re: ")
	})
	first := firsts(replies)
	if l.doubtful[person] >= 4 && !dedups {
		// What was ambiguous four times is not sent again.
		first, want = shared(first, want), shared(want, first)
	}
	if !slices.Equal(first, want) {
		return fmt.Errorf("person %d heard %q, want %q", person, replies, want)
	}
	if len(replies) != len(firsts(replies)) && (dedups || l.doubtful[person] == 0) {
		return fmt.Errorf("person %d heard something twice: %q", person, replies)
	}
	return l.checkNudges(person)
}

// checkNudges makes sure that no nudge came twice unless in doubt.
func (l *life) checkNudges(person int) error {
	nudges := slices.DeleteFunc(l.w.server.Texts(person), func(text string) bool {
		return !strings.HasPrefix(text, "lapsed ")
	})
	if len(nudges) != len(firsts(nudges)) {
		return fmt.Errorf("person %d was nudged twice: %q", person, nudges)
	}
	asked := len(slices.DeleteFunc(slices.Clone(l.said[person]), func(text string) bool {
		return !strings.HasPrefix(text, "await ")
	}))
	if len(nudges) != asked && l.doubtful[person] == 0 {
		return fmt.Errorf("person %d was nudged %d times, want %d", person, len(nudges), asked)
	}
	return nil
}

// firsts leaves out what comes again.
func firsts(texts []string) (first []string) {
	for _, text := range texts {
		if !slices.Contains(first, text) {
			first = append(first, text)
		}
	}
	return first
}

// shared leaves out of texts what is not in others.
func shared(texts, others []string) (both []string) {
	for _, text := range texts {
		if slices.Contains(others, text) {
			both = append(both, text)
		}
	}
	return both
}
