package coach

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write anew what is made from something else: the figures in the README, the weights of cues, the compiled form")

// What the figures are measured on: sentences that nobody looks at, of writers whose others
// were learnt from, and of writers whom nothing was learnt from.
const (
	heldBack = "testdata/heldback"
	unseen   = "testdata/unseen"
)

// figures gives the tables of the README.
func figures(t testing.TB) string {
	return figuresOf(t, heldBack, "") + figuresOf(t, unseen, "unseen, ")
}

// figuresOf gives the tables of a corpus, for the kinds of text that it has.
func figuresOf(t testing.TB, dir, name string) string {
	var b strings.Builder
	head := func(what string) {
		fmt.Fprintf(&b, "\n| %s%s | sentences | precision | recall | F1 |\n| --- | --- | --- | --- | --- |\n", name, what)
	}
	drafts := readCorpus(t, dir, "statement")
	drafts = append(drafts, readCorpus(t, dir, "draft")...)
	for _, mode := range ModeNames() {
		list := ofMode(drafts, mode)
		if len(list) == 0 {
			continue
		}
		m := measure(t, list)
		head(mode + ": rules")
		b.WriteString(m.rules.table())
		head(mode + ": parts")
		b.WriteString(m.parts.table())
		fmt.Fprintf(&b, "\n%s%s, false alarms on hard negatives: %d of %d.\n", name, mode, m.falseAlarm, m.hard)
	}
	c := measureCrisis(t, readCorpus(t, dir, "crisis"))
	head("crisis")
	b.WriteString(c.labels.table())
	fmt.Fprintf(&b, "\nDanger of any kind found: %d of %d (explicit: %d of %d). False alarms: %d of %d (hard negatives: %d of %d).\n",
		c.found, c.danger, c.explicitFound, c.explicit, c.alarms, c.none, c.hardAlarms, c.hard)
	return b.String()
}

const (
	figuresBegin = "<!-- figures -->\n"
	figuresEnd   = "<!-- end of figures -->\n"
)

// The README tells how well the coach reads sentences that nobody tuned it to. No
// figure may fall below what it says.
func TestNoFigureFallsBelowTheREADME(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), figuresBegin)
	published, after, closed := strings.Cut(rest, figuresEnd)
	if !found || !closed {
		t.Fatal("the README has no place for the figures")
	}
	now := figures(t)
	if *update {
		if err := os.WriteFile("README.md", []byte(before+figuresBegin+now+figuresEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	is, said := numbersIn(now), numbersIn(published)
	if len(said) < 30 {
		t.Fatalf("only %d figures are published", len(said))
	}
	for name, n := range said {
		if is[name] < n {
			t.Errorf("%s is %.2f now, and the README says %.2f", name, is[name], n)
		}
	}
}

var figureRow = regexp.MustCompile(`^\| ([a-z0-9:-]+(?: [a-z]+)?) +\| +([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \|$`)

// numbersIn gives the F1 and the recall in every row, by table and row; and of alarms
// the share of texts without one.
func numbersIn(text string) map[string]float64 {
	out, table := map[string]float64{}, ""
	for _, line := range strings.Split(text, "\n") {
		if name, ok := strings.CutSuffix(line, " | sentences | precision | recall | F1 |"); ok {
			table = name
		}
		if m := figureRow.FindStringSubmatch(line); m != nil {
			out[table+" "+m[1]+" F1"], _ = strconv.ParseFloat(m[5], 64)
		}
		for _, m := range alarmFigure.FindAllStringSubmatch(line, -1) {
			n, _ := strconv.ParseFloat(m[2], 64)
			of, _ := strconv.ParseFloat(m[3], 64)
			if !strings.HasPrefix(m[1], "found") && !strings.HasPrefix(m[1], "explicit") {
				n = of - n
			}
			out[table+" "+m[1]] = n / max(of, 1)
		}
	}
	return out
}

var alarmFigure = regexp.MustCompile(`(found|explicit|False alarms|false alarms on hard negatives|hard negatives): (\d+) of (\d+)`)
