package bot

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kintsugi/store"
)

func TestOutcomeOf(t *testing.T) {
	tests := []struct {
		err  error
		want outcome
	}{
		{nil, delivered},
		{errors.New("whatever"), failed},
		{&LaterError{At: time.Unix(1, 0)}, later},
		{&LaterError{}, later},
		{fmt.Errorf("sending: %w", &LaterError{}), later},
		{fmt.Errorf("sending: %w", ErrAmbiguous), ambiguous},
		{fmt.Errorf("sending: %w", ErrRefused), refused},
		{fmt.Errorf("sending: %w", ErrUnreachable), unreachable},
	}
	for _, test := range tests {
		if got := outcomeOf(test.err); got != test.want {
			t.Errorf("%v is %v, want %v", test.err, got, test.want)
		}
	}
}

func TestFateOf(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	const reply, nudge = store.ReplyLane, store.NudgeLane
	tests := map[string]struct {
		lane     store.Lane
		attempts int
		outcome  outcome
		at       time.Time
		dedups   bool
		want     fate
	}{
		"delivered":   {outcome: delivered, want: fate{kind: settled}},
		"refused":     {outcome: refused, want: fate{kind: givenUp}},
		"unreachable": {outcome: unreachable, want: fate{kind: gone}},
		"later":       {attempts: 7, outcome: later, at: in(time.Hour), want: fate{parked, in(time.Hour), 7}},
		"later, but that is over": {
			outcome: later, at: in(-time.Hour), want: fate{parked, in(time.Second), 0},
		},
		"the first failure":  {outcome: failed, want: fate{parked, in(time.Second), 1}},
		"the second failure": {attempts: 1, outcome: failed, want: fate{parked, in(2 * time.Second), 2}},
		"the ninth failure":  {attempts: 8, outcome: failed, want: fate{parked, in(256 * time.Second), 9}},
		"the tenth failure":  {attempts: 9, outcome: failed, want: fate{parked, in(5 * time.Minute), 10}},
		"the last failure":   {attempts: 11, outcome: failed, want: fate{kind: givenUp}},
		"a nudge that fails": {lane: nudge, outcome: failed, want: fate{parked, in(time.Second), 1}},
		"an ambiguous reply": {lane: reply, outcome: ambiguous, want: fate{parked, in(time.Second), ambiguousMark}},
		"an ambiguous reply that failed before": {
			attempts: 11, outcome: ambiguous, want: fate{parked, in(time.Second), ambiguousMark + 11},
		},
		"a failure of what was ambiguous": {
			attempts: ambiguousMark, outcome: failed, want: fate{parked, in(time.Second), ambiguousMark + 1},
		},
		"the last failure of what was ambiguous": {
			attempts: ambiguousMark + 11, outcome: failed, want: fate{kind: givenUp},
		},
		"a reply ambiguous twice": {
			attempts: ambiguousMark + 3, outcome: ambiguous, want: fate{parked, in(2 * time.Second), 2*ambiguousMark + 3},
		},
		"a reply ambiguous four times": {attempts: 3*ambiguousMark + 3, outcome: ambiguous, want: fate{kind: givenUp}},
		"an ambiguous nudge":           {lane: nudge, outcome: ambiguous, want: fate{kind: givenUp}},
		"an ambiguous nudge where it arrives once": {
			lane: nudge, outcome: ambiguous, dedups: true, want: fate{parked, in(time.Second), 1},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := store.Message{Lane: test.lane, Attempts: test.attempts}
			if got := fateOf(m, test.outcome, test.at, test.dedups, now, 0.5); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestBackoffSpreadsByAFifth(t *testing.T) {
	for n, want := range map[int]time.Duration{0: time.Second, 3: 8 * time.Second, 9: 5 * time.Minute, 1000: 5 * time.Minute} {
		if low, high := backoff(n, 0), backoff(n, 1); low != want*4/5 || high != want*6/5 {
			t.Errorf("after %d pauses it is %v to %v, want %v and a fifth to both sides", n, low, high, want)
		}
	}
}
