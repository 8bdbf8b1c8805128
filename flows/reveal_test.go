package flows_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/exchange"
)

const sharedDay = 7 // what the two call the day

// markedByBoth is somebody who has marked 15 May, as Ben has, with a safety check that came
// out so; or alone, with a blank one.
func markedByBoth(t *testing.T, feeling, check string) *chat {
	t.Helper()
	c := marked(t, wholeBook(t), feeling, "yearly", c2026(5, 15))
	c.person.Zone = "Europe/London"
	if check != "" {
		c.person.About = map[string]string{"safety": check}
		c.couple = flows.Couple{Linked: true, Partner: "Ben"}
		c.items[0].Shared, c.items[0].Both = sharedDay, true
	}
	return c
}

// wishes has the days before come, and the person say how they would meet the day, and
// nothing else until there is something to say of it.
func (c *chat) wishes(label string) {
	c.comes("lead")
	c.press(label)
	for _, skip := range []string{"I'll see", "Nothing comes to mind", "Nobody just now"} {
		if c.hasButton(skip) {
			c.press(skip)
		}
	}
}

func TestAWishForADayOfBothsIsPutToTheOtherUntilThatDay(t *testing.T) {
	c := markedByBoth(t, "painful", "clear 2026-05-12")
	c.wishes("Just get through it")
	if asked := c.last().Text; !strings.Contains(asked, "“Just get through it”") || !strings.Contains(asked, "Ben") {
		t.Fatalf("shown is %q", asked)
	}
	got := effectsOf[flows.BeginReveal](c, press(c, "Yes, ask them"))
	want := flows.BeginReveal{
		Flow: "together.wish", Step: "own", Rule: exchange.Both, Order: []string{"celebrate", "quietly", "through"},
		Answer: []string{"through"}, About: sharedDay, Until: c2026(5, 16),
	}
	if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("begun is %+v, want %+v", got, want)
	}
}

// Whoever leaves the day out, or can't say, or is not to do things with the other one, hears
// what somebody hears who is alone.
func TestAWishThatIsNoneIsNoMatterOfTwo(t *testing.T) {
	for name, test := range map[string]struct {
		check  string
		change func(c *chat)
		wish   string
	}{
		"left out":         {"clear 2026-05-12", nil, "Leave it out"},
		"not known":        {"clear 2026-05-12", nil, "I don't know yet"},
		"closed":           {"worrying 2026-05-12", nil, "Just get through it"},
		"not both's":       {"clear 2026-05-12", func(c *chat) { c.items[0].Both = false }, "Just get through it"},
		"no longer linked": {"clear 2026-05-12", func(c *chat) { c.couple = flows.Couple{} }, "Just get through it"},
	} {
		t.Run(name, func(t *testing.T) {
			alone, linked := markedByBoth(t, "painful", ""), markedByBoth(t, "painful", test.check)
			if test.change != nil {
				test.change(linked)
			}
			for _, c := range []*chat{alone, linked} {
				c.wishes(test.wish)
			}
			said := func(c *chat) (texts []string) {
				for _, m := range c.shown {
					texts = append(texts, m.Text)
				}
				return texts
			}
			if want, got := said(alone), said(linked); !slices.Equal(got, want) {
				t.Errorf("said is %q, alone %q", got, want)
			}
		})
	}
}

func TestAWishIsNotPutOnceMoreBeforeBothAreRead(t *testing.T) {
	c := markedByBoth(t, "painful", "clear 2026-05-12")
	c.news = []flows.News{revealedWish("through", "quietly")}
	if c.wishes("Just get through it"); c.hasButton("Yes, ask them") {
		t.Errorf("it is put once more: %q", c.last().Text)
	}
}

func TestWhoeverComesToTheirDaySecondAnswersTheFirst(t *testing.T) {
	c := markedByBoth(t, "mixed", "clear 2026-05-12")
	c.exchanges = []flows.Exchange{
		{ID: 3, Flow: "together.wish", Step: "own", About: sharedDay + 1},
		{ID: 4, Flow: "together.wish", Step: "own", About: sharedDay},
	}
	c.wishes("Mark it quietly")
	got := effectsOf[flows.AnswerReveal](c, press(c, "It stands"))
	if len(got) != 1 || got[0].Exchange != 4 || !slices.Equal(got[0].Answer, []string{"quietly"}) {
		t.Errorf("answered is %+v", got)
	}
}

