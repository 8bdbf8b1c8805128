package flows_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kintsugi/flows"
)

// checkedUpTo has somebody say no to the first questions of the safety check.
func checkedUpTo(t failer, noes int) *chat {
	t.Helper()
	c := newChat(t, loaded(t, nil))
	c.say("/safety")
	c.say("yes")
	for range noes {
		c.say("no")
	}
	return c
}

func TestAYesToAnyQuestionOfTheSafetyCheckIsForgottenBeforeAnythingIsSaid(t *testing.T) {
	for asked := range 4 {
		for _, yes := range []string{"yes", "sometimes", "Yes, sometimes", "yeah"} {
			c := checkedUpTo(t, asked)
			c.say(yes)
			if got := c.person.About["safety"]; !strings.HasPrefix(got, "worrying ") {
				t.Fatalf("question %d, %q: kept %q", asked+1, yes, got)
			}
			for name, value := range variables(c.turn(flows.Event{}).Session.Front) {
				if strings.Contains(value, "1") {
					t.Errorf("question %d, %q: %s is %s while the next question stands", asked+1, yes, name, value)
				}
			}
		}
	}
}

func TestWhatIsLeftInTheSafetyCheckIsNeitherClearNorWorrying(t *testing.T) {
	for left := range 4 {
		c := checkedUpTo(t, left)
		c.press("I'd rather not say")
		for range 3 - left {
			c.say("no")
		}
		if got := c.person.About["safety"]; !strings.HasPrefix(got, "unsaid ") {
			t.Errorf("question %d left: kept %q", left+1, got)
		}
		c = checkedUpTo(t, left)
		c.press("I'd rather not say")
		if left == 3 {
			continue
		}
		c.say("yes")
		if got := c.person.About["safety"]; !strings.HasPrefix(got, "worrying ") {
			t.Errorf("question %d left, and then a yes: kept %q", left+1, got)
		}
	}
}

func TestNothingIsAskedWhereTheScreenIsNotPrivate(t *testing.T) {
	for _, not := range []string{"no", "/skip", "not just now", "nope"} {
		c := newChat(t, loaded(t, nil))
		c.say("/safety")
		c.say(not)
		if c.person.About["safety"] != "" || c.turn(flows.Event{}).Session.Front != nil {
			t.Errorf("%q: went on with %q", not, c.last().Text)
		}
	}
}

func TestInDangerNowTheEmergencyNumberComesBeforeAllElse(t *testing.T) {
	for said, first := range map[string]string{
		"yes": "In danger now?", "/skip": "In danger now?", "i'm not sure": "In danger now?", "no": "No partner is told",
	} {
		c := checkedUpTo(t, 3)
		c.say("yes")
		if got := c.say(said); !strings.HasPrefix(got, first) {
			t.Errorf("%q: %q", said, got)
		}
	}
}

func TestOfSomebodyUnder18NothingIsLeft(t *testing.T) {
	for _, began := range []string{"hi", "/gratitude", "a long story that I have told nobody so far"} {
		c := newChat(t, loaded(t, nil))
		c.person = flows.Person{}
		c.say(began)
		effects := c.step(flows.Event{Kind: flows.Said, Text: "not yet"})
		deleted := false
		for _, e := range effects {
			switch e.(type) {
			case flows.Delete:
				deleted = true
			case flows.Say: // what came before would be deleted with the person
				if !deleted {
					t.Errorf("began with %q: something is said before the deletion", began)
				}
			default:
				t.Errorf("began with %q: %#v", began, e)
			}
		}
		s := c.turn(flows.Event{}).Session
		if !deleted || s.Front != nil || s.Offer != nil || s.Unplaced != "" || len(s.Parked) > 0 {
			t.Errorf("began with %q: deleted %v, and left %+v", began, deleted, s)
		}
		if got := c.last().Text; !strings.HasPrefix(got, "Nothing you said is kept") {
			t.Errorf("began with %q: the last word is %q", began, got)
		}
	}
}

func TestAGreetingThatWasPassedOverDoesNotComeBack(t *testing.T) {
	c := newChat(t, loaded(t, nil))
	c.person = flows.Person{}
	c.step(flows.Event{Kind: flows.Opened})
	c.say("/gratitude")
	if s := c.turn(flows.Event{}).Session; len(s.Parked) > 0 {
		t.Error("greeted already, and the first greeting waits")
	}
}

