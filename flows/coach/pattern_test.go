package coach

import (
	"slices"
	"sync"
	"testing"

	"kintsugi/flows/coach/english"
)

// signsOf gives the signs that a text shows in a book by patterns, and the sources of
// those; of dangers, the one that comes first. Cues have no say in it.
func signsOf(mode Mode, text string) (signs, by []string) {
	if mode == crisisMode {
		l := whole()
		t, hits := l.prepare(text)
		sign, source := NoCrisis, ""
		for _, h := range l.evidence(t.tokens, l.books[crisisMode].hits(l.vocabulary, t.tokens, hits)).hits {
			c := Crisis(h.pattern.sign.name)
			if sign == NoCrisis || slices.Index(weighed[:], c) < slices.Index(weighed[:], sign) {
				sign, source = c, h.pattern.source
			}
		}
		return []string{string(sign)}, []string{source}
	}
	l := whole()
	t, hits := l.prepare(text)
	for _, h := range standing(t.tokens, l.books[mode].given(l.vocabulary, t.tokens, hits)) {
		signs, by = append(signs, h.pattern.sign.name), append(by, h.pattern.source)
	}
	return signs, by
}

// whole is English as its texts have it now, with their examples and all that loading
// needs. Tests read with it, so that they tell of the texts before they are compiled.
var whole = sync.OnceValue(loadEnglish)

func loadEnglish() *Language {
	l, err := Load(english.FS)
	if err != nil {
		panic(err)
	}
	return l
}

// fits says whether a pattern fits anywhere in a text, its guard included, by trying it
// at every word.
func fits(p *pattern, text string) bool {
	l := whole()
	t, _ := l.prepare(text)
	m := matcher{v: l.vocabulary, tokens: t.tokens, number: l.number}
	for i := range t.tokens {
		if m.fits(p, i) {
			return true
		}
	}
	return false
}

// fits tries a pattern at the token i, its guard included.
func (m *matcher) fits(p *pattern, i int) bool {
	to := m.match(p.code, i)
	return to > i && len(m.holding(p, to, nil)) == 1
}

// Every pattern has an example in which it fits and gives its sign, and a counter-example
// in which neither is so. With an exception it is the other way round.
func TestEveryPatternFitsItsExample(t *testing.T) {
	for mode, b := range whole().books {
		for _, p := range b.patterns {
			if !fits(p, p.yes) {
				t.Errorf("%s does not fit its yes: %s", p, p.yes)
			}
			if fits(p, p.no) && !p.except {
				t.Errorf("%s fits its no: %s", p, p.no)
			}
			if p.sign.kind == scopeSign {
				continue
			}
			in, _ := signsOf(Mode(mode), p.yes)
			out, by := signsOf(Mode(mode), p.no)
			if p.except {
				in, out = out, in
			}
			given := slices.Contains(in, p.sign.name)
			if p.sign.kind == crisisSign && !p.except { // a graver danger may go before it
				given = !slices.Contains(in, string(NoCrisis))
			}
			if !given && p.sign.yields == "" {
				t.Errorf("%s: its sign is not given where it should be", p)
			}
			if slices.Contains(out, p.sign.name) {
				t.Errorf("%s: its sign is given where it should not be %v", p, by)
			}
		}
	}
}
