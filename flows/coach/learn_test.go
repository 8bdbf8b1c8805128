package coach

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
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

// over gives the most that the evidence in a sample comes to, with bars at 0.
func over(models [len(weighed)]*learnt, s sample) float64 {
	most := math.Inf(-1)
	for _, w := range s.weighed {
		sums := w.patterns
		for d, m := range models {
			sums[d] += float32(m.score(w.cues))
		}
		_, by := new(cues).over(sums)
		most = max(most, float64(by+w.less))
	}
	return most
}

// bar gives the score that few harmless sentences are over for any danger, among those of
// writers that nothing was learnt from.
func bar(t *testing.T, all []sample, cues int) float64 {
	var harmless, danger []float64
	for fold := range learnFolds {
		known := slices.DeleteFunc(slices.Clone(all), func(s sample) bool { return s.fold == fold })
		models := learnAll(known, cues)
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

// without is the data of a language without one of its files: what is learnt may not hang on
// what was learnt before.
type without struct {
	fs.FS
	file string
}

func (f without) Open(name string) (fs.File, error) {
	if name == f.file {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f.FS.Open(name)
}

// writeLearnt writes the lines of a file anew, and what programs read of it.
func writeLearnt(t *testing.T, file string, lines []string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join("english", file), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	writeCompiled(t)
}

// drafts gives the sentences that are read as drafts of a kind, for learning from.
func drafts(t *testing.T, mode Mode) (all []labelled) {
	for _, kind := range []string{"statement", "draft", "hunted-statement"} {
		all = append(all, ofMode(readCorpus(t, "testdata/corpus", kind), mode.String())...)
	}
	return all
}

// editable gives the whole language and its book of I-statements, with stems of its own: what is
// set there leaves other tests alone.
func editable() (*Language, *book) {
	l := *whole()
	b := *l.books[Statement]
	l.books[Statement] = &b
	stems := *l.stems
	stems.ids, stems.names = maps.Clone(stems.ids), slices.Clone(stems.names)
	l.stems = &stems
	return &l, &b
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
	models := learnAll(all, len(names))
	for d, c := range weighed {
		m := models[d]
		lines := []string{fmt.Sprintf("# What words, and two or three in a row, say of %s: without their endings, but for those behind a =. Learnt from testdata/corpus by\n# go test ./flows/coach -run Cues -update\nbar %.2f", c, height-m.bias)}
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
	if *update {
		writeCompiled(t)
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
	now := cueLines{stems: l.stems, cues: map[cue]weights{}}
	for line := range strings.Lines(strings.Join(lines, "\n")) {
		if err := now.line(d, line); err != nil {
			return len(lines)
		}
	}
	n := 0
	for c, all := range now.cues {
		if at, ok := l.cues.number(c); ok {
			n += apart(l.cues.weights[at][d], all[d])
		} else {
			n += apart(0, all[d])
		}
	}
	for first := range l.cues.behind.size() {
		for i, follows := range l.cues.behind.of(first) {
			if _, ok := now.cues[cueOf(first, follows)]; !ok {
				n += apart(l.cues.weights[int(l.cues.behind.from[first])+i][d], 0)
			}
		}
	}
	return n + apart(l.cues.bars[d], now.bars[d])
}

func apart(a, b float32) int {
	if max(a-b, b-a) > 0.05 {
		return 1
	}
	return 0
}