// Whoever is asked is asked about the day as it is to them.
func TestAGuestIsAskedAboutTheirOwnDay(t *testing.T) {
	for feeling, glad := range map[string]bool{"glad": true, "mixed": false, "": false} {
		c := markedByBoth(t, feeling, clearToday)
		c.exchanges = []flows.Exchange{{ID: 4, Flow: "together.wish", Step: "own", About: sharedDay}}
		c.say("/partner")
		if asked := c.press("Look at a question of theirs"); !strings.Contains(asked, "“that day” comes up") {
			t.Fatalf("asked is %q", asked)
		}
		if c.hasButton("Celebrate it") != glad || c.hasButton("Leave it out") {
			t.Errorf("%q: offered is %+v", feeling, c.last().Buttons)
		}
		if left := c.press("I don't know yet"); !strings.Contains(left, "It can wait") {
			t.Errorf("leaving it says %q", left)
		}
	}
}

// revealedWish is news of what both would do on the day.
func revealedWish(own, theirs string) flows.News {
	return flows.News{
		ID: 1, At: c2026(5, 12), Kind: flows.NewsRevealed, Flow: "together.wish", Step: "own", Given: sharedDay,
		Rule: exchange.Both, Own: []string{own}, Theirs: []string{theirs},
	}
}

func TestWhatBothWouldDoIsToldOnTheDay(t *testing.T) {
	for theirs, want := range map[string]struct{ news, day string }{
		"through": {"same", "You had both said: “Just get through it”."},
		"quietly": {"small", "Ben had said “Mark it quietly”."},
	} {
		c := markedByBoth(t, "painful", "clear 2026-05-12")
		c.now = c2026(5, 12)
		c.news = []flows.News{revealedWish("through", theirs)}
		if told := c.answer(flows.Event{Kind: flows.Nudged, Nudge: flows.PartnerNudge, Flow: flows.OpensNews}) + c.press("Now"); !strings.Contains(told, want.news) ||
			!strings.Contains(told, "You: “Just get through it”") {
			t.Errorf("told is %q", told)
		}
		if kept := c.kept("revealed"); len(kept) != 1 || !strings.HasPrefix(kept[0], "that day\nJust get through it\nBen: ") {
			t.Errorf("kept is %q", kept)
		}
		c.news = nil
		if day := c.comes("day"); !strings.Contains(day, want.day) || c.hasButton("Something we both said") {
			t.Errorf("the day says %q", day)
		}
		if next := c.comes("day"); strings.Contains(next, "said") { // a year later
			t.Errorf("the next day says %q", next)
		}
		if !c.hasButton("Something we both said") {
			t.Errorf("what both said before is not offered: %q", c.last().Text)
		}
	}
}

// What is read when the day has been says nothing of the next one.
func TestAWishThatIsReadTooLateIsOfNoOtherDay(t *testing.T) {
	c := markedByBoth(t, "painful", "clear 2026-05-16")
	c.now = c2026(5, 16)
	c.news = []flows.News{revealedWish("through", "through")}
	c.say("/partner")
	c.press("See what has come")
	if v, has := c.items[0].Values["wish_day"]; has {
		t.Errorf("noted is %v", v)
	}
}

// A choice is given by its id, and what an id would mean as a word is nothing to the coach.
const oddlyNamed = `
id: odd.choice
command: odd
title: An odd choice
does: asks for a choice
steps:
  - id: which
    ask: Which of them?
    type: choice
    choices:
      - idiot: The one who trips over the dog
      - other: The other one
    save: which
    skip: Neither
  - id: both
    reveal: which
    from: which
  - id: done
    end: That's it.
`

func TestTheIDOfAChoiceIsReadAsNoWords(t *testing.T) {
	book, err := flows.Load(content.FS, files("odd.yaml", oddlyNamed))
	if err != nil {
		t.Fatal(err)
	}
	c := newChat(t, book)
	c.person.Zone, c.person.About = "Europe/London", map[string]string{"safety": "clear 2026-05-05"}
	c.person.Met = true
	c.couple = flows.Couple{Linked: true, Partner: "Ben"}
	c.say("/odd")
	c.press("The one who trips over the dog")
	got := effectsOf[flows.BeginReveal](c, press(c, "Yes, ask them"))
	if len(got) != 1 || !slices.Equal(got[0].Answer, []string{"idiot"}) {
		t.Errorf("begun is %+v", got)
	}
}
