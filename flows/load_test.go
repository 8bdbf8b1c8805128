package flows_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"kintsugi/flows"
	"kintsugi/flows/content"
)

// example is a few files with mistakes in them, each marked where it stands.
type example struct {
	name  string
	place string // its archive and name: names alone are not all different
	files fstest.MapFS
}

// brokenExamples reads the examples of testdata/broken. Files in one folder of an
// archive are one example; every other file is one of its own.
func brokenExamples(t *testing.T) []example {
	t.Helper()
	archives, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no examples", err)
	}
	var out []example
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			folder, _, _ := strings.Cut(f.Name, "/")
			if len(out) == 0 || out[len(out)-1].name != folder {
				out = append(out, example{folder, name + " " + folder, fstest.MapFS{}})
			}
			out[len(out)-1].files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return out
}

// problemsFound are the problems of the examples that have been read, by place: each reads
// the whole content anew.
var problemsFound = map[string][]flows.Problem{}

// problems gives what is found wrong with an example.
func (e example) problems() []flows.Problem {
	if _, read := problemsFound[e.place]; !read {
		problemsFound[e.place] = flows.Read(smallContent(), e.files).Problems()
	}
	return slices.Clone(problemsFound[e.place])
}

var mark = regexp.MustCompile(`# (want|mild): `)

// marked gives the problems that an example says it has.
func (e example) marked() []flows.Problem {
	var out []flows.Problem
	for name, f := range e.files {
		for i, line := range strings.Split(string(f.Data), "\n") {
			marks := mark.FindAllStringSubmatch(line, -1)
			for j, text := range mark.Split(line, -1)[1:] {
				out = append(out, flows.Problem{
					File: name, Line: i + 1, Text: strings.TrimSpace(text), Mild: marks[j][1] == "mild",
				})
			}
		}
	}
	return out
}

// isMarked says whether a problem is the one that a mark speaks of.
func isMarked(p, mark flows.Problem) bool {
	return p.File == mark.File && p.Line == mark.Line && p.Mild == mark.Mild && strings.Contains(p.Text, mark.Text)
}

func TestEachMistakeIsReportedWithItsFileAndLine(t *testing.T) {
	for _, e := range brokenExamples(t) {
		t.Run(e.name, func(t *testing.T) {
			found := e.problems()
			for _, m := range e.marked() {
				i := slices.IndexFunc(found, func(p flows.Problem) bool { return isMarked(p, m) })
				if i < 0 {
					t.Errorf("not reported (mild: %v): %s", m.Mild, m)
					continue
				}
				found = slices.Delete(found, i, i+1)
			}
			for _, p := range found {
				t.Errorf("reported too (mild: %v): %s", p.Mild, p)
			}
		})
	}
}

// faultCall finds what the package can report, in its own source.
var faultCall = regexp.MustCompile(`\b(?:fault|mild)\((?:lineOf\("\w+"\)|[^"\n])*"((?:[^"\\\n]|\\.)*)"|Problem\{File: "[^"\n]*", Text: "((?:[^"\\\n]|\\.)*)"`)

func TestEachKindOfMistakeHasAnExample(t *testing.T) {
	var found []flows.Problem
	for _, e := range brokenExamples(t) {
		found = append(found, e.problems()...)
	}
	found = append(found, flows.Read().Problems()...)
	found = append(found, flows.Read(fstest.MapFS{"p.yaml": {Data: []byte("phrases: {stale: Old.}")}}).Problems()...)
	found = append(found, flows.Read(content.FS, brokenFS{}).Problems()...)
	found = append(found, germanBook(t).Problems()...)
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range faultCall.FindAllStringSubmatch(string(source), -1) {
			kinds++
			form := formatPattern(m[1] + m[2])
			if !slices.ContainsFunc(found, func(p flows.Problem) bool { return form.MatchString(p.Text) }) {
				t.Errorf("%s can report %q, and no example shows it", name, m[1]+m[2])
			}
		}
	}
	if kinds < 50 {
		t.Errorf("found only %d kinds of mistake in the source: has the way they are reported changed?", kinds)
	}
}

var verb = regexp.MustCompile(`%[qsd]`)

