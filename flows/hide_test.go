package flows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
)

// middles lead a conversation to a place that somebody may want out of sight at once.
var middles = map[string]func(c *chat){
	"nothing":        func(*chat) {},
	"a question":     func(c *chat) { c.say("/everything") },
	"a wait":         func(c *chat) { c.say("/inside"); c.say("tea") },
	"set aside":      func(c *chat) { c.say("/everything"); c.say("/cancel") },
	"half done":      func(c *chat) { c.say("/everything"); c.say("/everything") },
	"something else": func(c *chat) { c.say("/everything"); c.say("/gratitude"); c.say("nothing today") },
	"both":           func(c *chat) { c.say("/everything"); c.say("/gratitude") },
	"a note":         func(c *chat) { c.say("we saw his office from the bus") },
	"held words": func(c *chat) {
		c.say("/everything")
		c.now = c.now.Add(100 * time.Hour)
		c.say("we saw his office from the bus")
	},
	"a reminder": func(c *chat) {
		c.say("/everything")
		c.now = c.now.Add(time.Hour)
		c.step(flows.Event{Kind: flows.Nudged, Nudge: "gratitude", Flow: "recurring.gratitude"})
	},
	"a photo on offer":   func(c *chat) { c.sendPhoto("the lake") },
	"a photo on its way": func(c *chat) { c.sendPhoto("the lake"); c.say("yes") },
	"a photo too late": func(c *chat) {
		for _, text := range []string{"/everything", "word", "7", "7", "7", "red", "apple", "yes", "/skip", "/skip", "/skip"} {
			c.say(text)
		}
		c.sendPhoto("the lake")
		c.say("/gratitude")
		c.ready()
	},
	"a stranger": func(c *chat) { c.person = flows.Person{}; c.say("we saw his office from the bus") },
}

// firstAgain is what may come first from somebody who had gone out of sight.
func firstAgain(c *chat) map[string]flows.Event {
	events := map[string]flows.Event{
		"hi":        {Kind: flows.Said, Text: "hi"},
		"yes":       {Kind: flows.Said, Text: "yes"},
		"many":      {Kind: flows.Said, Text: "who is this and what have you two been writing"},
		"/start":    {Kind: flows.Said, Text: "/start"},
		"no button": {Kind: flows.Pressed, Token: "9.9"},
		"sticker":   {Kind: flows.Sent, Thing: "sticker"},
		"photo":     {Kind: flows.Sent, Thing: "photo"},
		"opened":    {Kind: flows.Opened},
	}
	for _, m := range c.shown {
		for _, b := range m.Buttons {
			events["button "+b.Token] = flows.Event{Kind: flows.Pressed, Token: b.Token}
		}
	}
	return events
}

// hellos are the ways in which somebody is met who comes back to nothing.
func hellos(c *chat) []string {
	var out []string
	for i := range 20 {
		d := newChat(c.t, c.book)
		d.turns = uint64(i)
		d.say("/exit")
		out = append(out, d.say("hi"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestWhoeverHoldsThePhoneAfterExitSeesNothingOfBefore(t *testing.T) {
	book := everythingBook(t)
	plain := hellos(newChat(t, book))
	for name, lead := range middles {
		c := newChat(t, book)
		lead(c)
		events := firstAgain(c)
		for first, event := range events {
			for _, exits := range []int{1, 2} {
				t.Run(name+", "+first, func(t *testing.T) {
					c := newChat(t, book)
					lead(c)
					for range exits {
						before := len(c.shown)
						effects := c.step(flows.Event{Kind: flows.Said, Text: "/exit"})
						checkExit(t, c, effects, c.shown[before:])
					}
					if got := c.answer(event); !slices.Contains(plain, got) {
						t.Errorf("met with %q", got)
					}
					if c.person.About[flows.Pause] != "" {
						t.Error("nothing comes any more")
					}
					c.say("hi")
					if c.person.Met && len(c.last().Buttons) > 0 { // a stranger is asked who they are
						t.Errorf("afterwards: %q", c.last().Text)
					}
				})
			}
		}
	}
}

func checkExit(t *testing.T, c *chat, effects []flows.Effect, said []flows.Message) {
	t.Helper()
	if len(said) != 1 || len(said[0].Buttons) > 0 || strings.Contains(said[0].Text, "?") {
		t.Errorf("/exit says %+v", said)
	}
	if !slices.Contains(effects, flows.Effect(flows.Hide{})) || c.person.About[flows.Pause] != flows.PauseAway {
		t.Errorf("/exit does %+v", effects)
	}
	if len(c.waits) > 0 {
		t.Error("a wait would still lapse")
	}
}

func TestWhatWasInFrontOfExitWaitsUntilItIsAskedFor(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.say("/everything")
	c.say("tea")
	c.say("/exit")
	if got := c.say("/everything"); !strings.Contains(got, "“What number?”") {
		t.Errorf("the same command says %q", got)
	}
	if got := c.say("go on"); got != "What number?" {
		t.Errorf("going on: %q", got)
	}
}
