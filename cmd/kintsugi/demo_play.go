package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
	"kintsugi/store/memory"
)

// moment is one thing that a demo shows: a time, something told, or a line in a chat.
type moment struct {
	at   time.Time // the clock has moved on to it
	told string    // to whoever looks on
	who  int       // whose chat it is
	said string    // by them
	came *flows.Message
}

// demoPlay is a demo while it is played.
type demoPlay struct {
	script  *demoScript
	stage   *demoStage
	clock   *bot.Clock
	service *bot.Service
	asked   [2]flows.Message // the last of each that has buttons
	code    string           // the last one that came
	moments []moment
}

// play plays the script with the whole service, in memory and by a clock of its own, and
// gives all that there is to show.
func (d *demoScript) play(ctx context.Context, book *flows.Book) (_ []moment, err error) {
	p := &demoPlay{script: d, stage: newDemoStage(), clock: &bot.Clock{}}
	p.clock.Move(d.begin().Sub(p.clock.Now()))
	s, err := store.Open(ctx, memory.New(), store.NewMasterKey())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Update(ctx, d.introduceAll); err != nil {
		return nil, err
	}
	p.service = bot.New(bot.Options{
		Store: s, Steps: book, Platforms: []bot.Platform{p.stage}, Clock: p.clock,
	})
	err = p.run(ctx)
	return p.moments, err
}

// introduceAll puts the people down as they stand once they have answered the first
// questions and the private ones, with nothing to worry about.
func (d *demoScript) introduceAll(r *store.Records) error {
	for _, p := range d.people {
		p.Zone, p.Met, p.Since = demoZone, true, d.begin()
		p.Addresses = []store.Address{demoAddress(p.Name)}
		p.About = map[string]string{
			"safety":        "clear " + d.begin().Format(time.DateOnly), // as the step safety keeps it
			flows.QuietFrom: "22:00", flows.QuietTo: "07:00",
		}
		if _, err := r.AddPerson(p); err != nil {
			return err
		}
	}
	return nil
}

// run lets the service run for as long as the script lasts.
func (p *demoPlay) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		defer stop() // a script does not wait for a service that has failed
		ended <- p.service.Run(ctx)
	}()
	err := p.playLines(ctx)
	stop()
	return errors.Join(err, <-ended)
}

func (p *demoPlay) playLines(ctx context.Context) error {
	for _, l := range p.script.lines {
		if err := p.playLine(ctx, l); err != nil {
			return demoError(l.number, err)
		}
	}
	return nil
}

func (p *demoPlay) playLine(ctx context.Context, l demoLine) error {
	switch {
	case l.told != "":
		p.moments = append(p.moments, moment{told: l.told})
		return nil
	case !l.at.IsZero():
		return p.until(ctx, l.at)
	}
	if strings.Contains(l.does, codeMark) && p.code == "" {
		return errors.New("no code has come yet")
	}
	return p.act(ctx, l.who, strings.ReplaceAll(l.does, codeMark, p.code))
}

// until lets a time come, from one thing that is due to the next.
func (p *demoPlay) until(ctx context.Context, at time.Time) error {
	for now := p.clock.Now(); now.Before(at); now = p.clock.Now() {
		next, err := p.service.NextDue(ctx, at)
		if err != nil {
			return err
		}
		p.clock.Move(max(next.Sub(now), 0))
		if err := p.service.CatchUp(ctx); err != nil {
			return err
		}
		if next.Before(at) {
			p.collect(next, 0, 1)
		}
	}
	p.moments = append(p.moments, moment{at: at})
	p.collect(time.Time{}, 0, 1)
	return nil
}

// act has somebody say words or press a button.
func (p *demoPlay) act(ctx context.Context, who int, does string) error {
	e, said := flows.Event{Kind: flows.Said, Text: does}, does
	if label, ok := labelIn(does); ok {
		token, err := p.token(who, label)
		if err != nil {
			return err
		}
		e, said = flows.Event{Kind: flows.Pressed, Token: token}, label
	}
	p.moments = append(p.moments, moment{who: who, said: said})
	if err := p.stage.act(ctx, demoAddress(p.script.people[who].Name), e); err != nil {
		return err
	}
	if err := p.service.CatchUp(ctx); err != nil {
		return err
	}
	p.collect(time.Time{}, who, 1-who)
	return nil
}

// labelIn gives the label of a button that is pressed by "[Label]".
func labelIn(does string) (label string, ok bool) {
	label, begins := strings.CutPrefix(does, "[")
	label, ends := strings.CutSuffix(label, "]")
	return label, begins && ends
}

func (p *demoPlay) token(who int, label string) (string, error) {
	var others []string
	for _, b := range p.asked[who].Buttons {
		if b.Label == label {
			return b.Token, nil
		}
		others = append(others, "["+b.Label+"]")
	}
	name := p.script.people[who].Name
	if len(others) == 0 {
		return "", fmt.Errorf("%s can't press [%s]: no buttons have come yet", name, label)
	}
	return "", fmt.Errorf("%s can't press [%s], only %s", name, label, strings.Join(others, " "))
}

// codeForm is how a code looks.
var codeForm = regexp.MustCompile(`^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$`)

// codeMark stands for the last code that came.
const codeMark = "{code}"

// collect puts down what came to the people, in that order, and before it the time, if
// there is one.
func (p *demoPlay) collect(at time.Time, people ...int) {
	for _, who := range people {
		for _, m := range p.stage.take(demoAddress(p.script.people[who].Name)) {
			if !at.IsZero() {
				p.moments = append(p.moments, moment{at: at.In(p.script.begin().Location())})
				at = time.Time{}
			}
			if len(m.Buttons) > 0 {
				p.asked[who] = m
			}
			if codeForm.MatchString(m.Text) {
				p.code = m.Text
			}
			p.moments = append(p.moments, moment{who: who, came: &m})
		}
	}
}
