package flows_test

import (
	"io/fs"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows/coach"
	"kintsugi/flows/content"
)

// line is an entry of the bank of lines to practise on.
type line struct {
	Line  string   `yaml:"line"`
	Rules []string `yaml:"rules"`
	Now   string   `yaml:"now"`
}

func practiceLines(t *testing.T) []line {
	t.Helper()
	data, err := fs.ReadFile(content.FS, "lines.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Bank    string `yaml:"bank"`
		Entries []line `yaml:"entries"`
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Entries
}

// Whoever practises on a line is shown a version that the coach has nothing to say about,
// and the line itself is mostly one that it has something to say about: some break their
// rule in a way that only a person sees. None of it is a matter of danger, and the crisis
// floor takes few for it.
func TestLinesToPractiseOn(t *testing.T) {
	lines := practiceLines(t)
	if len(lines) < 120 {
		t.Errorf("only %d lines", len(lines))
	}
	seen := map[string]bool{}
	good, found, alarms := 0, 0, 0
	for _, l := range lines {
		if seen[l.Line] {
			t.Errorf("stands twice: %s", l.Line)
		}
		seen[l.Line] = true
		if coach.English().Read(coach.Statement, l.Now).Good() {
			good++
		} else {
			t.Logf("not good: %s", l.Now)
		}
		if slices.ContainsFunc(coach.English().Read(coach.Statement, l.Line).Rules(), func(rule string) bool { return slices.Contains(l.Rules, rule) }) {
			found++
		}
		for _, text := range []string{l.Line, l.Now} {
			if coach.English().Danger(text).Crisis != coach.NoCrisis {
				alarms++
			}
		}
	}
	t.Logf("of %d: %d good, the rule found in %d, %d alarms", len(lines), good, found, alarms)
	if good < len(lines)*97/100 || found < len(lines)*60/100 || alarms > 2*len(lines)*3/100 {
		t.Errorf("of %d: %d good, the rule found in %d, %d alarms", len(lines), good, found, alarms)
	}
}
