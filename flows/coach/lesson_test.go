package coach

import (
	"math"
	"slices"
	"sync"
)

// How weights are learnt: by logistic regression with a square penalty, in which every cue of
// a danger is scaled beforehand by how much commoner it is on one side (Wang and Manning,
// 2012), solved by Nesterov's method with restarts (O'Donoghue and Candès,
// 2015). The same sentences always give the same weights.
const (
	learnCost     = 0.3 // what a sentence misread costs against greater weights
	learnHunted   = 0.5 // how much of that a sentence costs that was written to be misread
	learnEveryday = 2   // likewise of one that people say on most days
	learnSteps    = 120
	learnAny      = 0.5    // how much of the weights for any danger is added to those for each
	learnSeldom   = 3      // a cue in fewer sentences is none
	learnCount    = 0.3    // added to each count, for cues that one side lacks
	learnKept     = 300000 // the cues that are kept of each danger, the heaviest
	learnFolds    = 4      // the bars are set on sentences of writers that were left out
	learnAlarms   = 0.055  // the share of harmless sentences that may be over a bar
)

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

// lesson is what is learnt from, for one question with a yes or a no.
type lesson struct {
	cues   [][]int   // of each sample
	weight []float64 // likewise: both sides weigh the same together
	sign   []float64 // 1 for yes and -1 for no
	scale  []float64 // of each cue
}

// newLesson makes a lesson of samples, whose cues are below a number. What it costs to
// misread a sample is weighed against greater weights.
func newLesson(samples [][]int, yes []bool, cues int, cost float64) *lesson {
	l := &lesson{cues: samples, weight: make([]float64, len(samples)), sign: make([]float64, len(samples)), scale: slices.Repeat([]float64{1}, cues)}
	sides := map[bool]float64{}
	for _, y := range yes {
		sides[y]++
	}
	for i, y := range yes {
		l.weight[i], l.sign[i] = cost*float64(len(samples))/(2*sides[y]), -1
		if y {
			l.sign[i] = 1
		}
	}
	return l
}

// byShare scales every cue by how much commoner it is on one side.
func (l *lesson) byShare() *lesson {
	var counts [2][]float64
	var sums [2]float64
	for side := range counts {
		counts[side] = slices.Repeat([]float64{learnCount}, len(l.scale))
		sums[side] = learnCount * float64(len(l.scale))
	}
	for i, cues := range l.cues {
		side := 0
		if l.sign[i] > 0 {
			side = 1
		}
		for _, n := range cues {
			counts[side][n]++
			sums[side]++
		}
	}
	for n := range l.scale {
		l.scale[n] = math.Log(counts[1][n] / sums[1] / (counts[0][n] / sums[0]))
	}
	return l
}

// value gives a sample's score by weights that are still to be scaled.
func (l *lesson) value(m *learnt, cues []int) float64 {
	sum := m.bias
	for _, n := range cues {
		sum += m.weights[n] * l.scale[n]
	}
	return sum
}

// slope gives how the cost of all samples changes with each weight.
func (l *lesson) slope(m *learnt) *learnt {
	out := &learnt{slices.Clone(m.weights), m.bias}
	for i, cues := range l.cues {
		g := -l.sign[i] * l.weight[i] / (1 + math.Exp(l.sign[i]*l.value(m, cues)))
		for _, n := range cues {
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
		for i, cues := range l.cues {
			g := l.weight[i] / 4 * l.value(v, cues)
			for _, n := range cues {
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

// learnAll finds the weights for each danger. What tells that there is any danger has a
// part in them all.
func learnAll(all []sample, cues int) [len(weighed)]*learnt {
	texts := make([][]int, len(all))
	for i, s := range all {
		texts[i] = s.cues
	}
	about := func(is func(Crisis) bool) *learnt {
		yes := make([]bool, len(all))
		for i, s := range all {
			yes[i] = is(s.crisis)
		}
		l := newLesson(texts, yes, cues, learnCost).byShare()
		for i, s := range all {
			switch {
			case s.hunted:
				l.weight[i] *= learnHunted
			case s.everyday:
				l.weight[i] *= learnEveryday
			}
		}
		return l.learn()
	}
	var any *learnt
	var out [len(weighed)]*learnt
	var learning sync.WaitGroup
	learning.Go(func() { any = about(func(c Crisis) bool { return c != NoCrisis }) })
	for d, danger := range weighed {
		learning.Go(func() { out[d] = about(func(c Crisis) bool { return c == danger }) })
	}
	learning.Wait()
	for d := range out {
		out[d] = out[d].plus(learnAny, any)
		out[d].keep(learnKept)
	}
	return out
}

// learn finds the weights that tell yes from no.
func (l *lesson) learn() *learnt {
	step, pull := 1/l.steepest(), 1.0
	at := &learnt{make([]float64, len(l.scale)), 0}
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
