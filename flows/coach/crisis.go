package coach

import "slices"

// Crisis is a danger that a text speaks of.
type Crisis string

const (
	NoCrisis   Crisis = "none"
	SelfHarm   Crisis = "self-harm"
	HarmOthers Crisis = "harm-others"
	Violence   Crisis = "violence"
)

// retracted is the scope whose patterns take something back.
const retracted = "retracted"

// Danger is what the crisis floor reads in a text.
type Danger struct {
	Crisis     Crisis
	Start, End int
	Words      string
	By         string
	// Retracted is set where the text takes something back: "just being dramatic". It
	// undoes no danger.
	Retracted bool
}

// Danger reads a text for the dangers of the crisis floor.
func (l *Language) Danger(s string) Danger {
	t, hits := l.prepare(s)
	hits = l.books[crisisMode].hits(l.vocabulary, t.tokens, hits)
	d := Danger{Crisis: NoCrisis, Retracted: slices.ContainsFunc(hits, func(h hit) bool { return !h.pattern.except && h.pattern.sign.name == retracted })}
	e := l.evidence(t.tokens, hits)
	v := e.verdict()
	if v.danger < 0 {
		return d
	}
	from, to, by := e.strongest(v)
	d.Crisis, d.By = weighed[v.danger], by
	d.Start, d.End = written(s, t.tokens[from], t.tokens[to-1])
	d.Words = s[d.Start:d.End]
	return d
}
