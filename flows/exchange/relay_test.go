package exchange

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestARelayGoesToAndFro(t *testing.T) {
	e, err := OfferRelay(noon).Accept(Second, noon)
	step := func(next Relay, failed error) {
		t.Helper()
		if err = failed; err != nil {
			t.Fatal(err)
		}
		e = next
	}
	step(e, err)
	step(e.Say(First, "I was alone at the party.", noon))
	step(e.Say(Second, "You were bored at the party.", noon))
	step(e.Rule(First, Nearly, "Alone, not bored.", noon))
	step(e.Say(Second, "You were alone there.", noon))
	step(e.Rule(First, Heard, "", noon))
	if e.Turn() != Second || e.Awaits != Words {
		t.Fatalf("they do not swap: %+v", e)
	}
	step(e.Say(Second, "I was ashamed.", noon))
	step(e.Say(First, "You were ashamed.", noon))
	step(e.Rule(Second, Heard, "", noon))
	if e.Phase != Done || len(e.Lines) != 8 {
		t.Errorf("%+v", e)
	}
}

func TestAListenerTriesThreeTimes(t *testing.T) {
	e, _ := OfferRelay(noon).Accept(Second, noon)
	e, _ = e.Say(First, "words", noon)
	for range relayRounds {
		e, _ = e.Say(Second, "echo", noon)
		e, _ = e.Rule(First, Missed, "", noon)
	}
	if e.Turn() != Second || e.Awaits != Words || !e.Swapped {
		t.Errorf("%+v", e)
	}
}

func TestAListenerMaySayThatTheyHaveReadItAndNoMore(t *testing.T) {
	e, _ := OfferRelay(noon).Accept(Second, noon)
	if _, err := e.Read(First, noon); !errors.Is(err, ErrTurn) {
		t.Errorf("before a word was said: %v", err)
	}
	e, _ = e.Say(First, "words", noon)
	if _, err := e.Read(First, noon); !errors.Is(err, ErrTurn) {
		t.Errorf("by the speaker: %v", err)
	}
	e, err := e.Read(Second, noon)
	if err != nil || e.Awaits != Ruling || e.Round != 1 || e.Turn() != First {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestATimeOutNamesAReturn(t *testing.T) {
	e, _ := OfferRelay(noon).Accept(Second, noon)
	for _, length := range []time.Duration{0, ShortTimeOut - 1, LongTimeOut + 1} {
		if _, err := e.TimeOut(length, noon); !errors.Is(err, ErrMove) {
			t.Errorf("%v: %v", length, err)
		}
	}
	out, err := e.TimeOut(time.Hour, noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Say(First, "words", noon.Add(time.Minute)); !errors.Is(err, ErrTurn) {
		t.Errorf("somebody goes on in the time-out: %v", err)
	}
	if _, err := out.TimeOut(time.Hour, noon.Add(time.Minute)); !errors.Is(err, ErrTurn) {
		t.Errorf("a time-out is put upon a time-out: %v", err)
	}
	if _, err := out.Say(First, "words", noon.Add(time.Hour)); err != nil {
		t.Errorf("nobody can go on after it: %v", err)
	}
}

func TestOnlyTheOneWhoseTurnItIsMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, _ := OfferRelay(noon).Accept(Second, noon)
		now, said := noon, 0
		for range rapid.IntRange(1, 60).Draw(t, "moves") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "hours")) * time.Hour)
			by, before := Side(rapid.IntRange(0, 1).Draw(t, "by")), e
			var err error
			kind := rapid.IntRange(0, 3).Draw(t, "kind")
			switch kind {
			case 0:
				e, err = e.Say(by, "words", now)
			case 1:
				e, err = e.Rule(by, rapid.SampledFrom([]Verdict{Heard, Nearly, Missed}).Draw(t, "verdict"), "", now)
			case 2:
				e, err = e.TimeOut(time.Duration(rapid.IntRange(0, 30).Draw(t, "length"))*time.Hour, now)
			case 3:
				e = e.Lapse(now)
			}
			switch {
			case err != nil && !reflect.DeepEqual(e, before):
				t.Fatalf("a move failed and changed something: %+v", e)
			case kind < 2 && err == nil && by != before.Turn():
				t.Fatalf("%v moved, and it was %v's turn", by, before.Turn())
			case e.Phase < before.Phase:
				t.Fatalf("from %v back to %v", before.Phase, e.Phase)
			case !reflect.DeepEqual(e, before) && e.Version != before.Version+1:
				t.Fatal("something changed without a new version")
			}
			if said = len(e.Lines); said > 2*(1+2*relayRounds) {
				t.Fatalf("it goes on for ever: %d lines", said)
			}
		}
		if last := e.Lapse(now.Add(2 * RelayLength)); last.Phase < Done {
			t.Fatalf("it never ends: %+v", last)
		}
	})
}
