package coach

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

// sample is a sentence as it is learnt from: the numbers of its cues, in the whole and in
// everything that is weighed by itself, with what patterns weigh there.
type sample struct {
	cues     []int
	weighed  []weighing
	crisis   Crisis
	fold     int
	danger   bool // it stands in a corpus of dangers, as a danger or as none
	hunted   bool // it was written to be misread
	everyday bool // it is of those that people say on most days
}

type weighing struct {
	cues     []int
	patterns weights
	less     float32
}

// samples reads all sentences, and gives the cues by number.
func samples(t *testing.T, l *Language) ([]sample, []cue) {
	var all []labelled
	for _, kind := range []string{"crisis", "hunted-danger", "statement", "draft", "everyday"} {
		all = append(all, readCorpus(t, "testdata/corpus", kind)...)
	}
	for _, p := range l.books[crisisMode].patterns {
		all = append(all, examples(p)...)
	}
	texts, seen := make([]*text, len(all)), map[cue]int{}
	for i, s := range all {
		texts[i], _ = l.prepare(s.Text)
		for _, c := range cuesOf(l, texts[i].tokens, 0, len(texts[i].tokens)) {
			seen[c]++
		}
	}
	numbers, names := map[cue]int{}, []cue{}
	known := func(list []cue) []int {
		var out []int
		for _, c := range list {
			if seen[c] < learnSeldom {
				continue
			}
			if _, ok := numbers[c]; !ok {
				numbers[c] = len(names)
				names = append(names, c)
			}
			out = append(out, numbers[c])
		}
		return out
	}
	var files []string
	out := make([]sample, len(all))
	for i, s := range all {
		if !slices.Contains(files, s.file) {
			files = append(files, s.file)
		}
		out[i] = sample{cues: known(cuesOf(l, texts[i].tokens, 0, len(texts[i].tokens))), crisis: cmp.Or(s.Crisis, NoCrisis), fold: slices.Index(files, s.file) % learnFolds, danger: strings.HasPrefix(s.file, "crisis-"), hunted: strings.HasPrefix(s.file, huntedFiles), everyday: strings.HasPrefix(s.file, "everyday")}
		if out[i].danger {
			_, hits := l.prepare(s.Text)
			e := l.evidence(texts[i].tokens, l.books[crisisMode].hits(l.vocabulary, texts[i].tokens, hits))
			e.each(func(from, to int, less float32) {
				own := cuesOf(l, e.tokens, from, to)
				out[i].weighed = append(out[i].weighed, weighing{known(own), e.patterns(from, to), less})
			})
		}
	}
	return out, names
}

// cuesOf gives the cues of a text from one token to before another one, each once.
func cuesOf(l *Language, t []token, from, to int) []cue {
	var out []cue
	once := map[cue]bool{}
	l.eachCue(t, func(c cue, first, end int) {
		if first >= from && end <= to && !once[c] {
			once[c] = true
			out = append(out, c)
		}
	})
	return out
}

// examples gives the sentences that stand beside a pattern of a danger, as labelled ones.
func examples(p *pattern) []labelled {
	c := Crisis(p.sign.name)
	if !slices.Contains(weighed[:], c) {
		return nil
	}
	yes, no := c, NoCrisis
	if p.except {
		yes, no = no, yes
	}
	return []labelled{{Text: p.yes, Crisis: yes, file: p.source}, {Text: p.no, Crisis: no, file: p.source}}
}
