package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kintsugi/bot"
	"kintsugi/store"
)

// steering takes the lines of a trial that begin with a colon.
type steering struct {
	ctx     context.Context
	store   *store.Store
	clock   *bot.Clock
	service *bot.Service
}

const steeringHelp = `Lines that begin with a colon steer the trial; everything else is said.
  :clock        what time it is in the trial
  :clock +1d    moves its clock ahead: +30m, +2h, +1d and +3w all work
  :as ben       goes on as somebody else, in a chat of their own; :as you comes back
  :photo FILE   sends a picture
  :quit         leaves; next time it goes on where you were
  :help         this list`

// steer deals with a line. A colon that begins no steering word is said: people
// write ":)". A photo is for the chat itself to send.
func (s *steering) steer(line string) (out string, handled, quit bool) {
	words := strings.Fields(line)
	switch {
	case len(words) == 0:
		return "", false, false
	case words[0] == ":help":
		return steeringHelp, true, false
	case words[0] == ":quit":
		return "", true, true
	case words[0] == ":clock" && len(words) == 1:
		return s.time(), true, false
	case words[0] == ":clock":
		return s.move(strings.Join(words[1:], "")), true, false
	}
	return "", false, false
}

func (s *steering) time() string {
	return "It is " + s.clock.Now().Local().Format("Monday 2 January 2006, 15:04") + " in the trial."
}

// move moves the clock, from one thing that is due to the next, so that each comes
// at its time.
func (s *steering) move(span string) string {
	d, err := readSpan(span)
	if err != nil {
		return "I can't read that: write :clock +30m, +2h, +1d or +3w. It only goes ahead."
	}
	for until := s.clock.Now().Add(d); err == nil; {
		var next time.Time
		if next, err = s.service.NextDue(s.ctx, until); err != nil {
			break
		}
		if err = s.moveTo(next); err != nil || !next.Before(until) {
			break
		}
		err = s.service.CatchUp(s.ctx)
	}
	if err != nil {
		return "The clock could not be moved all the way: " + err.Error()
	}
	return s.time()
}

// moveTo sets the clock, unless it shows a later time, and keeps how far it is ahead.
func (s *steering) moveTo(t time.Time) error {
	d := t.Sub(s.clock.Now())
	if d <= 0 {
		return nil
	}
	ahead := time.Until(s.clock.Now()) + d
	err := s.store.Update(s.ctx, func(r *store.Records) error {
		return r.PutCursor(clockCursor, []byte(ahead.Round(time.Second).String()))
	})
	if err == nil {
		s.clock.Move(d)
	}
	return err
}

// longestSpan keeps the clock within what calendars and dates can bear.
const longestSpan = 10 * 366 * 24 * time.Hour

// readSpan reads how far to go ahead, such as +30m, +2h, +1d or +3w.
func readSpan(span string) (time.Duration, error) {
	text, ok := strings.CutPrefix(span, "+")
	if !ok {
		return 0, fmt.Errorf("a span begins with +")
	}
	d, err := time.ParseDuration(text)
	for unit, days := range map[string]int{"d": 1, "w": 7} {
		if n, ok := strings.CutSuffix(text, unit); ok {
			var count int
			count, err = strconv.Atoi(n)
			d = time.Duration(min(count, 10_000)*days) * 24 * time.Hour
		}
	}
	if err != nil || d <= 0 || d > longestSpan {
		return 0, fmt.Errorf("no span")
	}
	return d, nil
}
