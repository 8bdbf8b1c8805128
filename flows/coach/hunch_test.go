package coach

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows/coach/english"
)

// How hunches are learnt: see lesson_test.go.
const (
	hunchCost   = 0.15 // what a sentence misjudged costs against greater weights
	hunchSeldom = 3    // a word in fewer sentences says nothing
	hunchLeast  = 0.05 // lighter weights are left out
	hunchHard   = 8    // how much more a harmless sentence costs that comes close to a rule
)

// learntBars were chosen on sentences of writers whom nothing was learnt from.
var learntBars = hunchBars{rule: 0.5, block: 2, part: 1, lost: 0.5}

// learnHunches finds what words say of each rule and part, and what others do that patterns
// found beside it.
func learnHunches(t *testing.T, l *Language, mode Mode) hunches {
	all := drafts(t, mode)
	seen := map[any]int{}
	says := make([][]any, len(all))
	for i, s := range all {
		says[i] = said(l, mode, s.Text)
		for _, x := range says[i] {
			seen[x]++
		}
	}
	numbers, samples := map[any]int{}, make([][]int, len(all))
	for i := range all {
		for _, x := range says[i] {
			if seen[x] < hunchSeldom {
				continue
			}
			if _, ok := numbers[x]; !ok {
				numbers[x] = len(numbers)
			}
			samples[i] = append(samples[i], numbers[x])
		}
	}
	k := newHunchLines(l.stems, l.books[mode])
	k.bars = learntBars
	for r, s := range k.signs {
		yes := make([]bool, len(all))
		for i := range all {
			yes[i] = slices.Contains(all[i].Rules, s.name) || slices.Contains(all[i].Parts, s.name)
		}
		lesson := newLesson(samples, yes, len(numbers), hunchCost)
		for i := range all {
			if strings.HasPrefix(all[i].file, huntedFiles) {
				lesson.weight[i] *= learnHunted
			}
			if all[i].Hard && s.kind == ruleSign {
				lesson.weight[i] *= hunchHard
			}
		}
		m := lesson.learn()
		k.base[r] = rounded(m.bias)
		for x, n := range numbers {
			w := rounded(m.weights[n])
			switch x := x.(type) {
			case string: // a rule or part; that a rule was found itself is never asked
				if other, err := k.place(x); err == nil && (other != r || s.kind == partSign) {
					k.beside[other*len(k.signs)+r] = w
				}
			case hunch:
				if w >= hunchLeast || w <= -hunchLeast {
					if k.words[x] == nil {
						k.words[x] = make([]float32, len(k.signs))
					}
					k.words[x][r] = w
				}
			}
		}
	}
	return k.hunches(mode)
}

