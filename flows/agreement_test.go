package flows_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
)

// agreeingFlow proposes something and goes on.
const agreeingFlow = `
id: test.agree
command: tryagree
title: Agree
does: proposes something
steps:
  - {id: words, ask: "What would it be?", type: text, save: words, skip: Nothing}
  - {id: day, ask: "Until when?", type: date, save: day, skip: I don't know yet}
  - {id: agree, agreement: transparency, text: words, until: day}
  - {id: end, end: On we go.}
`

const clearToday = "clear 2026-05-07"

// agreeing is somebody who is linked with Ben, in a zone, with a safety check that came out so.
func agreeing(t *testing.T, check string) *chat {
	c := newChat(t, bookOf(t, agreeingFlow))
	c.person.Zone, c.person.About = "Europe/London", map[string]string{"safety": check}
	c.couple = flows.Couple{Linked: true, Partner: "Ben"}
	return c
}

// agreed gives the copy of something that Ben has proposed, and both agreed on if it stands.
func agreed(t *testing.T, c *chat, stands bool) flows.Item {
	t.Helper()
	record, err := exchange.Propose("A message when it gets late.", c.now.AddDate(0, 0, 2), c.now)
	if err == nil && stands {
		record, err = record.Accept(exchange.Second, c.now)
	}
	if err != nil {
		t.Fatal(err)
	}
	return flows.Agreement{
		Exchange: 5, Kind: "expectation", Until: c.now.AddDate(0, 0, 1).Format(time.DateOnly), Side: exchange.Second, Name: "Ben", Record: record,
	}.Item()
}

// effectsOf gives the effects of a kind that something said leads to.
func effectsOf[E flows.Effect](c *chat, e flows.Event) (found []E) {
	for _, effect := range c.step(e) {
		if e, ok := effect.(E); ok {
			found = append(found, e)
		}
	}
	return found
}

func press(c *chat, label string) flows.Event {
	return flows.Event{Kind: flows.Pressed, Token: c.token(label)}
}

func TestAnAgreementIsProposedAsItWasShown(t *testing.T) {
	c := agreeing(t, clearToday)
	c.say("/tryagree")
	c.say("I say on Sundays what the week was like.")
	c.say("1 June")
	c.press("That's right")
	c.press("Change the words")
	if shown := c.say("I say on Saturdays what the week was like."); !strings.Contains(shown, "Saturdays") || !strings.Contains(shown, "Monday 1 June") {
		t.Errorf("shown is %q", shown)
	}
	got := effectsOf[flows.Propose](c, press(c, "Send it"))
	want := flows.Propose{Kind: "transparency", Text: "I say on Saturdays what the week was like.", Until: "2026-06-01"}
	if len(got) != 1 || got[0] != want {
		t.Errorf("proposed is %+v, want %+v", got, want)
	}
	if last := c.last().Text; last != "On we go." {
		t.Errorf("it ends with %q", last)
	}
}

func TestAloneNothingComesOfAnAgreement(t *testing.T) {
	for name, change := range map[string]func(*chat){
		"not linked": func(c *chat) { c.couple = flows.Couple{} },
		"closed":     func(c *chat) { c.person.About["safety"] = "worrying 2026-05-01" },
	} {
		t.Run(name, func(t *testing.T) {
			c := agreeing(t, clearToday)
			change(c)
			c.say("/tryagree")
			c.say("I say on Sundays what the week was like.")
			c.say("1 June")
			if said := c.press("That's right"); said != "On we go." {
				t.Errorf("it says %q", said)
			}
		})
	}
}

