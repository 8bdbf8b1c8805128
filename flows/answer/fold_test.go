package answer_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	r := reader(t, "en")
	for s, want := range map[string]string{
		"": "", "  ": "", "Yes": "yes", "  Not   today. ": "not today", "a\tb\nc": "a b c", "I don’t": "i don't", "“Hello”": "hello", "Straße": "strasse", "ÜBER": "über",
		"u\u0308ber": "über", "ＡＢＣ　１２": "abc 12", "٣": "3", "७": "7", "a—b": "a-b", "Fine 🙂": "fine", "Fine 👍🏽!!": "fine", "👍": "👍", "👍🏽": "👍🏽", "?!": "?!", "...": "...", "7️⃣": "7",
		"zero\u200bwidth": "zerowidth", "\u202eabc\u202c": "abc", "a\x00b": "a b", "a\xffb": "a b", "\ufeffyes": "yes", "Other (say what)": "other (say what)", "b)": "b", "½": ".5",
		"ﬁne": "fine", "yes, please!": "yes, please", "3+": "3+", "50%": "50%", "wait…": "wait", "Σίσυφος": "σίσυφοσ", "ᎠꭰΣ": "ꭰꭰσ", "´hi´": "hi",
	} {
		if got := r.Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestFoldTwiceChangesNothing(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ "'’“.!?)(,a-zÄß🙂👍🏽٣½…-]{0,12}`)).Draw(t, "s")
		once := r.Fold(s)
		if twice := r.Fold(once); twice != once || !utf8.ValidString(once) {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}

// What takes time with the square of the length would make this test hang.
func TestLongAnswersEndSoon(t *testing.T) {
	r := reader(t, "en")
	for _, piece := range []string{"a", "7 ", "yes ", "a\u0301", "\u0301", "ﷺ", "👍🏽", "1, ", "- \n", "\xff", "(", "one and "} {
		s := strings.Repeat(piece, 100_000/len(piece))
		r.Fold(s)
		r.List(s)
		if _, ok := r.Number(s); ok {
			t.Errorf("%q, repeated, is a number", piece)
		}
		if _, ok := r.YesNo(s); ok {
			t.Errorf("%q, repeated, is an answer", piece)
		}
		if _, ok := r.Choice(s, topics); ok {
			t.Errorf("%q, repeated, is a choice", piece)
		}
		if _, ok := r.Choices(s, topics); ok {
			t.Errorf("%q, repeated, is choices", piece)
		}
		if r.Skip(s) || r.Date(s, now, 0).OK || r.When(s, now, 0).OK || r.Time(s).OK {
			t.Errorf("%q, repeated, is understood", piece)
		}
	}
}
