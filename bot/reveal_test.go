package bot_test

import (
	"slices"
	"testing"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
)

// inCompany has two who are linked.
func inCompany(t *testing.T, test func(c *company)) {
	t.Helper()
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	inWorld(t, false, func(w *world) {
		c := w.meet(book, false, "one", "other")
		c.arrive(0, "Mara")
		c.arrive(1, "Tom")
		c.say(1, c.invites(0))
		if !c.agrees(1) || !c.links(0) {
			t.Fatal("they can't be linked")
		}
		test(c)
	})
}

func TestAQuestionIsFoundThoughACheckIsDue(t *testing.T) {
	const day = 24 * time.Hour
	inCompany(t, func(c *company) {
		pass(20 * day)
		c.goes(1, "/hopes", reply{"Nothing I can say", "A walk by the river."}, reply{label: "Yes, ask them"})
		c.goes(0, "/partner", presses("See what has come", "Not now")...)
		pass(11 * day)
		way := presses("Look at a question of theirs", "Go on", "Yes, it's private", "No", "It stands")
		answered := c.goes(0, "/partner", append(way, reply{"Nothing I can say", "Sleep."})...)
		for _, want := range []string{"Look at a question of theirs", "Go on", "It stands"} {
			if !slices.Contains(answered, want) {
				t.Errorf("she doesn't come to %q, but to %q: %q", want, answered, c.last(0).Text)
			}
		}
	})
}

func TestAQuestionLapsesWithItsDay(t *testing.T) {
	inWorld(t, false, func(w *world) {
		until := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
		asks := flows.BeginReveal{Flow: "test.hopes", Step: "hope", Rule: exchange.Both, Answer: []string{"Sleep."}, Until: until}
		l := linkedPair(w, "@ 2026-03-03 18:00\n> ask them\n", map[string]flows.Effect{"ask them": asks})
		for _, look := range []struct {
			at   string
			open bool
		}{{"2026-03-04 23:59", true}, {"2026-03-05 00:01", false}} {
			l.play("@ " + look.at + "\n>> /partner\n")
			heard := w.server.Heard(1)
			if last := heard[len(heard)-1]; hasAny(last, "Look at a question of theirs") != look.open {
				t.Errorf("at %s he is offered %+v", look.at, last.Buttons)
			}
		}
	})
}

// dayOfBoth has Mara mark a day and let Tom know of it, who marks it too.
const dayOfBoth = `
@ 2026-03-03 18:00
> /milestones
> the day it came out
> [A painful one]
> 20 march 2025
> [That's right]
> [Every month]
> [Three days before]
> Ghent
> [That's right]
> /milestones
> [the day it came out]
> [Mark it with Tom]
> [Send it]
>> [Now]
>> [Mark it too]
>> [A painful one]
>> [Not before]
>> Ghent
>> [That's right]
@ 2026-03-04 18:00
> [Now]
`

// Whoever marks the day no more is not asked about it, and from the other side that looks
// like no answer.
func TestAQuestionAboutADayIsForWhoeverHasIt(t *testing.T) {
	asked := func(leaves string) (hers, his []string) {
		inWorld(t, false, func(w *world) {
			l := linkedPair(w, dayOfBoth+leaves, nil)
			hersBefore, before := len(w.server.Heard(0)), len(w.server.Heard(1))
			l.play("@ 2026-03-17 09:00\n> [Now]\n> [Mark it quietly]\n> [I'll see]\n> [Yes, ask them]\n@ 2026-03-19 12:00\n> /partner\n")
			for _, m := range w.server.Heard(0)[hersBefore:] {
				hers = append(hers, m.Text)
			}
			for _, m := range w.server.Heard(1)[before:] {
				his = append(his, m.Text)
			}
		})
		return hers, his
	}
	hers, his := asked("")
	if len(his) != 1 {
		t.Errorf("he hears %q", his)
	}
	hersAlone, hisAlone := asked(">> /milestones\n>> [the day it came out]\n>> [Leave it out]\n>> [From now on]\n")
	if len(hisAlone) != 0 {
		t.Errorf("though he has left the day out, he hears %q", hisAlone)
	}
	if !slices.Equal(hers, hersAlone) {
		t.Errorf("she hears %q, and when he has left it out %q", hers, hersAlone)
	}
}