func TestWhatCannotBeAgreedOnIsNotProposed(t *testing.T) {
	for name, test := range map[string]struct{ words, until, role, says string }{
		"a look into a phone":   {words: "You let me see your messages every evening.", says: "openness that the one who broke trust offers freely"},
		"a place":               {words: "I'll share my location with you until June.", says: "openness that the one who broke trust offers freely"},
		"a name":                {words: "You stop being an idiot.", says: "a name that hurts"},
		"too long":              {words: strings.Repeat("I come home at six and cook. ", 10), says: "the heart of it"},
		"openness asked for":    {words: "You tell me on Sundays how it was.", role: "betrayed", says: "for the one who broke trust to offer"},
		"no day":                {words: "I say on Sundays what the week was like.", until: "/skip", says: "It needs a last day"},
		"a day that is too far": {words: "I say on Sundays what the week was like.", until: "1 December", says: "It needs a last day"},
		"a day that is today":   {words: "I say on Sundays what the week was like.", until: "7 May 2026", says: "It needs a last day"},
	} {
		t.Run(name, func(t *testing.T) {
			c := agreeing(t, clearToday)
			c.person.Role = test.role
			c.say("/tryagree")
			c.say(test.words)
			if test.until == "" {
				test.until = "1 June"
			}
			said := c.say(test.until)
			if test.until != "/skip" {
				said = c.press("That's right")
			}
			if !strings.Contains(said, test.says) {
				t.Errorf("it says %q", said)
			}
			for _, b := range c.last().Buttons {
				if b.Label == "Send it" {
					t.Error("it could be sent")
				}
			}
		})
	}
}

func TestANoNeedsNoFreshCheckAndAYesDoes(t *testing.T) {
	c := agreeing(t, "clear 2026-01-01")
	c.items = []flows.Item{agreed(t, c, false)}
	c.say("/agreements")
	c.say("a message")
	if said := c.press("Yes"); !strings.Contains(said, "four private questions") {
		t.Errorf("a yes leads to %q", said)
	}
	c.press("Another time")
	c.say("/agreements")
	c.say("a message")
	got := effectsOf[flows.DeclineAgreement](c, press(c, "No"))
	if len(got) != 1 || got[0] != (flows.DeclineAgreement{ID: 5, Version: 1}) {
		t.Errorf("a no leads to %+v", got)
	}
}

func TestAnAgreementThatHasChangedSinceIsLeftAsItIs(t *testing.T) {
	c := agreeing(t, clearToday)
	c.items = []flows.Item{agreed(t, c, false)}
	c.say("/agreements")
	c.say("a message")
	later, _ := c.items[0].Agreed()
	for _, by := range []exchange.Side{exchange.Second, exchange.First} {
		var err error
		if later.Record, err = later.Record.Counter(by, "Something else.", c.now.AddDate(0, 0, 2), c.now); err != nil {
			t.Fatal(err)
		}
	}
	c.items = []flows.Item{later.Item()}
	if said := c.press("No"); !strings.Contains(said, "changed in the meantime") {
		t.Errorf("it says %q", said)
	}
}

func TestAgreementsSleepWhileWhatInvolvesThePartnerIsClosed(t *testing.T) {
	c := agreeing(t, "worrying 2026-05-01")
	item := agreed(t, c, true)
	c.items = []flows.Item{item}
	effects := c.step(flows.Event{Kind: flows.Nudged, Nudge: "review", About: item.ID, Flow: flows.OpensAgreement})
	if len(effects) != 1 {
		t.Fatalf("the reminder leads to %+v", effects)
	}
	if s, ok := effects[0].(flows.Snooze); !ok || !s.At.Equal(c.now.AddDate(0, 0, 1)) || s.About != item.ID {
		t.Errorf("the reminder leads to %+v", effects)
	}
	said := c.say("/agreements")
	if !strings.Contains(said, "Agreements rest for you") || strings.Contains(said, item.Text) || len(c.last().Buttons) > 0 {
		t.Errorf("the register says %q", said)
	}
}

func TestAnAgreementIsNotAmongWhatThereIsToDoToday(t *testing.T) {
	c := agreeing(t, clearToday)
	c.book = wholeBookOf(t, agreeingFlow)
	item := agreed(t, c, true)
	c.items = []flows.Item{item}
	c.nudges = []flows.Nudge{{ID: "review", About: item.ID, Rule: "once 2026-05-08 21:00 -1d", Flow: flows.OpensAgreement}}
	if said := c.say("/today"); strings.Contains(said, item.Text) {
		t.Errorf("it is brought up: %q", said)
	}
}