// formatPattern matches the beginning of what a format can make.
func formatPattern(format string) *regexp.Regexp {
	format = strings.ReplaceAll(format, `\"`, `"`)
	parts := verb.Split(format, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile("^" + strings.Join(parts, ".*"))
}

func TestContentHasNoProblemNotEvenAMildOne(t *testing.T) {
	for _, p := range flows.Read(content.FS).Problems() {
		t.Error(p)
	}
	if _, err := flows.Load(content.FS); err != nil {
		t.Error(err)
	}
}

const manyMistakes = `id: test.many
title: Many
colour: red
for: nobody
steps:
  - {id: a, ask: "How?", type: scale, min: 7, max: 3, save: how}
  - {id: a, say: "{{.hwo}}"}
  - {id: b, goto: nowhere}
  - {id: c, say: Hello., when: how > "three"}
  - {id: d}
`

func TestAllMistakesOfAFileComeAtOnceAndInOrder(t *testing.T) {
	_, err := flows.Load(content.FS, fstest.MapFS{"many.yaml": {Data: []byte(manyMistakes)}})
	var broken *flows.BrokenError
	if !errors.As(err, &broken) {
		t.Fatalf("got %v, want a BrokenError", err)
	}
	var lines []string
	for _, p := range broken.Problems {
		if p.Mild {
			t.Errorf("a mild problem stops the book: %s", p)
		}
		lines = append(lines, fmt.Sprintf("%s:%d", p.File, p.Line))
	}
	want := []string{
		"many.yaml:3", "many.yaml:4", "many.yaml:6", "many.yaml:7", "many.yaml:7",
		"many.yaml:8", "many.yaml:9", "many.yaml:9", "many.yaml:10", "many.yaml:10",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %v, want %v:\n%s", lines, want, err)
	}
	for _, line := range want {
		if !strings.Contains(err.Error(), line+": ") {
			t.Errorf("the error does not name %s:\n%s", line, err)
		}
	}
}

func TestProblemsComeInTheSameOrderEachTime(t *testing.T) {
	var first string
	for range 20 {
		_, err := flows.Load(content.FS, fstest.MapFS{"many.yaml": {Data: []byte(manyLong)}})
		if err == nil {
			t.Fatal("loaded")
		}
		if first == "" {
			first = err.Error()
		}
		if err.Error() != first {
			t.Fatalf("once\n%s\nand once\n%s", first, err)
		}
	}
}

// manyLong has mistakes of the same kind in one line.
var manyLong = `id: test.many
title: Many
steps: [{id: a, ask: ` + strings.Repeat("a ", 900) + `, skip: ` + strings.Repeat("b ", 90) + `}, {id: b, say: ` + strings.Repeat("c ", 1000) + `}]
`

func TestABookNeedsAGreetingPhrasesAndWords(t *testing.T) {
	var got []string
	for _, p := range flows.Read().Problems() {
		got = append(got, p.String())
	}
	want := []string{
		".: no flow has the command start, to greet people",
		"phrases.yaml: there is no file with phrases",
		"words.yaml: there is no file with the words of answers",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAPhraseThatIsMissingIsNamed(t *testing.T) {
	files := fstest.MapFS{"p.yaml": {Data: []byte("phrases:\n  stale: Too late.\n")}}
	for _, p := range flows.Read(files).Problems() {
		if p.String() == `p.yaml:2: the phrase "went-wrong" is missing` {
			return
		}
	}
	t.Error("not reported")
}

// brokenFS can't be read.
type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestFilesThatCanNotBeReadAreAMistake(t *testing.T) {
	_, err := flows.Load(content.FS, brokenFS{})
	if err == nil || !strings.Contains(err.Error(), "the flows can't be read") {
		t.Errorf("got %v", err)
	}
}

func TestAFlowInALaterFileSystemReplacesAnEarlierOne(t *testing.T) {
	book := bookOf(t, "id: recurring.gratitude\ncommand: gratitude\ndoes: less\ntitle: Another\nsteps:\n  - {id: only, end: Shorter.}\n")
	if got := newChat(t, book).say("/gratitude"); got != "Shorter." {
		t.Errorf("got %q", got)
	}
}
