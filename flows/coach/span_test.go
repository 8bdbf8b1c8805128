package coach

import "testing"

// What is shown of a text is whole written words, also where a pattern speaks of the
// second half of a contraction.
func TestWordsAreShownWhole(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"why can't you ever listen", "can't you ever"},
		{"and 'you never' listen. You never do", "never"},
	} {
		r := whole().Read(Statement, tt.in)
		found := false
		for _, f := range r.Findings {
			found = found || f.Words == tt.want
		}
		if !found {
			t.Errorf("%q: %+v, want %q", tt.in, r.Findings, tt.want)
		}
	}
}
