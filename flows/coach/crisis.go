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
	d, w := Danger{Crisis: NoCrisis}, l.weigh(t.tokens)
	hits = l.books[crisisMode].hits(l.vocabulary, t.tokens, hits)
	exceptions, found := sift(hits)
	for _, h := range found {
		if h.pattern.sign.name == retracted {
			d.Retracted = true
			continue
		}
		c := Crisis(h.pattern.sign.name)
		if exceptions.cover(h) || crisisRank[c] <= crisisRank[d.Crisis] || l.doubts(&w, t.tokens, h) {
			continue
		}
		d.found(c, s, t.tokens[h.open:h.shut], h.pattern.source)
	}
	if over := l.over(w); over >= 0 && d.Crisis == NoCrisis {
		from, to := l.strongest(t.tokens, w, over)
		d.found(weighed[over], s, t.tokens[from:to], cueFile(weighed[over]))
	}
	return d
}

// found notes a danger, the words that tell of it and what knows them.
func (d *Danger) found(c Crisis, s string, words []token, by string) {
	d.Crisis, d.By = c, by
	d.Start, d.End = written(s, words[0], words[len(words)-1])
	d.Words = s[d.Start:d.End]
}
