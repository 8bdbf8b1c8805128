package coach

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kintsugi/flows/coach/english"
)

// How the weights of cues are learnt: by logistic regression in which every cue is scaled
// beforehand by how much commoner it is on one side (Wang and Manning, 2012), with a
// square penalty, solved by Nesterov's method with restarts (O'Donoghue and Candès,
// 2015). The same sentences always give the same weights.
const (
	learnCost   = 0.3 // what a sentence misread costs against greater weights
	learnSteps  = 120
	learnSeldom = 2     // a cue in fewer sentences is none
	learnCount  = 0.3   // added to each count, for cues that one side lacks
	learnKept   = 20000 // the cues that are kept of each danger, the heaviest
	learnFolds  = 4     // the bars are set on sentences of writers that were left out
	learnAlarms = 0.07  // the share of harmless sentences that may be over a bar
)

// sample is a sentence as it is learnt from: the numbers of its cues, in the whole and in
// each scope, with what patterns weigh there.
type sample struct {
	cues   []int
	scopes []scope
	crisis Crisis
	fold   int
	danger bool // it stands in a corpus of dangers, as a danger or as none
}

type scope struct {
	cues     []int
	patterns weights
	part     bool
}

// samples reads all sentences, and gives the cues by number.
func samples(t *testing.T, l *Language) ([]sample, []cue) {
	var all []labelled
	for _, kind := range []string{"crisis", "statement", "draft", "everyday"} {
		all = append(all, readCorpus(t, "testdata/corpus", kind)...)
	}
	for _, p := range l.books[crisisMode].patterns {
		all = append(all, examples(p)...)
	}
	texts, seen := make([]*text, len(all)), map[cue]int{}
	for i, s := range all {
		texts[i], _ = l.prepare(s.Text)
		for _, c := range cuesOf(l, texts[i].tokens) {
			seen[c]++
		}
	}
	numbers, names := map[cue]int{}, []cue{}
	known := func(t []token) []int {
		var out []int
		for _, c := range cuesOf(l, t) {
			if seen[c] < learnSeldom {
				continue
			}
			if _, ok := numbers[c]; !ok {
				numbers[c] = len(names)
				names = append(names, c)
			}
			out = append(out, numbers[c])
		}
		return out
	}
	var files []string
	out := make([]sample, len(all))
	for i, s := range all {
		if !slices.Contains(files, s.file) {
			files = append(files, s.file)
		}
		out[i] = sample{cues: known(texts[i].tokens), crisis: cmp.Or(s.Crisis, NoCrisis), fold: slices.Index(files, s.file) % learnFolds, danger: strings.HasPrefix(s.file, "crisis-")}
		if out[i].danger {
			_, hits := l.prepare(s.Text)
			e := l.evidence(texts[i].tokens, l.books[crisisMode].hits(l.vocabulary, texts[i].tokens, hits))
			e.each(func(from, to int, part bool) {
				out[i].scopes = append(out[i].scopes, scope{known(e.tokens[from:to]), e.patterns(from, to), part})
			})
		}
	}
	return out, names
}

// cuesOf gives the cues of a text, each once.
func cuesOf(l *Language, t []token) []cue {
	var out []cue
	once := map[cue]bool{}
	l.eachCue(t, func(c cue, _, _ int) {
		if !once[c] {
			once[c] = true
			out = append(out, c)
		}
	})
	return out
}

// examples gives the sentences that stand beside a pattern of a danger, as labelled ones.
func examples(p *pattern) []labelled {
	c := Crisis(p.sign.name)
	if !slices.Contains(weighed[:], c) {
		return nil
	}
	yes, no := c, NoCrisis
	if p.except {
		yes, no = no, yes
	}
	return []labelled{{Text: p.yes, Crisis: yes, file: p.source}, {Text: p.no, Crisis: no, file: p.source}}
}

// learnt is a line between a danger and all else.
type learnt struct {
	weights []float64
	bias    float64
}

func (m *learnt) score(cues []int) float64 {
	sum := m.bias
	for _, c := range cues {
		sum += m.weights[c]
	}
	return sum
}

// over gives the most that the evidence in a sample comes to, with bars at 0.
func over(models [len(weighed)]*learnt, s sample) float64 {
	most := math.Inf(-1)
	for _, sc := range s.scopes {
		sums := sc.patterns
		for d, m := range models {
			sums[d] += float32(m.score(sc.cues))
		}
		_, by := new(cues).over(sums)
		if sc.part {
			by += alone
		}
		most = max(most, float64(by))
	}
	return most
}