// Lines for the young are listed for everybody, whatever is known of them.
func TestNumbersOfEveryCountryAreListedOnceEach(t *testing.T) {
	book := bookOf(t, "id: test.young\ncommand: young\ntitle: T\ndoes: shows\nsteps: [{id: young, resources: young, everywhere: true}]\n")
	for language, first := range map[string]string{"": "United Kingdom, Childline: 0800 1111", "de-AT": "Germany, Nummer gegen Kummer: 116 111"} {
		c := newChat(t, book)
		c.person.Country, c.person.Language = "GB", language
		got := c.say("/young")
		if !strings.HasPrefix(got, "In danger now? Ring 999.\n\n"+first+"\n") || !strings.HasSuffix(got, directory+"\n\n"+traces) {
			t.Errorf("in %q:\n%s", language, got)
		}
		for _, line := range []string{"Ireland, Childline: 1800 66 66 66", "France, Allô enfance en danger: 119", "United States, 988 Lifeline: 988"} {
			if strings.Count(got, line) != 1 {
				t.Errorf("%q is listed %d times", line, strings.Count(got, line))
			}
		}
		if strings.Contains(got, "116 123") {
			t.Errorf("another kind is listed:\n%s", got)
		}
	}
}

func TestNumbersOfEveryCountryAreCutWhereTheyAreTooMany(t *testing.T) {
	file, _ := manyNumbers()
	book := loaded(t, files("many.yaml", file, "ring.yaml", "id: test.r\ncommand: r\ntitle: T\ndoes: shows\nsteps: [{id: r, resources: men, everywhere: true}]\n"))
	c := newChat(t, book)
	c.say("/r")
	if len(c.shown) < 2 {
		t.Fatal("all in one message")
	}
	for _, m := range c.shown {
		if n := utf8.RuneCountInString(m.Text); n > 1600 {
			t.Errorf("a message has %d characters", n)
		}
	}
}

const clockFlow = `
id: test.clock
command: clock
title: The clock
does: asks
steps:
  - {id: zone, ask: "Which town?", type: zone, save: person.zone}
  - {id: at, ask: "What time?", type: time, save: at, skip: None}
  - {id: end, end: "{{.person.country}}: {{if .at}}{{.at}}{{end}}"}
`

func TestATownBringsItsCountry(t *testing.T) {
	for _, c := range []struct{ had, said, want string }{
		{"", "cork", "IE"}, {"", "vienna", "AT"}, {"DE", "cork", "DE"}, {"DE", "20:00", "DE"}, // numbers to ring change by no clock

		{"", "20:00", ""},     // the town is only an example of the zone then
		{"", "nairobi", "KE"}, // also where there is no list of numbers
	} {
		talk := newChat(t, bookOf(t, clockFlow))
		talk.person.Country = c.had
		talk.say("/clock")
		talk.say(c.said)
		talk.press(talk.last().Buttons[0].Label)
		if talk.person.Zone == "" || talk.person.Country != c.want {
			t.Errorf("%q, %q: in %q, zone %q; want %q", c.had, c.said, talk.person.Country, talk.person.Zone, c.want)
		}
	}
}

func TestATimeIsHeldAgainstTheQuietHours(t *testing.T) {
	book := bookOf(t, `
id: test.quiet
command: quiet
title: Quiet
does: asks
steps:
  - {id: at, ask: "What time?", type: time, save: at, skip: None}
  - {id: quiet, when: in_quiet(at), say: Quiet.}
  - {id: end, end: Done.}
`)
	for _, c := range []struct {
		from, to, at string
		want         bool
	}{
		{"22:00", "07:00", "22:00", true}, {"22:00", "07:00", "06:59", true}, {"22:00", "07:00", "00:00", true},
		{"22:00", "07:00", "07:00", false}, {"22:00", "07:00", "21:59", false}, {"09:00", "10:00", "09:30", true},
		{"00:00", "00:00", "00:00", false}, {"", "", "03:00", false}, {"22:00", "", "23:00", false}, {"22:00", "07:00", "", false},
	} {
		talk := newChat(t, book)
		talk.person.About = map[string]string{"quiet_from": c.from, "quiet_to": c.to}
		talk.say("/quiet")
		got := ""
		if c.at == "" {
			got = talk.say("/skip")
		} else {
			talk.say(c.at)
			got = talk.press("That's right")
		}
		if strings.HasPrefix(got, "Quiet.") != c.want {
			t.Errorf("%s in %s-%s: %q, want %v", c.at, c.from, c.to, got, c.want)
		}
	}
}

// A time that no clock shows just now is told from a town that isn't found.
func TestATimeThatNoClockShowsIsNoTown(t *testing.T) {
	for said, want := range map[string]string{"20:22": "has that time", "xyzzyville": "a town by that name"} {
		talk := newChat(t, bookOf(t, clockFlow))
		talk.say("/clock")
		if got := talk.say(said); !strings.Contains(got, want) {
			t.Errorf("%q: %q", said, got)
		}
	}
}