// said gives what a hunch can come from: the words of a text, and what patterns find in it.
func said(l *Language, mode Mode, text string) []any {
	tx, hits := l.prepare(text)
	var out []any
	add := func(x any) {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	l.eachHunch(tx.tokens, 0, func(w hunch, _ int) { add(w) })
	held, _ := l.undoubted(l.books[mode], tx.tokens, hits)
	for _, h := range held {
		add(h.pattern.sign.name)
	}
	return out
}

// lines gives the lines of a file: of each rule and part what speaks for it the most first.
func (h *hunches) lines(s *stems) []string {
	lines := []string{"# What words, and two in a row, say of a rule or part. Learnt from testdata/corpus by\n# go test ./flows/coach -run Hunches -update"}
	h.bars.each(func(name string, bar *float32) { lines = append(lines, fmt.Sprintf("bar %s %.2f", name, *bar)) })
	words := h.words()
	for r, sign := range h.signs {
		lines = append(lines, fmt.Sprintf("%.2f %s", h.base[r], sign.name))
		for other, o := range h.signs {
			if w := h.beside[other*len(h.signs)+r]; w != 0 {
				lines = append(lines, fmt.Sprintf("%.2f %s beside %s", w, sign.name, o.name))
			}
		}
		slices.SortFunc(words, func(a, b hunch) int {
			return cmp.Or(cmp.Compare(h.of(b)[r], h.of(a)[r]), cmp.Compare(a.written(s), b.written(s)))
		})
		for _, w := range words {
			if say := h.of(w)[r]; say != 0 {
				lines = append(lines, fmt.Sprintf("%.2f %s: %s", say, sign.name, w.written(s)))
			}
		}
	}
	return lines
}

// words gives all that has a weight.
func (h *hunches) words() (words []hunch) {
	for first := range h.behind.size() {
		for _, follows := range h.behind.of(first) {
			words = append(words, hunch{stemID(first), stemID(follows)})
		}
	}
	return words
}

// The file of hunches is what is learnt from the sentences, patterns and doubts that are there
// now. With -update it is written anew.
func TestHunchesAreLearnt(t *testing.T) {
	l, err := Load(without{english.FS, hunchFile(Statement)})
	if err != nil {
		t.Fatal(err)
	}
	now := learnHunches(t, l, Statement)
	if *update {
		writeLearnt(t, hunchFile(Statement), now.lines(l.stems))
		return
	}
	written := &whole().books[Statement].hunches
	stale := count(now.bars != written.bars)
	for i, w := range slices.Concat(now.base, now.beside) {
		stale += apart(w, slices.Concat(written.base, written.beside)[i])
	}
	all := map[hunch]bool{}
	for _, w := range slices.Concat(now.words(), written.words()) {
		all[w] = true
	}
	none := make([]float32, len(now.signs))
	for w := range all {
		a, b := now.of(w), written.of(w)
		if a == nil {
			a = none
		}
		if b == nil {
			b = none
		}
		for r := range now.signs {
			// What is left out on one side may be hunchLeast on the other.
			stale += apart(a[r], b[r]) * count(max(a[r]-b[r], b[r]-a[r]) > 2*hunchLeast)
		}
	}
	if stale > 0 {
		t.Errorf("%s: %d weights are not what is learnt now (-update writes them)", hunchFile(Statement), stale)
	}
}

// hunching gives a language with hunches of these lines alone.
func hunching(t *testing.T, lines string) *Language {
	l, b := editable()
	k := newHunchLines(l.stems, b)
	for line := range strings.Lines(lines) {
		if err := k.line(line); err != nil {
			t.Fatal(err)
		}
	}
	b.hunches = k.hunches(Statement)
	return l
}

func TestHunchesAddUp(t *testing.T) {
	const harbour = "the harbour is grey, a kettle sings"
	for _, tt := range []struct {
		lines, text string
		rules       []string
	}{
		{"bar rule 1\nbar block 1\n", harbour, nil},
		{"bar rule 1\nbar block 3\n2 threat: kettle\n", harbour, nil},
		{"bar rule 1\nbar block 3\n2 absolute: kettle\n", harbour, []string{"absolute"}},
		{"bar rule 1\nbar block 1\n2 threat: kettle\n", harbour, []string{"threat"}},
		{"bar rule 1\nbar block 1\n1 threat: kettle\n", harbour, nil},
		{"bar rule 1\nbar block 1\n1 threat: kettle\n0.5 threat: a kettle\n", harbour, []string{"threat"}},
		{"bar rule 1\nbar block 1\n2 threat: kettle\n-1 threat\n", harbour, nil},
		{"bar rule 1\nbar block 1\n0.8 threat: kettle\n", "kettle, kettle, kettle", nil}, // it says so once
		{"bar rule 1\nbar block 1\n2 threat: ^ the\n", harbour, []string{"threat"}},
		{"bar rule 1\nbar block 1\n2 threat: sing $\n", harbour, []string{"threat"}},
		{"bar rule 1\nbar block 1\n2 threat: kettle\n", "you said “the kettle sings”", nil},
		{"bar rule 1\nbar block 1\n2 absolute: kettle\n", "you never fill the kettle", []string{"absolute"}}, // found once
		{"bar rule 1\nbar block 1\n2 threat: kettle\n", "you never fill the kettle", []string{"absolute", "threat"}},
		{"bar rule 1\nbar block 1\n2 threat: kettle\n-2 threat beside absolute\n", "you never fill the kettle", []string{"absolute"}},
		{"bar rule 1\nbar block 1\n2 threat: kettle\n2 you-accusation: harbour\n", harbour, []string{"threat"}}, // which stands alone
	} {
		got := hunching(t, tt.lines).Read(Statement, tt.text).Rules()
		slices.Sort(got)
		if !slices.Equal(got, tt.rules) {
			t.Errorf("with %q, %q gives %v", tt.lines, tt.text, got)
		}
	}
}

// Parts are given and taken away.
func TestHunchesOfParts(t *testing.T) {
	const seen, unseen = "you came home at two last night and i was scared", "the harbour is grey"
	for _, tt := range []struct {
		lines, text string
		parts       []string
	}{
		{"bar part 1\nbar lost 0\n", seen, []string{"observation", "feeling"}},
		{"bar part 1\nbar lost 0\n-1 observation: home\n", seen, []string{"feeling"}},
		{"bar part 1\nbar lost 0\n-1 observation: home\n2 observation beside observation\n", seen, []string{"observation", "feeling"}},
		{"bar part 1\nbar lost 0\n2 effect: harbour\n", unseen, []string{"effect"}},
		{"bar part 1\nbar lost 0\n1 effect: harbour\n", unseen, nil},
		{"bar part 1\nbar lost 0\n2 effect: harbour\n", strings.Repeat("the harbour is grey and so are we today. ", 20), []string{"effect"}},
		{"bar part 1\nbar lost 0\n2 feeling: harbour\n", strings.Repeat("the harbour is grey and so are we today. ", 20) + "i was scared", []string{"feeling"}},
	} {
		if got := hunching(t, tt.lines).Read(Statement, tt.text).PartNames(); !slices.Equal(got, tt.parts) {
			t.Errorf("with %q, %q holds %v", tt.lines, tt.text, got)
		}
	}
}

// A hunch shows the clause that says the most, and where it comes from.
func TestHunchesShowTheirClause(t *testing.T) {
	r := hunching(t, "bar rule 1\nbar block 1\n0.7 threat: harbour\n0.9 threat: kettle\n").Read(Statement, "the harbour is grey, a kettle sings, and so on")
	if len(r.Findings) != 1 || r.Findings[0].Words != "a kettle sings" || r.Findings[0].By != hunchFile(Statement) || r.Findings[0].Hint == "" || !r.Findings[0].Blocks {
		t.Errorf("found %+v", r.Findings)
	}
	r = hunching(t, "bar block 1\n2 threat: kettle\n").Read(Statement, "if the kettle goes on, the harbour is grey")
	if len(r.Findings) != 1 || r.Findings[0].Words != "the harbour is grey" {
		t.Errorf("a condition is shown, and not what hangs on it: %+v", r.Findings)
	}
	r = hunching(t, "bar block 1\n2 threat: kettle\n").Read(Statement, strings.Repeat("grey ", 2*passage)+"kettle "+strings.Repeat("grey ", passage))
	if len(r.Findings) != 1 || len(strings.Fields(r.Findings[0].Words)) > passage {
		t.Errorf("a clause without an end gives %+v", r.Findings)
	}
}

// A long harmless text is under no greater suspicion than a short one.
func TestHunchesDoNotGather(t *testing.T) {
	l := hunching(t, "bar rule 1\nbar block 1\n0.3 threat: kettle\n0.3 threat: harbour\n0.3 threat: garden\n0.3 threat: ladder\n")
	for _, word := range []string{"kettle", "harbour", "garden", "ladder"} {
		if got := l.Read(Statement, strings.Repeat("there is a "+word+" here. ", 20)).Rules(); len(got) > 0 {
			t.Errorf("%s gives %v", word, got)
		}
	}
	parts := []string{"the kettle is here", "the harbour is here", "the garden is here", "the ladder is here"}
	far := strings.Join(parts, strings.Repeat(". it was fine and it was so", 10)+". ")
	if got := l.Read(Statement, far).Rules(); len(got) > 0 {
		t.Errorf("what stands far apart gives %v", got)
	}
	if got := l.Read(Statement, strings.Join(parts, ". ")).Rules(); !slices.Equal(got, []string{"threat"}) {
		t.Errorf("what stands together gives %v", got)
	}
}

func TestHunchFilesAreStrict(t *testing.T) {
	l, b := editable()
	k := newHunchLines(l.stems, b)
	for _, line := range []string{"much threat: or", "1", "1 kindness", "1 threat:", "1 threat: a b c", "1 threat beside", "1 threat beside kindness", "1 threat or else", "bar high", "bar rule high", "bar height 1"} {
		if err := k.line(line); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}
