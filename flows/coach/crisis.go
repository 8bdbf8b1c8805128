package coach

// Crisis is a danger that a text speaks of.
type Crisis string

const (
	NoCrisis   Crisis = "none"
	SelfHarm   Crisis = "self-harm"
	HarmOthers Crisis = "harm-others"
	Violence   Crisis = "violence"
)

// crisisRank orders the dangers: the writer's to themself comes before all others.
var crisisRank = map[Crisis]int{SelfHarm: 3, HarmOthers: 2, Violence: 1}

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
	d := Danger{Crisis: NoCrisis}
	hits = l.books[crisisMode].hits(l.vocabulary, t.tokens, hits)
	exceptions, found := sift(hits)
	for _, h := range found {
		if h.pattern.sign.name == retracted {
			d.Retracted = true
			continue
		}
		c := Crisis(h.pattern.sign.name)
		if exceptions.cover(h) || crisisRank[c] <= crisisRank[d.Crisis] {
			continue
		}
		start, end := written(s, t.tokens[h.open], t.tokens[h.shut-1])
		d.Crisis, d.Start, d.End, d.Words, d.By = c, start, end, s[start:end], h.pattern.source
	}
	return d
}
