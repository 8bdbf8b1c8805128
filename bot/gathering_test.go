package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// gathers has somebody ask for the week's thanks on Sundays at seven, or for them no more if
// they had asked for them.
func (c *company) gathers(who int) {
	c.goes(who, "/reminders", presses("The week's thanks", "No more")...)
	if m := c.last(who); len(m.Buttons) == 0 { // which town are they in?
		c.say(who, "London")
	}
	c.goesOn(who, append(presses("That's right", "Sunday"), reply{"Better not", "19:00"})...)
}

// thanks has somebody give the other one a thank-you.
func (c *company) thanks(who int, other, words string) bool {
	c.say(who, "/cancel")
	way := slices.Concat(presses("Send it", "Something that "+other+" did", "Not much", "Begin again"), []reply{{"I'd rather not say", words}})
	return slices.Contains(c.goes(who, "/gratitude", way...), "Send it")
}

// Whether one of two has thanks gathered, reads them or has them rest, is nothing to the other.
func TestWhetherThanksAreGatheredIsNothingToTheOtherOne(t *testing.T) {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	live := func(private ...func(p *living)) (received []string) {
		inWorld(t, false, func(w *world) {
			p := &living{company: w.meet(book, false, "her", "him", "third"), start: time.Now()}
			p.arrive(mara, "Mara")
			p.arrive(tom, "Tom")
			code := p.invites(mara)
			p.say(tom, code)
			if !p.agrees(tom) || !p.links(mara) {
				t.Fatal("they could not be linked")
			}
			p.gathers(tom)
			for week := range 4 {
				p.until(time.Duration(week)*7*24*time.Hour + time.Hour)
				if week < len(private) {
					private[week](p)
				}
				if who := week % 2; week < 2 && !p.thanks(who, []string{"Tom", "Mara"}[who], "You rang before you were late.") {
					t.Fatal("nothing was given")
				}
				p.until(time.Duration(week)*7*24*time.Hour + 3*time.Hour)
				p.goes(mara, "/partner", reading...)
				p.goes(tom, "/partner", reading...)
			}
			p.until(5 * 7 * 24 * time.Hour)
			received = p.received(tom)
		})
		return received
	}
	nothing := func(*living) {}
	in := func(p *living) { p.gathers(mara) }
	without := live()
	for name, private := range map[string][]func(p *living){
		"in":              {in},
		"in and out":      {in, nothing, in},
		"in, and reading": {in, nothing, func(p *living) { p.goes(mara, "/thanks", presses("Some from before", "That's enough")...) }},
		"in, and closed": {in, nothing, func(p *living) {
			p.goes(mara, "/safety", presses("Yes, it's private", "Yes, or sometimes", "I'd rather not say")...)
		}},
		"in, and unlinked": {in, nothing, func(p *living) { p.say(mara, "/unlink") }},
	} {
		if d := difference(without, live(private...)); d != "" {
			t.Errorf("%s: he can tell: %s", name, d)
		}
	}
	if all := strings.Join(without, "\n"); !strings.Contains(all, "A thank-you from Mara") {
		t.Errorf("he received %s", all)
	}
}
