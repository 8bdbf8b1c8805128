package coach

import (
	"fmt"
	"slices"
	"testing"
)

// The finder passes over patterns that cannot fit, and none that does: what it gives is
// what trying every pattern at every word gives.
func TestFinderMissesNothing(t *testing.T) {
	l := whole()
	for mode, b := range l.books {
		for n := 0; n < len(b.patterns); n += 7 {
			text := b.patterns[n].yes + " " + b.patterns[n].no + " 2 times"
			tx, _ := l.prepare(text)
			var found, tried []string
			for _, h := range b.hits(l.vocabulary, tx.tokens, nil) {
				found = append(found, fmt.Sprint(h.from, h.pattern))
			}
			m := matcher{v: l.vocabulary, tokens: tx.tokens, number: l.number}
			for i := range slices.Backward(tx.tokens) {
				for _, p := range b.patterns {
					if m.fits(p, i) {
						tried = append(tried, fmt.Sprint(i, p))
					}
				}
			}
			if !slices.Equal(found, tried) {
				t.Errorf("%s: %q: found %v, and tried %v", Mode(mode), text, found, tried)
			}
		}
	}
}

// What a text shows is the same whether all exceptions are tried or only those of signs
// that something shows.
func TestExceptionsOfSignsThatNothingShowsChangeNothing(t *testing.T) {
	l := whole()
	for _, s := range readCorpus(t, "testdata/corpus", "statement") {
		tx, _ := l.prepare(s.Text)
		b := l.books[Statement]
		all, some := standing(tx.tokens, b.hits(l.vocabulary, tx.tokens, nil)), standing(tx.tokens, b.given(l.vocabulary, tx.tokens, nil))
		if !slices.EqualFunc(all, some, func(a, b hit) bool { return a.pattern == b.pattern && a.open == b.open && a.shut == b.shut }) {
			t.Errorf("%d signs stand, and %d if all exceptions are tried: %s", len(some), len(all), s.Text)
		}
	}
}