// lesson is what is learnt from for one danger.
type lesson struct {
	all    []sample
	weight []float64 // of each sample: both sides weigh the same together
	sign   []float64 // 1 for the danger and -1 for all else
	scale  []float64 // of each cue
}

func newLesson(all []sample, cues int, c Crisis) *lesson {
	l := &lesson{all: all, weight: make([]float64, len(all)), sign: make([]float64, len(all)), scale: make([]float64, cues)}
	var counts [2][]float64
	var sums, sides [2]float64
	for side := range counts {
		counts[side] = make([]float64, cues)
		for n := range counts[side] {
			counts[side][n] = learnCount
			sums[side] += learnCount
		}
	}
	side := func(s sample) int {
		if s.crisis == c {
			return 1
		}
		return 0
	}
	for _, s := range all {
		k := side(s)
		sides[k]++
		for _, n := range s.cues {
			counts[k][n]++
			sums[k]++
		}
	}
	for i, s := range all {
		k := side(s)
		l.weight[i], l.sign[i] = learnCost*float64(len(all))/(2*sides[k]), float64(2*k-1)
	}
	for n := range l.scale {
		l.scale[n] = math.Log(counts[1][n] / sums[1] / (counts[0][n] / sums[0]))
	}
	return l
}

// value gives a sample's score by weights that are still to be scaled.
func (l *lesson) value(m *learnt, s sample) float64 {
	sum := m.bias
	for _, n := range s.cues {
		sum += m.weights[n] * l.scale[n]
	}
	return sum
}

// slope gives how the cost of all samples changes with each weight.
func (l *lesson) slope(m *learnt) *learnt {
	out := &learnt{slices.Clone(m.weights), m.bias}
	for i, s := range l.all {
		g := -l.sign[i] * l.weight[i] / (1 + math.Exp(l.sign[i]*l.value(m, s)))
		for _, n := range s.cues {
			out.weights[n] += g * l.scale[n]
		}
		out.bias += g
	}
	return out
}

// steepest gives the most that the slope can change by, by power iteration.
func (l *lesson) steepest() float64 {
	v, norm := &learnt{make([]float64, len(l.scale)), 1}, 0.0
	for range 30 {
		next := &learnt{make([]float64, len(l.scale)), 0}
		for i, s := range l.all {
			g := l.weight[i] / 4 * l.value(v, s)
			for _, n := range s.cues {
				next.weights[n] += g * l.scale[n]
			}
			next.bias += g
		}
		norm = math.Sqrt(next.dot(next))
		v = next.plus(1/norm-1, next)
	}
	return 1 + norm*1.05
}

func (m *learnt) dot(o *learnt) float64 {
	sum := m.bias * o.bias
	for n, w := range m.weights {
		sum += w * o.weights[n]
	}
	return sum
}

// plus gives m + by·o.
func (m *learnt) plus(by float64, o *learnt) *learnt {
	out := &learnt{make([]float64, len(m.weights)), m.bias + by*o.bias}
	for n, w := range m.weights {
		out.weights[n] = w + by*o.weights[n]
	}
	return out
}

// learn finds the weights for one danger.
func learn(all []sample, cues int, c Crisis) *learnt {
	l := newLesson(all, cues, c)
	step, pull := 1/l.steepest(), 1.0
	at := &learnt{make([]float64, cues), 0}
	ahead := at
	for range learnSteps {
		slope := l.slope(ahead)
		next := ahead.plus(-step, slope)
		move := next.plus(-1, at)
		grown := (1 + math.Sqrt(1+4*pull*pull)) / 2
		swing := (pull - 1) / grown
		if slope.dot(move) > 0 { // it swings too far
			grown, swing = 1, 0
		}
		ahead, at, pull = next.plus(swing, move), next, grown
	}
	for n, scale := range l.scale {
		at.weights[n] *= scale
	}
	at.keep(learnKept)
	return at
}

// keep drops all weights but the heaviest.
func (m *learnt) keep(most int) {
	if len(m.weights) <= most {
		return
	}
	sizes := make([]float64, len(m.weights))
	for n, w := range m.weights {
		sizes[n] = math.Abs(w)
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-most]
	for n, w := range m.weights {
		if math.Abs(w) < least {
			m.weights[n] = 0
		}
	}
}

