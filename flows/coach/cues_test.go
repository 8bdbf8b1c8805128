package coach

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// cuedLanguage knows these cues of a danger to oneself alone.
func cuedLanguage(t *testing.T, lines string) *Language {
	t.Helper()
	l := *whole()
	stems := *l.stems
	stems.ids, stems.names = maps.Clone(stems.ids), slices.Clone(stems.names)
	k := cueLines{&stems, map[cue]weights{}, weights{9, 9, 9}}
	for line := range strings.Lines(lines) {
		if err := k.line(0, line); err != nil {
			t.Fatal(err)
		}
	}
	l.stems, l.cues = &stems, newCues(k.cues, k.bars)
	return &l
}

// sumOf gives the greatest sum of all that is weighed by itself, patterns left out.
func (l *Language) sumOf(s string) float32 {
	t, _ := l.prepare(s)
	e, most := l.evidence(t.tokens, nil), float32(-99)
	e.each(func(from, to int, _ float32) { most = max(most, e.weigh(from, to)[0]) })
	return most
}

func TestCuesAddUp(t *testing.T) {
	l := cuedLanguage(t, "# a comment\n\nbar 2\n1.5 goodbye\n1 the kids\n0.25 want _ sleep\n-3 holiday\n"+
		"4 take my own\n0.5 ^ well\n0.75 any more $\n8 =hated\n16 =hated =her\n"+
		"32 never _ see you\n64 gone for _ autumn\n128 bottle .. harbour\n256 <who> <blow> me\n")
	for _, tt := range []struct {
		text string
		want float32
	}{
		{"nothing of it", 0},
		{"goodbye", 1.5},
		{"Goodbye, THE kids", 2.5},
		{"the small kids", 0},
		{"the. kids", 0},
		{"i want to sleep", 0.25},
		{"i want sleep", 0},
		{"goodbye goodbye", 1.5},
		{"goodbye, the holiday", -1.5},
		{"i take my own", 4},
		{"i take my very own", 0},
		{"i take. my own", 0},
		{"Well. it is well", 0.5},
		{"it is well", 0},
		{"not any more", 0.75},
		{"i was scared. not any more! the end", 0.75},
		{"not any more of it", 0},
		{"i hated him", 8},
		{"i hate him", 0},
		{"i hated her", 24},
		{"i hate her", 0},
		{"i hated. her", 8},
		{"never again see you", 32},
		{"never see you", 0},
		{"gone for all autumn", 64},
		{"gone for autumn", 0},
		{"a bottle at the harbour", 128},
		{"the harbour and a bottle", 0},
		{"a bottle, and then we went down to the harbour", 0},
		{"a bottle. the harbour", 0},
		{"Tom slapped me", 256},
		{"my mum slapped me", 0},
	} {
		if got := l.sumOf(tt.text); got != tt.want {
			t.Errorf("%q adds up to %v, and should to %v", tt.text, got, tt.want)
		}
	}
}

// A long text is weighed piece by piece, whole sentences as far as there are any, and
// what counts is the heaviest piece.
func TestALongTextIsNoHeavier(t *testing.T) {
	l := cuedLanguage(t, "bar 2\n1 goodbye\n1 kettle\n1 bridge\n")
	eggs := strings.Repeat("we had eggs. ", 50)
	for _, tt := range []struct {
		text string
		want float32
	}{
		{strings.Repeat("goodbye to you all. ", 100), 1},
		{eggs + "goodbye. the bridge. " + eggs, 2},
		{"goodbye. " + eggs + "the bridge, the kettle. " + eggs, 2},
		{strings.Repeat("eggs ", 59) + "goodbye kettle " + strings.Repeat("eggs ", 500), 1}, // one sentence is cut
	} {
		if got := l.sumOf(tt.text); got != tt.want {
			t.Errorf("%.40q… adds up to %v, and should to %v", tt.text, got, tt.want)
		}
	}
}

func TestEvidenceAddsUp(t *testing.T) {
	l := cuedLanguage(t, "bar 2\n9 bridge\n4 harbour\n-9 kettle\n-9 lid\n")
	if d := l.Danger("The old bridge."); d.Crisis != SelfHarm || d.Words != "bridge" || d.By != "cues/self-harm.txt" {
		t.Errorf("%+v", d)
	}
	l = cuedLanguage(t, "bar 2\n3 bridge\n2 old bridge\n-1 lovely\n1 harbour\n-9 kettle\n-9 lid\n")
	if d := l.Danger("the harbour, the lovely old bridge, a tree"); d.Words != "old bridge" {
		t.Errorf("the words that say the most are not shown: %+v", d)
	}
	l = cuedLanguage(t, "bar 2\n9 bridge\n4 harbour\n-9 kettle\n-9 lid\n")
	if d := l.Danger("the kettle on the bridge"); d.Crisis != NoCrisis {
		t.Errorf("what speaks against a danger does nothing: %+v", d)
	}
	if d := l.Danger("the harbour"); d.Crisis != NoCrisis {
		t.Errorf("what speaks against another danger does nothing: %+v", d)
	}
	if d := l.Danger("i will kill myself in the harbour"); d.Crisis != SelfHarm || !strings.Contains(d.Words, "kill") {
		t.Errorf("a pattern does nothing: %+v", d)
	}
	if d := l.Danger("the bridge. the kettle is on. the lid is on it."); d.Crisis != SelfHarm {
		t.Errorf("a harmless sentence beside it silences a danger: %+v", d)
	}
}

func TestCueFilesAreStrict(t *testing.T) {
	k := cueLines{cuedLanguage(t, "").stems, map[cue]weights{}, weights{}}
	for _, line := range []string{"much goodbye", "1", "1 a b c d", "1 _ a", "1 a _", "1 a .. b c", "1 a _ b _ c", "1 a b .. c", "bar high", "bar 0", "floor -2"} {
		if err := k.line(0, line); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}

// People tell of a danger in the middle of other things. Harmless sentences around it
// may hide one in thirty at most, and one in seven where nothing marks where they end.
func TestWhatStandsAroundHidesNoDanger(t *testing.T) {
	l := whole()
	var dangers, harmless []string
	for i, s := range readCorpus(t, "testdata/corpus", "crisis") {
		if testing.Short() && i%20 != 0 {
			continue
		}
		switch found := l.Danger(s.Text).Crisis != NoCrisis; {
		case found && s.Crisis != NoCrisis:
			dangers = append(dangers, s.Text)
		case !found && s.Crisis == NoCrisis:
			harmless = append(harmless, s.Text)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	any := func() string { return harmless[r.IntN(len(harmless))] }
	joined := func(a, b, c string) string { return a + "\n" + b + "\n" + c }
	runOn := func(a, b, c string) string {
		return strings.ToLower(strings.NewReplacer(".", "", ",", "", "!", "", "?", "", "\n", " ").Replace(a + " " + b + " and " + c))
	}
	for _, tt := range []struct {
		name  string
		join  func(a, b, c string) string
		oneIn int
	}{{"sentences", joined, 30}, {"a run-on", runOn, 7}} {
		hidden := 0
		for _, text := range dangers {
			if l.Danger(tt.join(any(), text, any())).Crisis == NoCrisis {
				hidden++
			}
		}
		t.Logf("%s: %d of %d are hidden", tt.name, hidden, len(dangers))
		most := float64(len(dangers)) / float64(tt.oneIn)
		if testing.Short() { // chance plays a part among so few
			most += 3 * math.Sqrt(most)
		}
		if float64(hidden) > most {
			t.Errorf("%s: %d of %d dangers are not found between two harmless texts", tt.name, hidden, len(dangers))
		}
	}
}
