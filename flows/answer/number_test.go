package answer_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"kintsugi/flows/answer"
)

func TestNumberReadsWhatPeopleType(t *testing.T) {
	r := reader(t, "en")
	for s, want := range map[string]float64{
		"7": 7, " 7 ": 7, "7.": 7, "7!": 7, "7?": 7, "7...": 7, "(7)": 7, "7)": 7, "\"7\"": 7, "07": 7,
		"7.5": 7.5, "7,5": 7.5, "7½": 7.5, "½": 0.5, ".5": 0.5, "7.0": 7, "7️⃣": 7, "7 🙂": 7, "７": 7, "１２": 12, "٣": 3, "७": 7,
		"seven": 7, "Seven": 7, "SEVEN.": 7, "a seven": 7, "a 7": 7, "an 8": 8, "zero": 0, "nil": 0,
		"twenty-one": 21, "twenty one": 21, "Twenty‑One": 21, "ninety nine": 99, "hundred": 100, "a hundred": 100,
		"one hundred": 100, "two hundred": 200, "a couple": 2, "couple": 2,
		"7/10": 7, "7 / 10": 7, "7 out of 10": 7, "seven out of ten": 7, "a 7 out of 10": 7, "3 of 5": 3,
		"about 7": 7, "about a 7": 7, "around seven": 7, "~7": 7, "maybe 6": 6, "i think 4": 4, "I think it's a 4": 4,
		"like a 3": 3, "probably a five": 5, "8 please": 8, "today i'm a 4": 4, "6 i guess": 6, "um, 6": 6, "3 times": 3, "it was 12": 12,
		"-3": -3, "−3": -3, "minus three": -3, "minus 3": -3, "- 3": -3, "-2.5": -2.5,
		"seven and a half": 7.5, "minus one and a half": -1.5, "1,000": 1000, "1,234,567": 1234567, "1,234.5": 1234.5, "1.234": 1.234,
		"1000000000000": 1e12, "120": 120,
	} {
		if got, ok := r.Number(s); !ok || got != want {
			t.Errorf("Number(%q) = %v, %v; want %v", s, got, ok, want)
		}
	}
}

func TestNumberLeavesAloneWhatIsNone(t *testing.T) {
	r := reader(t, "en")
	for _, s := range []string{
		"", " ", "...", "6-7", "6 - 7", "6 to 7", "7 or 8", "7 8", "7, 8", "7 times last week", "seventh", "7th", "the second",
		"NaN", "Infinity", "inf", "1e9", "0x10", "1_000", "1000000000001", "-1000000000001", "99999999999999999999999999",
		"a few", "a", "the", "about", "please", "3/4", "1/2", "7/0", "7.5.3", "1.234.567", "7:30", "9pm", "50%", "$7", "7€", "7+",
		"not 7", "less than 7", "more than 3", "no more than 3", "seven-ish or so", "twenty thirty", "one two", "minus", "--3", "5'7",
		"monday", "7 days", "🙂", "yes", "out of 10", "/10", "7/", "7 <3", "1,2,3", "٣.٤.٥",
	} {
		if got, ok := r.Number(s); ok {
			t.Errorf("Number(%q) = %v, want none", s, got)
		}
	}
}

func TestNumberWordsAreData(t *testing.T) {
	r := reader(t, "de")
	for s, want := range map[string]float64{
		"sieben": 7, "eine sieben": 7, "einundzwanzig": 21, "Fünf": 5, "FÜNF": 5, "zweiunddreißig": 32, "ZWEIUNDDREISSIG": 32,
		"7,5": 7.5, "1.000": 1000, "1,000": 1, "sieben von zehn": 7, "ungefähr 8": 8, "minus drei": -3, "so 6": 6,
	} {
		if got, ok := r.Number(s); !ok || got != want {
			t.Errorf("Number(%q) = %v, %v; want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"seven", "ein paar", "siebte", "sieben oder acht"} {
		if got, ok := r.Number(s); ok {
			t.Errorf("Number(%q) = %v, want none", s, got)
		}
	}
}

func TestNumberReadsEveryWholeNumber(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e12, 1e12).Draw(t, "n")
		form := rapid.SampledFrom([]string{"%d", " %d ", "about %d", "%d!", "i think %d please"}).Draw(t, "form")
		if got, ok := r.Number(fmt.Sprintf(form, n)); !ok || got != float64(n) {
			t.Fatalf("got %v, %v", got, ok)
		}
	})
}

func TestScaleTellsApartWhyNot(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct {
		s        string
		min, max int
		n        int
		reason   answer.Reason
	}{
		{"7", 1, 10, 7, answer.OK},
		{"seven", 1, 10, 7, answer.OK},
		{"10", 1, 10, 10, answer.OK},
		{"1", 1, 10, 1, answer.OK},
		{"7/10", 1, 10, 7, answer.OK},
		{"7 out of 10", 0, 10, 7, answer.OK},
		{"7.0", 1, 10, 7, answer.OK},
		{"-2", -5, 5, -2, answer.OK},
		{"7/5", 1, 10, 0, answer.NotUnderstood},
		{"4/5", 1, 10, 0, answer.NotUnderstood},
		{"4/5", 1, 5, 4, answer.OK},
		{"12/10", 1, 10, 12, answer.OutOfRange},
		{"11", 1, 10, 11, answer.OutOfRange},
		{"0", 1, 10, 0, answer.OutOfRange},
		{"-1", 1, 10, -1, answer.OutOfRange},
		{"10.5", 1, 10, 10, answer.OutOfRange},
		{"7.5", 1, 10, 7, answer.Fraction},
		{"seven and a half", 1, 10, 7, answer.Fraction},
		{"7½", 1, 10, 7, answer.Fraction},
		{"6-7", 1, 10, 0, answer.NotUnderstood},
		{"very bad", 1, 10, 0, answer.NotUnderstood},
	} {
		if n, reason := r.Scale(c.s, c.min, c.max); n != c.n || reason != c.reason {
			t.Errorf("Scale(%q, %d, %d) = %d, %d; want %d, %d", c.s, c.min, c.max, n, reason, c.n, c.reason)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"7", "-3.5", "7/10", "twenty-one", "1,000.5", "\x00\xff", "٣", "7\u0301", "\u202e7"} {
		f.Add(s)
	}
	r := reader(f, "en")
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := r.Number(s)
		if ok && (math.IsNaN(v) || math.Abs(v) > 1e12) {
			t.Errorf("Number(%q) = %v", s, v)
		}
		if n, reason := r.Scale(s, 1, 10); reason == answer.OK && (n < 1 || n > 10) {
			t.Errorf("Scale(%q) = %d", s, n)
		}
	})
}
