package exchange

import (
	"math/rand/v2"
	"slices"
	"time"
)

// Rule is what a reveal gives away once both have answered.
type Rule string

// The rules.
const (
	Both    Rule = "both"    // each answer, to both
	Overlap Rule = "overlap" // what both have, and nothing else
	Lot     Rule = "lot"     // one or two of what both have, by lot, so that absence proves nothing
	Lower   Rule = "lower"   // the one that comes first in the order: the slower pace, by no name
)

// lotMost is how many things a lot draws at most.
const lotMost = 2

// Reveal is one question that both answer apart.
type Reveal struct {
	Head
	Rule  Rule
	Order []string // of the choices, for Lower
	// Answers are what each side has said; nil for one that has not, or has passed, or
	// has taken it back. Only Result reads another's.
	Answers [2][]string
	// Result is what both may read, of each side; with a rule other than Both the two are
	// the same. It is there from the move on that made it done.
	Result [2][]string
	// Out is when it is handed out.
	Out time.Time
}

// OfferReveal begins a reveal. With the offer the first has said yes.
func OfferReveal(rule Rule, order []string, now time.Time) Reveal {
	return Reveal{Head: offer(now), Rule: rule, Order: order}
}

// Accept is the second's yes. It leaves the deadline as it was: when a reveal lapses must
// not tell whether it was answered.
func (e Reveal) Accept(by Side, now time.Time) (Reveal, error) {
	h, err := e.accept(by, now, e.Deadline.Sub(now))
	e.Head = h
	return e, err
}

// Answer puts a side's answer in place of an earlier one. The first may answer before the
// second has said yes. Once both have, the reveal is done; the seed draws the lots.
func (e Reveal) Answer(by Side, answer []string, now time.Time, seed uint64) (Reveal, error) {
	switch {
	case e.live(now) != nil:
		return e, ErrOver
	case e.Phase == Offered && by == Second:
		return e, ErrTurn
	case len(answer) == 0 || e.Rule == Lower && !slices.Contains(e.Order, answer[0]):
		return e, ErrMove
	}
	e.Answers[by] = slices.Clone(answer)
	e.Head = e.moved()
	if e.Phase == Open && e.Answers[by.Other()] != nil {
		e.Phase, e.Out = Done, nextQuarter(now)
		e.Result = e.result(seed)
	}
	return e, nil
}

// Withdraw takes a side's answer back. Once the reveal is done there is none to take back:
// both could have read it. Taking back what was not said changes nothing.
func (e Reveal) Withdraw(by Side, now time.Time) (Reveal, error) {
	if err := e.live(now); err != nil {
		return e, err
	}
	if e.Answers[by] == nil {
		return e, nil
	}
	e.Answers[by] = nil
	e.Head = e.moved()
	return e, nil
}

// Lapse ends a reveal whose time has passed. The answers are gone with it: each has their
// own in their journal, if they kept it.
func (e Reveal) Lapse(now time.Time) Reveal {
	if e.Head = e.lapse(now); e.Phase == Lapsed {
		e.Answers = [2][]string{}
	}
	return e
}

// Seen is what a side may know of a reveal: whether it is theirs to say yes or to answer,
// their own answer, and the result once it is out.
type Seen struct {
	Phase  Phase
	Own    []string
	Result [2][]string
}

// See gives what one side may know. What has not been handed out yet still looks open.
func (e Reveal) See(by Side, now time.Time) Seen {
	s := Seen{Phase: e.Phase, Own: e.Answers[by]}
	switch {
	case e.Phase == Done && now.Before(e.Out):
		s.Phase = Open
	case e.Phase == Done:
		s.Result = e.Result
	}
	return s
}

func (e Reveal) result(seed uint64) [2][]string {
	if e.Rule == Both {
		return e.Answers
	}
	var shared []string
	switch a, b := e.Answers[First], e.Answers[Second]; e.Rule {
	case Lower:
		shared = []string{e.Order[min(slices.Index(e.Order, a[0]), slices.Index(e.Order, b[0]))]}
	default:
		for _, item := range a {
			if slices.Contains(b, item) && !slices.Contains(shared, item) {
				shared = append(shared, item)
			}
		}
		slices.Sort(shared) // not in the order of either
	}
	if e.Rule == Lot {
		shared = drawn(shared, seed)
	}
	return [2][]string{shared, shared}
}

// drawn takes one or two things by lot.
func drawn(items []string, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	return items[:min(len(items), 1+r.IntN(lotMost))]
}