// bar gives the score that few harmless sentences are over for any danger, among those of
// writers that nothing was learnt from.
func bar(t *testing.T, all []sample, cues int) float64 {
	var harmless, danger []float64
	for fold := range learnFolds {
		known := slices.DeleteFunc(slices.Clone(all), func(s sample) bool { return s.fold == fold })
		var models [len(weighed)]*learnt
		for d, c := range weighed {
			models[d] = learn(known, cues, c)
		}
		for _, s := range all {
			if s.fold != fold || !s.danger {
				continue
			}
			if s.crisis == NoCrisis {
				harmless = append(harmless, over(models, s))
			} else {
				danger = append(danger, over(models, s))
			}
		}
	}
	slices.Sort(harmless)
	slices.Sort(danger)
	for _, share := range []float64{0.01, 0.02, 0.03, 0.05, 0.08, 0.11} {
		b := harmless[int(float64(len(harmless))*(1-share))]
		under, _ := slices.BinarySearch(danger, b)
		t.Logf("with alarms on %.2f of the harmless, %.3f of the dangers are found", share, 1-float64(under)/float64(len(danger)))
	}
	return harmless[int(float64(len(harmless))*(1-learnAlarms))] / (1 + otherDanger)
}

// withoutCues is the data of a language with no cues in it: what is learnt may not hang
// on what was learnt before.
type withoutCues struct{ fs.FS }

func (f withoutCues) Open(name string) (fs.File, error) {
	if path.Dir(name) == path.Dir(cueFile(SelfHarm)) {
		return fstest.MapFS{name: {Data: []byte("bar 1\n")}}.Open(name)
	}
	return f.FS.Open(name)
}

// The files of cues are what is learnt from the sentences and patterns that are there
// now. With -update they are written anew.
func TestCuesAreLearnt(t *testing.T) {
	if testing.Short() && !*update {
		t.Skip("learning takes some seconds")
	}
	l, err := Load(withoutCues{english.FS})
	if err != nil {
		t.Fatal(err)
	}
	all, names := samples(t, l)
	height := bar(t, all, len(names))
	for d, c := range weighed {
		m := learn(all, len(names), c)
		lines := []string{fmt.Sprintf("# What words and pairs of words, without their endings, say of %s. Learnt from testdata/corpus by\n# go test ./flows/coach -run Cues -update\nbar %.2f", c, height-m.bias)}
		lines = append(lines, m.written(l.stems, names)...)
		if *update {
			file := filepath.Join("english", cueFile(c))
			if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if n := stale(whole(), d, lines); n > 0 {
			t.Errorf("%s: %d weights are not what is learnt now (-update writes them)", cueFile(c), n)
		}
	}
}

// written gives the cues that weigh something, the heaviest first.
func (m *learnt) written(v *stems, names []cue) []string {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(m.weights[b], m.weights[a]), cmp.Compare(names[a].written(v), names[b].written(v)))
	})
	var lines []string
	for _, n := range order {
		if w := fmt.Sprintf("%.2f", m.weights[n]); w != "0.00" && w != "-0.00" {
			lines = append(lines, w+" "+names[n].written(v))
		}
	}
	return lines
}

// stale counts the weights of a language that lie apart from those in lines, by more
// than two processors may round apart.
func stale(l *Language, d int, lines []string) int {
	now := Language{vocabulary: l.vocabulary, stems: l.stems, cues: cues{numbers: map[cue]int{}}}
	for line := range strings.Lines(strings.Join(lines, "\n")) {
		if err := now.cueLine(d, line); err != nil {
			return len(lines)
		}
	}
	n := 0
	for c, number := range l.cues.numbers {
		if at, ok := now.cues.numbers[c]; ok {
			n += apart(l.cues.weights[number][d], now.cues.weights[at][d])
		} else {
			n += apart(l.cues.weights[number][d], 0)
		}
	}
	for c, number := range now.cues.numbers {
		if _, ok := l.cues.numbers[c]; !ok {
			n += apart(now.cues.weights[number][d], 0)
		}
	}
	return n + apart(l.cues.bars[d], now.cues.bars[d])
}

func apart(a, b float32) int {
	if max(a-b, b-a) > 0.05 {
		return 1
	}
	return 0
}
