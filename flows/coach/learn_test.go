package coach

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

// The weights of cues are learnt anew with -update. Without it, what is there is held
// against the form that it is read in.
func TestCuesAreLearnt(t *testing.T) {
	l := whole()
	if !*update {
		if n := len(l.cues.weights); n < 500 {
			t.Errorf("there are only %d cues", n)
		}
		return
	}
	all, names := samples(t, l)
	for _, c := range weighed {
		m := learn(all, len(names), c)
		var lines []string
		order := make([]int, len(names))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			return cmp.Or(cmp.Compare(m.weights[b], m.weights[a]), cmp.Compare(names[a].written(l.vocabulary), names[b].written(l.vocabulary)))
		})
		for _, n := range order {
			if w := fmt.Sprintf("%.2f", m.weights[n]); w != "0.00" && w != "-0.00" {
				lines = append(lines, w+" "+names[n].written(l.vocabulary))
			}
		}
		bar, floor := bounds(all, len(names), c)
		head := fmt.Sprintf("# What words and pairs of words say of %s, learnt from testdata/corpus by\n# go test ./flows/coach -run Cues -update\nbar %.2f\nfloor %.2f\n", c, bar-m.bias, floor-m.bias)
		file := filepath.Join("english", cueFile(c))
		if err := os.WriteFile(file, []byte(head+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d cues of %d", c, len(lines), len(names))
	}
}
