package coach

import (
	"slices"
	"strings"
	"testing"
)

// written gives the cues of a text as a file would have them.
func (l *Language) written(s string) (out []string) {
	t, _ := l.prepare(s)
	l.eachCue(t.tokens, func(c cue, _, _ int) { out = append(out, c.written(l.stems)) })
	return out
}

func TestCuesOfASentence(t *testing.T) {
	l := whole()
	for _, tt := range []struct {
		text, has, lacks string // lists of cues, with commas between them
	}{
		{"he hit me on tuesday", "he hit me, <who> <blow> me, he _ me on, he hit _ on, ^ _ hit, ^ <who> _ me, on tuesday $, me on <when>, =hit me", "me he, he _ _ on, he .. hit"},
		{"Tom hid the bottle near the old harbour", "bottl .. harbour, hid .. old, <who> hid", "tom .. hid, bottl .. near the, the .. bottl"},
		{"he has 3 knives", "have # knives, <who> <aux> #, <aux> # <weapon>", "#, # knives"},
		{"he xqzzx me", "he, me, he _ me", "he me, ^ _ me"},
		{"no. you left", "^ no $, ^ you, you left $", "no you, no _ left"},
	} {
		got := l.written(tt.text)
		for _, want := range strings.Split(tt.has, ", ") {
			if !slices.Contains(got, l.stemmed(want)) {
				t.Errorf("%q lacks the cue %q, of %q", tt.text, l.stemmed(want), got)
			}
		}
		for _, not := range strings.Split(tt.lacks, ", ") {
			if slices.Contains(got, l.stemmed(not)) {
				t.Errorf("%q has the cue %q", tt.text, not)
			}
		}
	}
}

// stemmed gives the words of a cue without their endings.
func (l *Language) stemmed(cue string) string {
	words := strings.Fields(cue)
	for i, w := range words {
		words[i] = l.stems.stem(w)
	}
	return strings.Join(words, " ")
}
