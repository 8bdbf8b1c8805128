package exchange

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const day = 24 * time.Hour

func proposed(t *testing.T) Agreement {
	t.Helper()
	a, err := Propose("Phones in the hall after ten.", noon.Add(30*day), noon)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnAgreementIsCounteredAndAccepted(t *testing.T) {
	a := proposed(t)
	if _, err := a.Accept(First, noon); !errors.Is(err, ErrTurn) {
		t.Errorf("the one who proposed accepts: %v", err)
	}
	a, err := a.Counter(Second, "Phones in the hall after eleven.", noon.Add(14*day), noon.Add(day))
	if err != nil {
		t.Fatal(err)
	}
	if a, err = a.Accept(First, noon.Add(2*day)); err != nil || a.Standing != Agreed || a.Text != "Phones in the hall after eleven." {
		t.Fatalf("%+v, %v", a, err)
	}
	var acts []Act
	for _, e := range a.History {
		acts = append(acts, e.Act)
	}
	if want := []Act{Proposed, Countered, Accepted}; !reflect.DeepEqual(acts, want) {
		t.Errorf("its history is %v", acts)
	}
}

func TestEachAgreementHasAnEnd(t *testing.T) {
	for _, until := range []time.Time{{}, noon, noon.Add(LongestAgreement + 1)} {
		if _, err := Propose("Something.", until, noon); !errors.Is(err, ErrMove) {
			t.Errorf("until %v: %v", until, err)
		}
	}
	if _, err := Propose("  ", noon.Add(day), noon); !errors.Is(err, ErrMove) {
		t.Errorf("without words: %v", err)
	}
	a, _ := proposed(t).Accept(Second, noon)
	if a, err := a.Renew(Second, noon.Add(60*day), noon.Add(29*day)); err != nil || !a.Until.Equal(noon.Add(60*day)) {
		t.Errorf("%+v, %v", a, err)
	}
	over := a.Lapse(noon.Add(31 * day))
	if last := over.History[len(over.History)-1]; over.Standing != Over || last.Act != Expired || !last.At.Equal(noon.Add(30*day)) {
		t.Errorf("%+v", over)
	}
}

// Either can end an agreement whenever it is not over, and whatever they do it ends.
func TestEitherMayEndAnAgreement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := Propose("Something.", noon.Add(30*day), noon)
		if err != nil {
			t.Fatal(err)
		}
		now := noon
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			now = now.Add(time.Duration(rapid.IntRange(0, 10*24).Draw(t, "hours")) * time.Hour)
			before, by := a, Side(rapid.IntRange(0, 1).Draw(t, "by"))
			until := now.Add(time.Duration(rapid.IntRange(-10, 120).Draw(t, "until")) * day)
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				a, err = a.Counter(by, "Something else.", until, now)
			case 1:
				a, err = a.Accept(by, now)
			case 2:
				a, err = a.Decline(by, now)
			case 3:
				a, err = a.Renew(by, until, now)
			case 4:
				a, err = a.Lapse(now), nil
			}
			switch {
			case err != nil && !reflect.DeepEqual(a, before):
				t.Fatalf("a move failed and changed something: %+v", a)
			case a.Standing < before.Standing:
				t.Fatalf("from %v back to %v", before.Standing, a.Standing)
			case len(a.History)-len(before.History) != a.Version-before.Version:
				t.Fatal("something changed that the history does not tell")
			}
			if a.Standing != Over {
				if ended, err := a.End(by, now); err != nil || ended.Standing != Over {
					t.Fatalf("%v can't end it: %v", by, err)
				}
			}
		}
		if last := a.Lapse(now.Add(2 * LongestAgreement)); last.Standing != Over {
			t.Fatalf("it never ends: %+v", last)
		}
	})
}
