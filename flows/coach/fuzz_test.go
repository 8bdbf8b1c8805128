package coach

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Nothing that somebody writes makes the coach panic, and whatever it finds stands in
// the text where it says.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "you never listen", "I don’t ’know’ … “x”", "u r 2 much!!1 😭😭", "'", "\"\"\"", "a.m. p.m. 9.30", "i'ma n't 's", strings.Repeat("you never ", 50),
		"\xff\xfe", "e\u0301\u200d\u00ad", "f**k y'all's", "&&&", "*a*", "İstanbul ŉ ǰ ﬃ", "if if if not not not you said you said",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for mode := range crisisMode {
			r := English().Read(mode, s)
			for _, x := range r.Findings {
				checkSpan(t, s, x.Start, x.End, x.Words)
			}
			for _, x := range r.Parts {
				checkSpan(t, s, x.Start, x.End, x.Words)
			}
		}
		if d := English().Danger(s); d.Crisis != NoCrisis {
			checkSpan(t, s, d.Start, d.End, d.Words)
		}
	})
}

func checkSpan(t *testing.T, s string, start, end int, words string) {
	t.Helper()
	if start < 0 || end <= start || end > len(s) || s[start:end] != words {
		t.Fatalf("a span from %d to %d in a text of %d", start, end, len(s))
	}
	if utf8.ValidString(s) && !utf8.ValidString(words) {
		t.Fatalf("a span cuts a character: %q", words)
	}
}
