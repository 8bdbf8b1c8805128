package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kintsugi/store"
)

// demoScript is what two people do in a demo; demo.txt says how it is written.
type demoScript struct {
	people []store.Person // two, with no more than a name and a role
	lines  []demoLine
}

// demoLine is one line of a script: a time, something told, or what somebody does.
type demoLine struct {
	number int
	at     time.Time // comes, if it is not zero
	told   string    // to whoever looks on
	who    int
	does   string // words, or a [Label]
}

const (
	// demoZone is where the two live, and where the times of a script are.
	demoZone = "Europe/London"
	// demoTime is how a script writes times.
	demoTime = "2006-01-02 15:04"
)

func readDemo(text string) (*demoScript, error) {
	d := &demoScript{}
	for i, line := range strings.Split(text, "\n") {
		if err := d.read(i+1, line); err != nil {
			return nil, demoError(i+1, err)
		}
	}
	if len(d.people) != 2 {
		return nil, fmt.Errorf("the demo has %d people: name two, each in a line such as: with Mara betrayed", len(d.people))
	}
	return d, nil
}

// demoError says in which line of a script something is wrong.
func demoError(number int, err error) error { return fmt.Errorf("the demo, line %d: %w", number, err) }

func (d *demoScript) read(number int, line string) error {
	first, rest, _ := strings.Cut(line, " ")
	l := demoLine{number: number}
	name, isSaid := strings.CutSuffix(first, ">")
	var err error
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case first == "with":
		return d.introduce(rest)
	case first == "=":
		d.tell(number, rest)
		return nil
	case first == "@":
		l.at, err = d.time(rest)
	case isSaid:
		l.does = rest
		l.who, err = d.speaker(name, rest)
	default:
		err = errors.New("it should begin with “with”, “@”, “=”, somebody's name and “>”, or “#”")
	}
	if err == nil {
		d.lines = append(d.lines, l)
	}
	return err
}

func (d *demoScript) introduce(who string) error {
	words := strings.Fields(who)
	if len(words) != 2 {
		return errors.New("write a name and a role, such as: with Mara betrayed")
	}
	d.people = append(d.people, store.Person{Name: words[0], Role: words[1]})
	return nil
}

// tell adds to what is told. Lines next to one another belong together.
func (d *demoScript) tell(number int, words string) {
	if n := len(d.lines); n > 0 && d.lines[n-1].told != "" && d.lines[n-1].number == number-1 {
		d.lines[n-1].told += "\n" + words
		d.lines[n-1].number = number
		return
	}
	d.lines = append(d.lines, demoLine{number: number, told: words})
}

func (d *demoScript) time(text string) (time.Time, error) {
	zone, err := time.LoadLocation(demoZone)
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.ParseInLocation(demoTime, text, zone)
	if err != nil {
		return at, fmt.Errorf("%q is no time: write it as @ %s", text, demoTime)
	}
	if at.Before(d.last()) {
		return at, fmt.Errorf("%s is before the time that came last", text)
	}
	return at, nil
}

// last is the time that came last, zero if none did.
func (d *demoScript) last() (at time.Time) {
	for _, l := range d.lines {
		if !l.at.IsZero() {
			at = l.at
		}
	}
	return at
}

func (d *demoScript) speaker(name, words string) (who int, err error) {
	if d.last().IsZero() {
		return 0, errors.New("a time has to come before somebody speaks: write it as @ " + demoTime)
	}
	if words == "" {
		return 0, errors.New("write what they say, or a [Label] that they press")
	}
	who = slices.IndexFunc(d.people, func(p store.Person) bool { return strings.ToLower(p.Name) == name })
	if who < 0 {
		return 0, fmt.Errorf("nobody is called %q", name)
	}
	return who, nil
}

// begin is the first time that comes.
func (d *demoScript) begin() time.Time {
	for _, l := range d.lines {
		if !l.at.IsZero() {
			return l.at
		}
	}
	return time.Time{}
}

func (d *demoScript) names() [2]string { return [2]string{d.people[0].Name, d.people[1].Name} }
