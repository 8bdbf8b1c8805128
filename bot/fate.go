package bot

import (
	"errors"
	"math/rand/v2"
	"time"

	"kintsugi/store"
)

const (
	firstPause  = time.Second     // before the second attempt; it doubles
	longPause   = 5 * time.Minute // what it doubles to
	maxFailures = 12              // attempts that failed before a message is given up
	// maxAmbiguous is how often a reply is sent again that may have arrived. Once would
	// leave somebody waiting each time that two sends of a hundred meet with trouble.
	maxAmbiguous = 3
	// ambiguousMark is added to Attempts by a send that may have arrived, so that a
	// restart knows of it: failures are counted below.
	ambiguousMark = 1000
)

// outcome is what a send came to.
type outcome int

const (
	delivered outcome = iota
	later
	ambiguous
	refused
	unreachable
	failed
	outcomes = iota // how many there are
)

func (o outcome) String() string {
	return [...]string{"delivered", "later", "ambiguous", "refused", "unreachable", "failed"}[o]
}

// outcomeOf reads the error of a send.
func outcomeOf(err error) outcome {
	switch {
	case err == nil:
		return delivered
	case errors.As(err, new(*LaterError)):
		return later
	case errors.Is(err, ErrAmbiguous):
		return ambiguous
	case errors.Is(err, ErrRefused):
		return refused
	case errors.Is(err, ErrUnreachable):
		return unreachable
	}
	return failed
}

// laterAt gives the time of a [*LaterError], zero for another error.
func laterAt(err error) time.Time {
	if l := (*LaterError)(nil); errors.As(err, &l) {
		return l.At
	}
	return time.Time{}
}

// fate is what becomes of a message after a send.
type fate struct {
	kind     fateKind
	at       time.Time // parked: until when
	attempts int       // parked: the new count
}

type fateKind int

const (
	settled fateKind = iota // it is delivered
	givenUp                 // it is no longer tried
	parked                  // it is tried again
	gone                    // and so is the person
)

// fateOf decides what becomes of a message. jitter is in [0, 1).
func fateOf(m store.Message, o outcome, at time.Time, dedups bool, now time.Time, jitter float64) fate {
	switch o {
	case delivered:
		return fate{kind: settled}
	case refused:
		return fate{kind: givenUp}
	case unreachable:
		return fate{kind: gone}
	case later:
		// A platform that names a time which has passed is still given a moment.
		return fate{kind: parked, at: latest(at, now.Add(firstPause)), attempts: m.Attempts}
	case ambiguous:
		if !dedups {
			return fateOfAmbiguous(m, now, jitter)
		}
	}
	failures := m.Attempts%ambiguousMark + 1
	if failures >= maxFailures {
		return fate{kind: givenUp}
	}
	return fate{kind: parked, at: now.Add(backoff(failures-1, jitter)), attempts: m.Attempts + 1}
}

// fateOfAmbiguous sends a reply again a few times, and a nudge not at all: somebody who
// waits for an answer is better off with two than with none.
func fateOfAmbiguous(m store.Message, now time.Time, jitter float64) fate {
	before := m.Attempts / ambiguousMark
	if m.Lane == store.NudgeLane || before >= maxAmbiguous {
		return fate{kind: givenUp}
	}
	return fate{kind: parked, at: now.Add(backoff(before, jitter)), attempts: m.Attempts + ambiguousMark}
}

// backoff is the pause after n pauses before: it doubles, and jitter in [0, 1)
// spreads it by a fifth to both sides.
func backoff(n int, jitter float64) time.Duration {
	d := longPause
	if n < 16 {
		d = min(firstPause<<n, longPause)
	}
	return time.Duration(float64(d) * (0.8 + 0.4*jitter))
}

func jitter() float64 { return rand.Float64() }

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (s *sender) giveUp(lane store.Lane, o outcome) {
	s.count.givenUp.Add(1)
	s.log.Warn("message given up", "platform", s.name, "lane", laneName(lane), "after", o.String())
}

func laneName(lane store.Lane) string {
	if lane == store.NudgeLane {
		return "nudge"
	}
	return "reply"
}
