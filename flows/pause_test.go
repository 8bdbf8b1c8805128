package flows_test

import (
	"testing"
	"time"

	"kintsugi/flows"
)

// A pause that somebody chose outlasts the one of /exit, unless its day has come.
func TestComingBackGoesOnWithThePauseBefore(t *testing.T) {
	day := 24 * time.Hour
	cases := map[string]struct {
		said []string
		away time.Duration
		want string
	}{
		"none":             {want: ""},
		"open":             {said: []string{"/pause", "until I say so"}, want: flows.PauseOpen},
		"a week":           {said: []string{"/pause", "a week"}, away: 6 * day, want: "2026-05-14"},
		"a week, gone by":  {said: []string{"/pause", "a week"}, away: 7 * day, want: ""},
		"three, gone by":   {said: []string{"/pause", "a few days"}, away: 30 * day, want: ""},
		"before a goodbye": {said: []string{"/delete", "in 30 days"}, away: day, want: flows.PauseOpen},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			chat := newChat(t, bookOf(t, seenFlow))
			for _, said := range append(c.said, "/exit", "hi", "/exit", "/exit") {
				chat.say(said)
			}
			if got := chat.person.About[flows.Pause]; got != flows.PauseAway {
				t.Fatalf("pause %q after /exit", got)
			}
			chat.now = chat.now.Add(c.away)
			chat.say("hi")
			if got := chat.person.About[flows.Pause]; got != c.want {
				t.Errorf("pause %q, want %q", got, c.want)
			}
		})
	}
}

// What happens by itself is no sign that they are back.
func TestNothingThatComesByItselfEndsAnAbsence(t *testing.T) {
	for name, event := range map[string]flows.Event{
		"a photo sent before": {Kind: flows.PhotoReady, Photo: "photo"},
		"a wait":              {Kind: flows.Lapsed, Wait: "wait-1"},
	} {
		c := newChat(t, everythingBook(t))
		c.say("/inside")
		c.say("tea")
		c.say("/exit")
		if got := c.answer(event); got != "" || c.person.About[flows.Pause] != flows.PauseAway {
			t.Errorf("%s: says %q, pause %q", name, got, c.person.About[flows.Pause])
		}
	}
}
