package coach

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A cue is a word, or two words next to each other or with one between them, that says
// little alone: "goodbye", "the kids", "without _ me". Each has a weight for a danger,
// learnt from the labelled sentences. Where the weights of a text add up to more than the
// danger's bar, it is taken to be there though no pattern fits: in words that nobody
// foresaw. Where they add up to less than its floor, patterns for it are not believed.
type cue struct {
	first, second wordID // the second is 0 for a word alone
	apart         bool   // a word stands between them
}

// weights are what a cue says of each danger.
type weights [len(weighed)]float32

// weighed are the dangers that cues are kept for; each has a file of its name.
var weighed = [...]Crisis{SelfHarm, HarmOthers, Violence}

// cues are all of a language. A sum over its bar tells of a danger; one under its floor
// tells against it.
type cues struct {
	numbers      map[cue]int
	weights      []weights // by number
	bars, floors weights
}

// cueReach is how many words are weighed together, so that a long text is no more
// dangerous than a short one. The sentences that cues were learnt from are no longer.
const cueReach = 60

// eachCue calls fn for the cues of a text, with the tokens that each begins and ends at.
// Words that nobody knows are none, nor is what begins with a number, and no cue reaches
// into another sentence.
func eachCue(t []token, number wordID, fn func(c cue, from, to int)) {
	id := func(i int) wordID {
		if t[i].flags&numeric != 0 {
			return number
		}
		return t[i].id
	}
	for i := range t {
		a := id(i)
		if a == 0 || a == number {
			continue
		}
		fn(cue{first: a}, i, i)
		for gap := 1; gap <= 2 && i+gap < len(t) && t[i+gap].sentence == t[i].sentence; gap++ {
			if b := id(i + gap); b != 0 {
				fn(cue{a, b, gap == 2}, i, i+gap)
			}
		}
	}
}

// sum adds up the cues of some words. One that comes again adds nothing. Room is kept
// from one call to the next.
func (k *cues) sum(t []token, number wordID, room *bitset) weights {
	var sum weights
	clear(*room)
	eachCue(t, number, func(c cue, _, _ int) {
		n, ok := k.numbers[c]
		if !ok || room.has(n) {
			return
		}
		room.add(n)
		for d, w := range k.weights[n] {
			sum[d] += w
		}
	})
	return sum
}

// weighing is how much the cues of a text speak of each danger: their sum in the piece
// where it is greatest, and the tokens of that piece.
type weighing struct {
	sums     weights
	from, to [len(weighed)]int
	room     bitset
}

// weigh adds up the cues of a text.
func (l *Language) weigh(t []token) weighing {
	out := weighing{room: make(bitset, len(l.cues.weights)/64+1)}
	for i, stop := 0, 0; i < len(t); i = stop {
		stop = cueEnd(t, i)
		for d, sum := range l.cues.sum(t[i:stop], l.number, &out.room) {
			if i == 0 || sum > out.sums[d] {
				out.sums[d], out.from[d], out.to[d] = sum, i, stop
			}
		}
	}
	return out
}

// over gives the danger whose bar the cues are over the most, as its place among those
// weighed, or -1.
func (l *Language) over(w weighing) int {
	danger, most := -1, float32(0)
	for d, sum := range w.sums {
		if by := sum - l.cues.bars[d]; by > most {
			danger, most = d, by
		}
	}
	return danger
}

// doubts says whether cues speak against a danger so much that no pattern for it is
// believed: those of the whole and those of the pattern's own sentence, so that nothing
// harmless that stands beside it can silence a danger.
func (l *Language) doubts(w *weighing, t []token, h hit) bool {
	d := slices.Index(weighed[:], Crisis(h.pattern.sign.name))
	if w.sums[d] >= l.cues.floors[d] {
		return false
	}
	from, to := h.open, h.open+1
	for from > 0 && to-from < cueReach && t[from].flags&sentenceStart == 0 {
		from--
	}
	for to < len(t) && to-from < cueReach && t[to].flags&sentenceStart == 0 {
		to++
	}
	return l.cues.sum(t[from:to], l.number, &w.room)[d] < l.cues.floors[d]
}

// strongest gives the words of the cue that says the most of a danger.
func (l *Language) strongest(t []token, w weighing, d int) (from, to int) {
	most := float32(0)
	begin := w.from[d]
	eachCue(t[begin:w.to[d]], l.number, func(c cue, i, j int) {
		if n, ok := l.cues.numbers[c]; ok && l.cues.weights[n][d] > most {
			most, from, to = l.cues.weights[n][d], begin+i, begin+j+1
		}
	})
	return from, to
}

// cueEnd gives the end of what is weighed from the token at i on: of the last sentence
// that is within reach, or of the reach itself.
func cueEnd(t []token, i int) int {
	end := min(len(t), i+cueReach)
	for at := end; at > i && end < len(t); at-- {
		if t[at].flags&sentenceStart != 0 {
			return at
		}
	}
	return end
}

// cueFile is where the cues of a danger stand.
func cueFile(c Crisis) string { return path.Join("cues", string(c)+".txt") }

// cues reads the weights of each danger: a file has the lines "bar 3.20" and "floor -4.10",
// and lines such as "1.25 want to" and "-0.40 my _ sister".
func (ld *loader) cues() {
	l := ld.l
	l.cues.numbers = map[cue]int{}
	for d, name := range weighed {
		file := cueFile(name)
		data, err := fs.ReadFile(ld.fsys, file)
		if err != nil {
			ld.fault(file, err)
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		for n := 1; lines.Scan(); n++ {
			if err := l.cueLine(d, lines.Text()); err != nil {
				ld.fault(fmt.Sprintf("%s:%d", file, n), err)
			}
		}
	}
}

func (l *Language) cueLine(d int, line string) error {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(line, "#") {
		return nil
	}
	if bound, ok := map[string]*float32{"bar": &l.cues.bars[d], "floor": &l.cues.floors[d]}[fields[0]]; ok && len(fields) == 2 {
		w, err := strconv.ParseFloat(fields[1], 32)
		*bound = float32(w)
		if err == nil && l.cues.bars[d] <= 0 {
			err = fmt.Errorf("a bar stands first and is above 0, so that a text without cues is under it")
		}
		return err
	}
	w, err := strconv.ParseFloat(fields[0], 32)
	if err != nil {
		return fmt.Errorf("%q is no weight", fields[0])
	}
	var c cue
	switch words := fields[1:]; {
	case len(words) == 1:
		c.first = l.vocabulary.id(words[0])
	case len(words) == 2:
		c.first, c.second = l.vocabulary.id(words[0]), l.vocabulary.id(words[1])
	case len(words) == 3 && words[1] == "_":
		c.first, c.second, c.apart = l.vocabulary.id(words[0]), l.vocabulary.id(words[2]), true
	default:
		return fmt.Errorf("a cue is a word, or two, with a _ for one between them")
	}
	n, ok := l.cues.numbers[c]
	if !ok {
		n = len(l.cues.weights)
		l.cues.numbers[c] = n
		l.cues.weights = append(l.cues.weights, weights{})
	}
	l.cues.weights[n][d] = float32(w)
	return nil
}

// written gives a cue as its file has it.
func (c cue) written(v *vocabulary) string {
	switch {
	case c.second == 0:
		return v.words[c.first]
	case c.apart:
		return v.words[c.first] + " _ " + v.words[c.second]
	}
	return v.words[c.first] + " " + v.words[c.second]
}
