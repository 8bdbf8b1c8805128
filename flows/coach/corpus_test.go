package coach

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	corpusDir = flag.String("corpus", "testdata/corpus", "the folder of the sentences to measure on")
	misses    = flag.String("misses", "", "print what is missed or found wrongly of this rule, part or danger, or all")
)

// labelled is one sentence of a corpus, with what a careful reader gives it.
type labelled struct {
	Mode   string   `json:"mode"`
	Text   string   `json:"text"`
	Rules  []string `json:"rules"`
	Parts  []string `json:"parts"`
	Crisis Crisis   `json:"crisis"`
	// Explicit is set where no reader could miss the danger.
	Explicit bool `json:"explicit"`
	// Hard is set where no rule is broken, or there is no danger, and the wording tempts.
	Hard bool `json:"hard"`

	file string
}

// huntedFiles is what the names of corpora begin with whose writers tried what they wrote,
// and went on from what was misread.
const huntedFiles = "hunted-"

// readCorpus reads the files of a folder whose names begin so.
func readCorpus(t testing.TB, dir, prefix string) []labelled {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, prefix+"*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var s labelled
			if err := json.Unmarshal(sc.Bytes(), &s); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			s.file = filepath.Base(file)
			out = append(out, s)
		}
	}
	return out
}

// score counts what was found of one label.
type score struct{ right, wrong, missed int }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (s score) precision() float64 { return ratio(s.right, s.right+s.wrong) }
func (s score) recall() float64    { return ratio(s.right, s.right+s.missed) }
func (s score) f1() float64        { return ratio(2*s.right, 2*s.right+s.wrong+s.missed) }

// scores are those of many labels.
type scores map[string]*score

func (s scores) count(want, got []string) (wrong, missed []string) {
	at := func(l string) *score {
		if s[l] == nil {
			s[l] = &score{}
		}
		return s[l]
	}
	for _, l := range got {
		if slices.Contains(want, l) {
			at(l).right++
		} else {
			at(l).wrong++
			wrong = append(wrong, l)
		}
	}
	for _, l := range want {
		if !slices.Contains(got, l) {
			at(l).missed++
			missed = append(missed, l)
		}
	}
	return wrong, missed
}

func (s scores) all() score {
	var sum score
	for _, c := range s {
		sum.right, sum.wrong, sum.missed = sum.right+c.right, sum.wrong+c.wrong, sum.missed+c.missed
	}
	return sum
}

// table writes the scores as rows, the sum last.
func (s scores) table() string {
	var b strings.Builder
	row := func(name string, c score) {
		fmt.Fprintf(&b, "| %-16s | %4d | %.2f | %.2f | %.2f |\n", name, c.right+c.missed, c.precision(), c.recall(), c.f1())
	}
	names := []string{}
	for n := range s {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		row(n, *s[n])
	}
	row("all", s.all())
	return b.String()
}

// measured is what came of reading a corpus of drafts.
type measured struct {
	rules, parts     scores
	hard, falseAlarm int
}

func measure(t testing.TB, list []labelled) measured {
	t.Helper()
	m := measured{rules: scores{}, parts: scores{}}
	for _, s := range list {
		mode, _ := ParseMode(s.Mode)
		r := whole().Read(mode, s.Text)
		wrong, missed := m.rules.count(s.Rules, r.Rules())
		show(t, s, r, "rule", wrong, missed)
		if s.Hard {
			m.hard++
			if len(r.Findings) > 0 {
				m.falseAlarm++
			}
		}
		wrong, missed = m.parts.count(s.Parts, r.PartNames())
		show(t, s, r, "part", wrong, missed)
	}
	return m
}

func show(t testing.TB, s labelled, r Reading, what string, wrong, missed []string) {
	for _, w := range wrong {
		if *misses == "all" || *misses == w || *misses == what {
			by := ""
			for _, f := range r.Findings {
				if f.Rule == w {
					by += fmt.Sprintf(" %q %s", f.Words, f.By)
				}
			}
			for _, p := range r.Parts {
				if p.Part == w {
					by += fmt.Sprintf(" %q %s", p.Words, p.By)
				}
			}
			t.Logf("WRONG  %s:%s\n      %s", w, by, s.Text)
		}
	}
	for _, m := range missed {
		if *misses == "all" || *misses == m || *misses == what {
			t.Logf("MISSED %s\n      %s", m, s.Text)
		}
	}
}

// crisisScore is what came of reading a corpus for danger.
type crisisScore struct {
	labels                                                                 scores
	danger, found, explicit, explicitFound, none, alarms, hard, hardAlarms int
}

func measureCrisis(t testing.TB, list []labelled) crisisScore {
	c := crisisScore{labels: scores{}}
	for _, s := range list {
		d := whole().Danger(s.Text)
		hit := d.Crisis != NoCrisis
		if s.Crisis != NoCrisis {
			got := []string{}
			if hit {
				got = append(got, string(d.Crisis))
			}
			c.labels.count([]string{string(s.Crisis)}, got)
			c.danger, c.found = c.danger+1, c.found+count(hit)
			c.explicit, c.explicitFound = c.explicit+count(s.Explicit), c.explicitFound+count(s.Explicit && hit)
		} else {
			c.none, c.alarms = c.none+1, c.alarms+count(hit)
			c.hard, c.hardAlarms = c.hard+count(s.Hard), c.hardAlarms+count(s.Hard && hit)
		}
		if d.Crisis != s.Crisis && (*misses == "all" || *misses == string(s.Crisis) || *misses == string(d.Crisis) ||
			*misses == "explicit" && s.Explicit && !hit) {
			t.Logf("wanted %s, got %s %q %s\n      %s", s.Crisis, d.Crisis, d.Words, d.By, s.Text)
		}
	}
	return c
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// printsOnly skips what looks at a corpus and holds nothing against it, unless somebody is
// there to read it.
func printsOnly(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints scores, with -v")
	}
}

func TestCorpusStatements(t *testing.T) {
	printsOnly(t)
	m := measure(t, readCorpus(t, *corpusDir, "statement"))
	t.Logf("\n%s\n%s\nfalse alarms on hard negatives: %d of %d", m.rules.table(), m.parts.table(), m.falseAlarm, m.hard)
}

func TestCorpusDrafts(t *testing.T) {
	printsOnly(t)
	list := readCorpus(t, *corpusDir, "draft")
	for _, mode := range ModeNames()[1:] {
		m := measure(t, ofMode(list, mode))
		t.Logf("%s\n%s\n%s\nfalse alarms on hard negatives: %d of %d", mode, m.rules.table(), m.parts.table(), m.falseAlarm, m.hard)
	}
}

func ofMode(list []labelled, mode string) []labelled {
	return slices.DeleteFunc(slices.Clone(list), func(s labelled) bool { return s.Mode != mode })
}

func TestCorpusCrisis(t *testing.T) {
	printsOnly(t)
	c := measureCrisis(t, readCorpus(t, *corpusDir, "crisis"))
	t.Logf("\n%s\ndanger found: %d of %d (%.3f); explicit: %d of %d; false alarms: %d of %d, hard %d of %d",
		c.labels.table(), c.found, c.danger, ratio(c.found, c.danger), c.explicitFound, c.explicit, c.alarms, c.none, c.hardAlarms, c.hard)
}
