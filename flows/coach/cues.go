package coach

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A cue says little alone: a word in any of its forms ("goodbye"); two or three of them in a
// row, one word left out or none ("the kids", "without _ me", "never _ see me"); two that say
// more than most, not far from each other ("bottle .. pills"); or a word or two next to each
// other in just this form ("=wanted to"). Beside one of two or three in a row stands another, of
// the kinds of those words that have one ("<who> <blow> me"). Where a sentence begins and ends
// counts as a word. Each has a weight for a danger, learnt from the labelled sentences.
type cue struct {
	first, second, third stemID // the others are 0 for a word alone
	gap                  gap
}

// gap says where words may stand between those of a cue.
type gap uint32

const (
	tight gap = iota
	early     // one between the first and the second
	late      // one between the second and the third; of two words, some between them
)

// weights are what something says of each danger.
type weights [len(weighed)]float32

// weighed are the dangers that cues are kept for; each has a file of its name.
var weighed = [...]Crisis{SelfHarm, HarmOthers, Violence}

// cues are all of a language, in order. A danger is told of where the evidence is over its
// bar.
type cues struct {
	behind  runs[uint32] // by first word: what may follow it, in order
	weights []weights    // of each of those
	bars    weights
}

// mostStems is how many stems cues have room for.
const mostStems = 1 << 15

func (c cue) head() stemID { return c.first }

// follows gives what follows the first word of a cue as one number.
func (c cue) follows() uint32 {
	return uint32(c.second)<<17 | uint32(c.third)<<2 | uint32(c.gap)
}

// cueOf gives the cue of a first word and of what follows it.
func cueOf(first int, follows uint32) cue {
	return cue{stemID(first), stemID(follows >> 17), stemID(follows >> 2 & (mostStems - 1)), gap(follows & 3)}
}

// newCues puts cues in order.
func newCues(all map[cue]weights, bars weights) cues {
	k := cues{bars: bars}
	k.behind, k.weights = inOrder(all)
	return k
}

// number gives the place of a cue among them all.
func (k *cues) number(c cue) (int, bool) { return placeOf(&k.behind, c) }

// cued gives the word that a token is in cues: one is any number.
func (l *Language) cued(t token) wordID {
	if t.flags&numeric != 0 {
		return l.number
	}
	return t.id
}

// cueFile is where the cues of a danger stand.
func cueFile(c Crisis) string { return path.Join("cues", string(c)+".txt") }

// cueLines gathers the lines of the files of cues.
type cueLines struct {
	stems *stems
	cues  map[cue]weights
	bars  weights
}

// cues reads the weights of each danger: a file has the line "bar 3.20", and lines such
// as "1.25 want to" and "-0.40 my _ sister". A sentence begins at ^ and ends at $, and
// "=wanted" is a word in just this form.
func (ld *loader) cues() {
	l := ld.l
	l.stems = newStems(l.vocabulary)
	k := cueLines{stems: l.stems, cues: map[cue]weights{}}
	for d, name := range weighed {
		file := cueFile(name)
		data, err := fs.ReadFile(ld.fsys, file)
		if err != nil {
			ld.fault(file, err)
			continue
		}
		ld.eachLine(file, data, func(line string) error { return k.line(d, line) })
	}
	if n := len(l.stems.names); n > mostStems {
		ld.fault(path.Dir(cueFile(SelfHarm)), fmt.Errorf("there are %d stems, and there is room for %d", n, mostStems))
		return
	}
	l.cues = newCues(k.cues, k.bars)
}

// line takes a line of the file of a danger.
func (k *cueLines) line(d int, line string) error {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(line, "#") {
		return nil
	}
	if fields[0] == "bar" && len(fields) == 2 {
		bar, err := strconv.ParseFloat(fields[1], 32)
		if k.bars[d] = float32(bar); err == nil && bar <= 0 {
			err = fmt.Errorf("a bar is above 0, so that a text without cues is under it")
		}
		return err
	}
	w, err := strconv.ParseFloat(fields[0], 32)
	if err != nil {
		return fmt.Errorf("%q is no weight", fields[0])
	}
	c, err := k.cue(fields[1:])
	if err != nil {
		return err
	}
	all := k.cues[c]
	all[d] = float32(w)
	k.cues[c] = all
	return nil
}

// betweens are how a file has what may stand between the words of a cue.
const (
	oneBetween  = "_"
	someBetween = ".."
)

// cue reads a cue as its file has it.
func (k *cueLines) cue(words []string) (cue, error) {
	var c cue
	mark := 0 // where it stands
	switch n := len(words); {
	case n == 3 && words[1] == someBetween:
		c.gap, mark = late, 1
	case n >= 3 && words[1] == oneBetween:
		c.gap, mark = early, 1
	case n == 4 && words[2] == oneBetween:
		c.gap, mark = late, 2
	}
	if mark > 0 {
		words = slices.Delete(slices.Clone(words), mark, mark+1)
	}
	at := []*stemID{&c.first, &c.second, &c.third}
	if len(words) == 0 || len(words) > len(at) || slices.Contains(words, oneBetween) || slices.Contains(words, someBetween) {
		return c, fmt.Errorf("a cue is up to three words, with one %s between two of them, or two with a %s", oneBetween, someBetween)
	}
	for i, w := range words {
		*at[i] = k.stems.id(w)
	}
	return c, nil
}

// written gives a cue as its file has it.
func (c cue) written(s *stems) string {
	words := []string{s.names[c.first]}
	for i, id := range []stemID{c.second, c.third} {
		switch {
		case id == 0:
			continue
		case c.gap == late && c.third == 0:
			words = append(words, someBetween)
		case c.gap == early && i == 0 || c.gap == late && i == 1:
			words = append(words, oneBetween)
		}
		words = append(words, s.names[id])
	}
	return strings.Join(words, " ")
}
