package exchange

import (
	"slices"
	"strings"
	"time"
)

// Act is what somebody did to an agreement.
type Act string

// The acts.
const (
	Proposed  Act = "proposed"
	Countered Act = "countered"
	Accepted  Act = "accepted"
	Declined  Act = "declined"
	Reviewed  Act = "reviewed" // it goes on, to another day
	Ended     Act = "ended"    // by one of them
	Expired   Act = "expired"  // on its day, which is what happens by itself
)

// Entry is a line of an agreement's history, which both can read.
type Entry struct {
	At    time.Time `json:"at"`
	By    Side      `json:"by"` // of no meaning where it expired
	Act   Act       `json:"act"`
	Text  string    `json:"text,omitempty"`
	Until time.Time `json:"until,omitzero"`
}

// Standing is how an agreement stands.
type Standing int

// An agreement is open until it is accepted or declined, and over in the end. Like a phase
// it only goes forward.
const (
	Proposal Standing = iota
	Agreed
	Over
)

// LongestAgreement is how far ahead the end of an agreement may lie. It can be renewed.
const LongestAgreement = 90 * 24 * time.Hour

// Agreement is something that two people promise each other for a time.
type Agreement struct {
	Version  int       `json:"version"`
	Standing Standing  `json:"standing"`
	Text     string    `json:"text,omitempty"`
	Until    time.Time `json:"until"`    // when it is over by itself
	Deadline time.Time `json:"deadline"` // of a proposal: when it lapses
	Turn     Side      `json:"turn"`     // of a proposal: who is to say something
	History  []Entry   `json:"history"`
}

// Propose begins an agreement, with an end.
func Propose(text string, until, now time.Time) (Agreement, error) {
	a := Agreement{Turn: Second}
	return a.put(First, Proposed, text, until, now)
}

// Counter puts other words or another end in place of the other's.
func (a Agreement) Counter(by Side, text string, until, now time.Time) (Agreement, error) {
	if err := a.mayAnswer(by, now); err != nil {
		return a, err
	}
	return a.put(by, Countered, text, until, now)
}

// Accept is a yes to the words and the end as they stand.
func (a Agreement) Accept(by Side, now time.Time) (Agreement, error) {
	if err := a.mayAnswer(by, now); err != nil {
		return a, err
	}
	if !now.Before(a.Until) {
		return a, ErrOver
	}
	a.Standing = Agreed
	return a.did(Entry{At: now, By: by, Act: Accepted}), nil
}

// Decline is a no. An agreement is the one thing of which the other hears a no.
func (a Agreement) Decline(by Side, now time.Time) (Agreement, error) {
	if err := a.mayAnswer(by, now); err != nil {
		return a, err
	}
	a.Standing = Over
	return a.did(Entry{At: now, By: by, Act: Declined}), nil
}

// Renew has it go on to another day. Either may, and either may end it again.
func (a Agreement) Renew(by Side, until, now time.Time) (Agreement, error) {
	switch {
	case a.Standing != Agreed || !now.Before(a.Until):
		return a, ErrOver
	case !fitting(until, now):
		return a, ErrMove
	}
	a.Until = until
	return a.did(Entry{At: now, By: by, Act: Reviewed, Until: until}), nil
}

// End ends an agreement, or takes a proposal back. Either may, at any time, and gives no
// reason.
func (a Agreement) End(by Side, now time.Time) (Agreement, error) {
	if a.Standing == Over {
		return a, ErrOver
	}
	a.Standing = Over
	return a.did(Entry{At: now, By: by, Act: Ended}), nil
}

// Lapse ends an agreement on its day, and a proposal that nobody answered.
func (a Agreement) Lapse(now time.Time) Agreement {
	end := a.Until
	if a.Standing == Proposal && a.Deadline.Before(end) {
		end = a.Deadline
	}
	if a.Standing == Over || now.Before(end) {
		return a
	}
	a.Standing = Over
	return a.did(Entry{At: end, By: First, Act: Expired})
}

// mayAnswer says whether a side may answer a proposal now.
func (a Agreement) mayAnswer(by Side, now time.Time) error {
	switch {
	case a.Standing != Proposal || !now.Before(a.Deadline):
		return ErrOver
	case by != a.Turn:
		return ErrTurn
	}
	return nil
}

// put writes words and an end down, for the other to answer.
func (a Agreement) put(by Side, act Act, text string, until, now time.Time) (Agreement, error) {
	if strings.TrimSpace(text) == "" || !fitting(until, now) {
		return a, ErrMove
	}
	a.Text, a.Until, a.Deadline, a.Turn = text, until, now.Add(OfferLength), by.Other()
	return a.did(Entry{At: now, By: by, Act: act, Text: text, Until: until}), nil
}

func (a Agreement) did(e Entry) Agreement {
	a.History = append(slices.Clip(a.History), e)
	a.Version++
	return a
}

// fitting says whether an agreement can end then: each has an end, and none is for ever.
func fitting(until, now time.Time) bool {
	return until.After(now) && until.Sub(now) <= LongestAgreement
}
