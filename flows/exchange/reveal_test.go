package exchange

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func opened(t *testing.T, rule Rule, order ...string) Reveal {
	t.Helper()
	e, err := OfferReveal(rule, order, noon).Accept(Second, noon)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func answered(t *testing.T, e Reveal, by Side, answer ...string) Reveal {
	t.Helper()
	e, err := e.Answer(by, answer, noon.Add(time.Minute), 1)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestBothReadEachOtherOnceBothHaveAnswered(t *testing.T) {
	e := answered(t, opened(t, Both), Second, "a walk")
	if s := e.See(First, noon.Add(time.Hour)); s.Phase != Open || s.Result[Second] != nil {
		t.Errorf("one answer is enough: %+v", s)
	}
	e = answered(t, e, First, "an evening in")
	if s := e.See(Second, noon.Add(14*time.Minute)); s.Phase != Open || s.Result[First] != nil {
		t.Errorf("it is read before the quarter: %+v", s)
	}
	want := [2][]string{{"an evening in"}, {"a walk"}}
	for _, side := range []Side{First, Second} {
		if s := e.See(side, noon.Add(15*time.Minute)); s.Phase != Done || !reflect.DeepEqual(s.Result, want) {
			t.Errorf("%+v", s)
		}
	}
}

func TestWhatGivesAwayLess(t *testing.T) {
	paces := []string{"still", "slow", "as now", "faster"}
	for _, tt := range []struct {
		name          string
		rule          Rule
		first, second []string
		want          []string
	}{
		{"an overlap", Overlap, []string{"c", "a", "b"}, []string{"b", "x", "c"}, []string{"b", "c"}},
		{"none", Overlap, []string{"a"}, []string{"b"}, nil},
		{"the slower pace", Lower, []string{"faster"}, []string{"slow"}, []string{"slow"}},
		{"alike", Lower, []string{"as now"}, []string{"as now"}, []string{"as now"}},
		{"no lot without an overlap", Lot, []string{"a"}, []string{"b"}, nil},
	} {
		e := answered(t, answered(t, opened(t, tt.rule, paces...), First, tt.first...), Second, tt.second...)
		if got := e.Result; !slices.Equal(got[First], tt.want) || !slices.Equal(got[Second], tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAnAnswerHasToBeOne(t *testing.T) {
	e := opened(t, Lower, "slow", "fast")
	for _, answer := range [][]string{nil, {}, {"quick"}} {
		if _, err := e.Answer(First, answer, noon, 1); !errors.Is(err, ErrMove) {
			t.Errorf("%q: %v", answer, err)
		}
	}
	if _, err := OfferReveal(Both, nil, noon).Answer(Second, []string{"x"}, noon, 1); !errors.Is(err, ErrTurn) {
		t.Errorf("an answer before the yes: %v", err)
	}
	late := noon.Add(OfferLength)
	if _, err := e.Answer(First, []string{"slow"}, late, 1); !errors.Is(err, ErrOver) {
		t.Errorf("an answer after its time: %v", err)
	}
	if got := answered(t, e, First, "slow").Lapse(late); got.Answers[First] != nil || got.Phase != Lapsed {
		t.Errorf("a lapsed reveal keeps an answer: %+v", got)
	}
}

// The lots show one or two of what both have, each of them now and then, and neither in
// one's order nor depending on whose list it was.
func TestLotsAreDrawnFromWhatBothHave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := []string{"a", "b", "c", "d", "e"}
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 5, rapid.ID[string])
		first, second, seed := some.Draw(t, "first"), some.Draw(t, "second"), rapid.Uint64().Draw(t, "seed")
		e, _ := OfferReveal(Lot, nil, noon).Accept(Second, noon)
		one, _ := e.Answer(First, first, noon, seed)
		one, _ = one.Answer(Second, second, noon, seed)
		two, _ := e.Answer(First, second, noon, seed)
		two, _ = two.Answer(Second, first, noon, seed)
		if !reflect.DeepEqual(one.Result, two.Result) {
			t.Fatalf("it depends on whose list it was: %v and %v", one.Result, two.Result)
		}
		both := 0
		for _, item := range first {
			if slices.Contains(second, item) {
				both++
			}
		}
		got := one.Result[First]
		if len(got) > lotMost || both > 0 && len(got) == 0 || len(got) > both {
			t.Fatalf("%v of %v and %v", got, first, second)
		}
		for _, item := range got {
			if !slices.Contains(first, item) || !slices.Contains(second, item) {
				t.Fatalf("%q is not of both", item)
			}
		}
	})
}

// revealMove is one thing that somebody may do to a reveal.
type revealMove struct {
	name string
	do   func(e Reveal, by Side, now time.Time, answer string) (Reveal, error)
}

var revealMoves = []revealMove{
	{"accept", func(e Reveal, by Side, now time.Time, _ string) (Reveal, error) { return e.Accept(by, now) }},
	{"answer", func(e Reveal, by Side, now time.Time, answer string) (Reveal, error) {
		return e.Answer(by, []string{answer}, now, 1)
	}},
	{"withdraw", func(e Reveal, by Side, now time.Time, _ string) (Reveal, error) { return e.Withdraw(by, now) }},
	{"lapse", func(e Reveal, _ Side, now time.Time, _ string) (Reveal, error) { return e.Lapse(now), nil }},
}

// Whatever the two do and whenever, phases go forward, versions rise with what changes,
// nothing that was taken back is read, and nothing is read before both have answered.
func TestARevealKeepsItsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, now := OfferReveal(Both, nil, noon), noon
		var standing [2]string // what each has said and not taken back
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			now = now.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour)
			move := rapid.SampledFrom(revealMoves).Draw(t, "move")
			by := Side(rapid.IntRange(0, 1).Draw(t, "by"))
			answer := rapid.StringN(1, 5, -1).Draw(t, "answer")
			before := e
			next, err := move.do(e, by, now, answer)
			if err != nil && !reflect.DeepEqual(next, before) {
				t.Fatalf("%s failed and changed something: %+v", move.name, next)
			}
			e = next
			switch {
			case e.Phase < before.Phase:
				t.Fatalf("%s went from %v back to %v", move.name, before.Phase, e.Phase)
			case !reflect.DeepEqual(e, before) && e.Version != before.Version+1:
				t.Fatalf("%s changed something without a new version", move.name)
			case before.Phase >= Done && !reflect.DeepEqual(e, before):
				t.Fatalf("%s changed what was over", move.name)
			}
			if err == nil && before.Phase < Done {
				switch move.name {
				case "answer":
					standing[by] = answer
				case "withdraw":
					standing[by] = ""
				}
			}
			for _, side := range []Side{First, Second} {
				s := e.See(side, now)
				if other := s.Result[side.Other()]; other != nil && (standing[First] == "" || standing[Second] == "" || other[0] != standing[side.Other()]) {
					t.Fatalf("%v is read, and what stands is %q", other, standing)
				}
			}
		}
		if last := e.Lapse(now.Add(2 * OfferLength)); last.Phase < Done {
			t.Fatalf("it never ends: %+v", last)
		}
	})
}

// One side sees the same of two reveals in which the other did different things, as long
// as none of it was a yes or the last answer.
func TestWhatTheOtherDoesAloneCanNotBeSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alone := func(label string, e Reveal, by Side, now time.Time) Reveal {
			for range rapid.IntRange(0, 5).Draw(t, label) {
				if rapid.Bool().Draw(t, label+"?") {
					e, _ = e.Answer(by, []string{rapid.String().Draw(t, label+" says")}, now, 1)
				} else {
					e, _ = e.Withdraw(by, now)
				}
			}
			return e
		}
		e, _ := OfferReveal(Both, nil, noon).Accept(Second, noon)
		side := Side(rapid.IntRange(0, 1).Draw(t, "side"))
		one, two := alone("one", e, side.Other(), noon), alone("two", e, side.Other(), noon)
		for _, at := range []time.Duration{0, time.Hour, OfferLength, 2 * OfferLength} {
			now := noon.Add(at)
			if a, b := one.Lapse(now).See(side, now), two.Lapse(now).See(side, now); !reflect.DeepEqual(a, b) {
				t.Fatalf("after %v one sees %+v and the other %+v", at, a, b)
			}
		}
	})
}
