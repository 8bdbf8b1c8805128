package exchange

import (
	"slices"
	"strings"
	"time"
)

// Verdict is what a speaker says of how they were heard.
type Verdict string

// The verdicts.
const (
	Heard  Verdict = "yes"
	Nearly Verdict = "nearly" // with what was missed
	Missed Verdict = "missed"
)

// The length of a relay since its last move, how often the listener may try, and the
// bounds of a time-out.
const (
	RelayLength  = 7 * 24 * time.Hour
	relayRounds  = 3
	ShortTimeOut = 20 * time.Minute
	LongTimeOut  = 24 * time.Hour
)

// Awaited is what a relay waits for.
type Awaited int

// A relay waits for the speaker's words, for the listener to say them back, and for the
// speaker's verdict.
const (
	Words Awaited = iota
	Echo
	Ruling
)

// Line is something said in a relay, which both can read.
type Line struct {
	By      Side
	Text    string
	Verdict Verdict // of a speaker's answer to what was said back
}

// Relay is one speaking and the other saying back what they heard, and then the other way
// round.
type Relay struct {
	Head
	Speaker Side
	Awaits  Awaited
	Round   int // how often the listener has tried, of this speaker's words
	Swapped bool
	Lines   []Line
	// Back is when a time-out is over, and moves are taken again; zero when there is none.
	Back time.Time
}

// OfferRelay begins a relay in which the first speaks first.
func OfferRelay(now time.Time) Relay { return Relay{Head: offer(now)} }

// Accept is the second's yes.
func (e Relay) Accept(by Side, now time.Time) (Relay, error) {
	h, err := e.accept(by, now, RelayLength)
	e.Head = h
	return e, err
}

// Turn gives the side that the relay waits for.
func (e Relay) Turn() Side {
	if e.Awaits == Echo {
		return e.Speaker.Other()
	}
	return e.Speaker
}

// Say is the speaker's words, or what the listener heard.
func (e Relay) Say(by Side, text string, now time.Time) (Relay, error) {
	switch err := e.mayMove(by, now); {
	case err != nil:
		return e, err
	case e.Awaits == Ruling:
		return e, ErrTurn
	case strings.TrimSpace(text) == "":
		return e, ErrMove
	}
	if e.Awaits == Echo {
		e.Round++
	}
	e.Awaits++
	return e.did(Line{By: by, Text: text}, now), nil
}

// Read is the listener's turn without a word of their own: they have read it, and that is all.
func (e Relay) Read(by Side, now time.Time) (Relay, error) {
	switch err := e.mayMove(by, now); {
	case err != nil:
		return e, err
	case e.Awaits != Echo:
		return e, ErrTurn
	}
	e.Round++
	e.Awaits++
	return e.did(Line{By: by}, now), nil
}

// Rule is the speaker's answer to what was said back: yes, nearly or missed, with what was
// missed if they like. After a yes, or the third try, the two swap; after the second's
// turn the relay is done.
func (e Relay) Rule(by Side, verdict Verdict, missed string, now time.Time) (Relay, error) {
	switch err := e.mayMove(by, now); {
	case err != nil:
		return e, err
	case e.Awaits != Ruling:
		return e, ErrTurn
	case verdict != Heard && verdict != Nearly && verdict != Missed:
		return e, ErrMove
	}
	e = e.did(Line{By: by, Text: missed, Verdict: verdict}, now)
	switch {
	case verdict != Heard && e.Round < relayRounds:
		e.Awaits = Echo
	case !e.Swapped:
		e.Speaker, e.Swapped, e.Awaits, e.Round = e.Speaker.Other(), true, Words, 0
	default:
		e.Phase = Done
	}
	return e, nil
}

// TimeOut stops the relay for a while. Either may, whoever's turn it is, and it always
// names a return.
func (e Relay) TimeOut(length time.Duration, now time.Time) (Relay, error) {
	switch {
	case e.live(now) != nil:
		return e, ErrOver
	case e.Phase != Open || now.Before(e.Back):
		return e, ErrTurn
	case length < ShortTimeOut || length > LongTimeOut:
		return e, ErrMove
	}
	e.Back = now.Add(length)
	e.Deadline = e.Back.Add(RelayLength)
	e.Head = e.moved()
	return e, nil
}

// Lapse ends a relay in which nothing was said for its length.
func (e Relay) Lapse(now time.Time) Relay {
	e.Head = e.lapse(now)
	return e
}

// mayMove says whether a side may go on now.
func (e Relay) mayMove(by Side, now time.Time) error {
	switch {
	case e.live(now) != nil:
		return ErrOver
	case e.Phase != Open || by != e.Turn() || now.Before(e.Back):
		return ErrTurn
	}
	return nil
}

func (e Relay) did(l Line, now time.Time) Relay {
	e.Lines = append(slices.Clip(e.Lines), l)
	e.Deadline, e.Back = now.Add(RelayLength), time.Time{}
	e.Head = e.moved()
	return e
}
