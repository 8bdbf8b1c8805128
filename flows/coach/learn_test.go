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

// How the weights of cues are learnt: by logistic regression that prefers few words (an
// L1 penalty, as in Tibshirani, 1996), solved by FISTA (Beck and Teboulle, 2009). The
// same sentences always give the same weights.
const (
	learnCost   = 0.7 // what a sentence misread costs against a cue more
	learnSteps  = 300
	learnSeldom = 2     // a cue in fewer sentences is none
	learnFolds  = 6     // the bar is set on sentences of writers that were left out
	learnAlarms = 0.012 // the share of harmless sentences that may be over a bar
	learnMisses = 0.01  // the share of sentences of a danger that may be under its floor
)

// sample is a sentence as it is learnt from.
type sample struct {
	cues   []int // the numbers of its cues
	crisis Crisis
	fold   int
	danger bool // it stands in a corpus of dangers, as a danger or as none
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
	var files []string
	seen := map[cue]int{}
	texts := make([][]cue, len(all))
	for i, s := range all {
		if !slices.Contains(files, s.file) {
			files = append(files, s.file)
		}
		tx, _ := l.prepare(s.Text)
		once := map[cue]bool{}
		eachCue(tx.tokens, l.number, func(c cue, _, _ int) {
			if !once[c] {
				once[c] = true
				texts[i] = append(texts[i], c)
				seen[c]++
			}
		})
	}
	numbers, names := map[cue]int{}, []cue{}
	out := make([]sample, len(all))
	for i, s := range all {
		out[i] = sample{crisis: cmp.Or(s.Crisis, NoCrisis), fold: slices.Index(files, s.file) % learnFolds, danger: strings.HasPrefix(s.file, "crisis-")}
		for _, c := range texts[i] {
			if seen[c] < learnSeldom {
				continue
			}
			if _, ok := numbers[c]; !ok {
				numbers[c] = len(names)
				names = append(names, c)
			}
			out[i].cues = append(out[i].cues, numbers[c])
		}
	}
	return out, names
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

func (m *learnt) score(s sample) float64 {
	sum := m.bias
	for _, c := range s.cues {
		sum += m.weights[c]
	}
	return sum
}

// learn finds the weights for one danger.
func learn(all []sample, cues int, c Crisis) *learnt {
	yes := 0
	for _, s := range all {
		if s.crisis == c {
			yes++
		}
	}
	weight := func(s sample) float64 { // both sides weigh the same
		if s.crisis == c {
			return learnCost * float64(len(all)) / float64(2*yes)
		}
		return learnCost * float64(len(all)) / float64(2*(len(all)-yes))
	}
	step := 1 / steepest(all, cues, weight)
	at, ahead := &learnt{weights: make([]float64, cues)}, &learnt{weights: make([]float64, cues)}
	pull, slope := 1.0, make([]float64, cues)
	for range learnSteps {
		clear(slope)
		lean := 0.0
		for _, s := range all {
			sign := -1.0
			if s.crisis == c {
				sign = 1
			}
			g := -sign * weight(s) / (1 + math.Exp(sign*ahead.score(s)))
			for _, n := range s.cues {
				slope[n] += g
			}
			lean += g
		}
		next := (1 + math.Sqrt(1+4*pull*pull)) / 2
		swing := (pull - 1) / next
		for n := range slope {
			w := shrink(ahead.weights[n]-step*slope[n], step)
			ahead.weights[n], at.weights[n] = w+swing*(w-at.weights[n]), w
		}
		bias := ahead.bias - step*lean
		ahead.bias, at.bias = bias+swing*(bias-at.bias), bias
		pull = next
	}
	return at
}

func shrink(w, by float64) float64 {
	return math.Copysign(max(0, math.Abs(w)-by), w)
}

// steepest gives the most that the slope can change by, by power iteration.
func steepest(all []sample, cues int, weight func(sample) float64) float64 {
	v := &learnt{weights: make([]float64, cues), bias: 1}
	for n := range v.weights {
		v.weights[n] = 1
	}
	norm := 0.0
	for range 30 {
		next := &learnt{weights: make([]float64, cues)}
		for _, s := range all {
			g := weight(s) / 4 * v.score(s)
			for _, n := range s.cues {
				next.weights[n] += g
			}
			next.bias += g
		}
		norm = next.bias * next.bias
		for _, w := range next.weights {
			norm += w * w
		}
		norm = math.Sqrt(norm)
		for n := range next.weights {
			next.weights[n] /= norm
		}
		next.bias /= norm
		v = next
	}
	return norm * 1.05
}

// bounds gives the score that few harmless sentences are over, and the one that few
// sentences of a danger are under, among those of writers that nothing was learnt from.
func bounds(all []sample, cues int, c Crisis) (bar, floor float64) {
	var harmless, danger []float64
	for fold := range learnFolds {
		known := slices.DeleteFunc(slices.Clone(all), func(s sample) bool { return s.fold == fold })
		m := learn(known, cues, c)
		for _, s := range all {
			switch {
			case s.fold != fold || !s.danger:
			case s.crisis == NoCrisis:
				harmless = append(harmless, m.score(s))
			case s.crisis == c:
				danger = append(danger, m.score(s))
			}
		}
	}
	slices.Sort(harmless)
	slices.Sort(danger)
	return harmless[int(float64(len(harmless))*(1-learnAlarms))], danger[int(float64(len(danger))*learnMisses)]
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
	for d, c := range weighed {
		m := learn(all, len(names), c)
		bar, floor := bounds(all, len(names), c)
		lines := []string{fmt.Sprintf("# What words and pairs of words say of %s, learnt from testdata/corpus by\n# go test ./flows/coach -run Cues -update\nbar %.2f\nfloor %.2f", c, bar-m.bias, floor-m.bias)}
		lines = append(lines, m.written(l.vocabulary, names)...)
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
func (m *learnt) written(v *vocabulary, names []cue) []string {
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
	now := Language{vocabulary: l.vocabulary, cues: cues{numbers: map[cue]int{}}}
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
	return n + apart(l.cues.bars[d], now.cues.bars[d]) + apart(l.cues.floors[d], now.cues.floors[d])
}

func apart(a, b float32) int {
	if max(a-b, b-a) > 0.05 {
		return 1
	}
	return 0
}
