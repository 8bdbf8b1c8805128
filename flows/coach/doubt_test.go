package coach

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows/coach/english"
)

// How doubts are learnt: see lesson_test.go.
const (
	doubtCost   = 0.1  // what a rule misjudged costs against greater weights
	doubtHard   = 2    // how much more one costs in a harmless sentence
	doubtSeldom = 2    // a word found beside fewer rules says nothing
	doubtBar    = -0.5 // how sure it must be that a rule does not hold
)

// judged is a rule that a pattern found, with what stands around it.
type judged struct {
	rule  string
	words []doubt
	right bool
	// hunted is set in a sentence that was written to be misread.
	hunted bool
	// hard is set in a harmless sentence that comes close to a rule.
	hard bool
}

// judgements reads the sentences as drafts of a kind, and compares what patterns find in them
// with what a reader gave. What is never doubted is left out.
func judgements(t *testing.T, l *Language, mode Mode) []judged {
	var out []judged
	for _, s := range drafts(t, mode) {
		tx, hits := l.prepare(s.Text)
		for _, h := range standing(tx.tokens, l.books[mode].given(l.vocabulary, tx.tokens, hits)) {
			if h.pattern.sign.kind != ruleSign || h.pattern.sign.blocks {
				continue
			}
			j := judged{rule: h.pattern.sign.name, right: slices.Contains(s.Rules, h.pattern.sign.name), hunted: strings.HasPrefix(s.file, huntedFiles), hard: s.Hard}
			l.eachDoubt(tx.tokens, h, func(w doubt) { j.words = append(j.words, w) })
			out = append(out, j)
		}
	}
	return out
}

// learnDoubts finds what the words around a rule say, and what each rule by itself does.
func learnDoubts(all []judged) doubts {
	seen := map[any]int{}
	for _, j := range all {
		seen[j.rule] = doubtSeldom
		for w := range maps.Keys(once(j.words)) {
			seen[w]++
		}
	}
	numbers := map[any]int{}
	number := func(x any) int {
		n, ok := numbers[x]
		if !ok {
			n = len(numbers)
			numbers[x] = n
		}
		return n
	}
	samples, yes := make([][]int, len(all)), make([]bool, len(all))
	for i, j := range all {
		samples[i], yes[i] = []int{number(j.rule)}, j.right
		for _, w := range j.words {
			if seen[w] >= doubtSeldom && !slices.Contains(samples[i], number(w)) {
				samples[i] = append(samples[i], number(w))
			}
		}
	}
	lesson := newLesson(samples, yes, len(numbers), doubtCost)
	for i, j := range all {
		if j.hunted {
			lesson.weight[i] *= learnHunted
		}
		if j.hard {
			lesson.weight[i] *= doubtHard
		}
	}
	m := lesson.learn()
	rules, words := map[string]float32{}, map[doubt]float32{}
	for x, n := range numbers {
		switch x := x.(type) {
		case string:
			rules[x] = rounded(m.weights[n] + m.bias)
		case doubt:
			if w := rounded(m.weights[n]); w != 0 {
				words[x] = w
			}
		}
	}
	return newDoubts(rules, words, doubtBar)
}

func once(words []doubt) map[doubt]bool {
	out := map[doubt]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// rounded gives a weight as a file has it.
func rounded(w float64) float32 {
	var out float32
	fmt.Sscan(fmt.Sprintf("%.2f", w), &out)
	return out
}

// lines gives the lines of a file, what speaks for a rule the most first.
func (d *doubts) lines(s *stems) []string {
	lines := []string{
		"# What stands before, in and after the words of a rule says of whether it holds. Learnt from testdata/corpus by\n# go test ./flows/coach -run Doubts -update",
		fmt.Sprintf("bar %.2f", d.bar),
	}
	for _, rule := range slices.Sorted(maps.Keys(d.rules)) {
		lines = append(lines, fmt.Sprintf("%.2f rule %s", d.rules[rule], rule))
	}
	words := d.words()
	slices.SortFunc(words, func(a, b doubt) int {
		return cmp.Or(cmp.Compare(d.weight(b), d.weight(a)), cmp.Compare(a.written(s), b.written(s)))
	})
	for _, w := range words {
		lines = append(lines, fmt.Sprintf("%.2f %s", d.weight(w), w.written(s)))
	}
	return lines
}

// words gives all that has a weight.
func (d *doubts) words() (words []doubt) {
	for first := range d.behind.size() {
		for _, follows := range d.behind.of(first) {
			words = append(words, doubt{stemID(first), stemID(follows >> 2), side(follows & 3)})
		}
	}
	return words
}

// The file of doubts is what is learnt from the sentences and patterns that are there now.
// With -update it is written anew.
func TestDoubtsAreLearnt(t *testing.T) {
	l, err := Load(without{english.FS, doubtFile(Statement)})
	if err != nil {
		t.Fatal(err)
	}
	now := learnDoubts(judgements(t, l, Statement))
	if *update {
		writeLearnt(t, doubtFile(Statement), now.lines(l.stems))
		return
	}
	written := whole().books[Statement].doubts
	stale := apart(now.bar, written.bar)
	rules := maps.Clone(now.rules)
	maps.Copy(rules, written.rules)
	for rule := range rules {
		stale += apart(now.rules[rule], written.rules[rule])
	}
	for w := range once(slices.Concat(now.words(), written.words())) {
		stale += apart(now.weight(w), written.weight(w))
	}
	if stale > 0 {
		t.Errorf("%s: %d weights are not what is learnt now (-update writes them)", doubtFile(Statement), stale)
	}
}

func TestDoubtsAddUp(t *testing.T) {
	l, b := editable()
	rules := func(lines, text string) []string {
		k := doubtLines{stems: l.stems, book: b, rules: map[string]float32{}, words: map[doubt]float32{}}
		for line := range strings.Lines(lines) {
			if err := k.line(line); err != nil {
				t.Fatal(err)
			}
		}
		b.doubts = newDoubts(k.rules, k.words, k.bar)
		return l.Read(Statement, text).Rules()
	}
	for _, tt := range []struct {
		lines string
		given bool
	}{
		{"", true},
		{"bar 0\n1 after harbour\n", false},
		{"bar 0\n1 rule absolute\n", true},
		{"bar 0\n1 rule absolute\n-1 after kettle\n", false},
		{"bar 0\n1 rule absolute\n-1 before kettle\n", true},
		{"bar 0\n1 rule absolute\n-1 after the kettle\n", false},
		{"bar 0\n1 rule absolute\n-1 after the lid\n", true},
		{"bar 0\n1 rule absolute\n-1 in never\n", false},
		{"bar 0\n1 rule absolute\n-1 after garden\n", true}, // another sentence
		{"bar -1.5\n1 rule absolute\n-2 after kettle\n", true},
		{"bar 0\n1 rule label\n", false},
	} {
		got := rules("# a comment\n\n"+tt.lines, "you never fill the kettle. the garden is dry")
		if slices.Contains(got, "absolute") != tt.given {
			t.Errorf("with %q it gives %v", tt.lines, got)
		}
	}
	if got := rules("bar 0\n-5 rule label\n", "you are such an idiot"); !slices.Contains(got, "label") {
		t.Errorf("what can't be shared is doubted: %v", got)
	}
}

func TestDoubtFilesAreStrict(t *testing.T) {
	l, b := editable()
	k := doubtLines{stems: l.stems, book: b, rules: map[string]float32{}, words: map[doubt]float32{}}
	for _, line := range []string{"much in never", "1", "1 in", "1 near never", "1 in a b c", "bar high", "1 rule kindness"} {
		if err := k.line(line); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}