// Whoever would put what the two have between them already, as it stands or waits, is told so,
// and nothing goes over; other words do.
func TestWhatStandsAlreadyIsNotProposedOnceMore(t *testing.T) {
	for words, want := range map[string]int{"A message when it gets late. ": 0, "A message when it gets very late.": 1} {
		for _, stands := range []bool{true, false} {
			c := agreeing(t, clearToday)
			c.items = []flows.Item{agreed(t, c, stands)}
			c.say("/tryagree")
			c.say(words)
			c.say("1 June")
			said := c.press("That's right")
			if same := strings.Contains(said, "in the same words"); same != (want == 0) {
				t.Errorf("to %q it says %q", words, said)
			}
			if want == 1 {
				if got := effectsOf[flows.Propose](c, press(c, "Send it")); len(got) != 1 {
					t.Errorf("%q leads to %+v", words, got)
				}
			}
		}
	}
}

// A question that was put before the check came out closed leads nowhere after it.
func TestNoMoveIsMadeOnceWhatInvolvesThePartnerIsClosed(t *testing.T) {
	c := agreeing(t, clearToday)
	c.items = []flows.Item{agreed(t, c, true)}
	c.say("/agreements")
	c.say("a message")
	c.person.About["safety"] = "worrying 2026-05-07"
	if got := effectsOf[flows.EndAgreement](c, press(c, "End it now")); len(got) > 0 {
		t.Errorf("it leads to %+v", got)
	}
}

func TestAnAgreementComesBackAndLapsesUnlessSomebodySaysOtherwise(t *testing.T) {
	c := agreeing(t, clearToday)
	item := agreed(t, c, true)
	c.items = []flows.Item{item}
	nudge := flows.Event{Kind: flows.Nudged, Nudge: "review", About: item.ID, Flow: flows.OpensAgreement}
	c.step(nudge)
	if shown := c.last().Text; strings.Contains(shown, "message") {
		t.Errorf("a locked screen shows %q", shown)
	}
	if said := c.press("Now"); !strings.Contains(said, item.Text) || !strings.Contains(said, "ends by itself") {
		t.Errorf("it says %q", said)
	}
	for _, effect := range c.step(press(c, "Let it lapse")) {
		if _, ok := effect.(flows.Say); !ok {
			t.Errorf("letting it lapse leads to %+v", effect)
		}
	}
	c.step(nudge)
	c.press("Now")
	c.press("Go on with it")
	got := effectsOf[flows.RenewAgreement](c, press(c, "Two more weeks"))
	if len(got) != 1 || got[0] != (flows.RenewAgreement{ID: 5, Version: 2, Until: "2026-05-22"}) {
		t.Errorf("going on leads to %+v", got)
	}
}

func TestALongAgreementWithALongHistoryFitsIntoAMessage(t *testing.T) {
	c := agreeing(t, clearToday)
	a, _ := agreed(t, c, false).Agreed()
	words := strings.Repeat("We eat at seven. ", 14)
	for by, n := exchange.Second, 0; n < 6; by, n = by.Other(), n+1 {
		var err error
		if a.Record, err = a.Record.Counter(by, words, c.now.AddDate(0, 0, 80), c.now); err != nil {
			t.Fatal(err)
		}
	}
	a.Name, a.Until, a.Kind = "Bartholomew", "2026-09-30", "transparency"
	c.items = []flows.Item{a.Item()}
	c.say("/agreements")
	shown := []string{c.say("we eat")}
	var err error
	if a.Record, err = a.Record.Accept(exchange.Second, c.now); err != nil {
		t.Fatal(err)
	}
	c.items = []flows.Item{a.Item()}
	c.say("/agreements")
	shown = append(shown, c.say("we eat"))
	for _, text := range shown {
		if n := len([]rune(text)); n > 600 || !strings.Contains(text, "We eat") {
			t.Errorf("a message has %d characters: %s", n, text)
		}
	}
}
