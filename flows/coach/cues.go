package coach

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A cue is a word in any of its forms, or two of them next to each other or with one
// between them, that says little alone: "goodbye", "the kids", "without _ me". Each has a
// weight for a danger, learnt from the labelled sentences.
type cue struct {
	first, second stemID // the second is 0 for a word alone
	apart         bool   // a word stands between them
}

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

// follows gives what follows the first word of a cue as one number.
func (c cue) follows() uint32 {
	n := uint32(c.second) << 1
	if c.apart {
		n++
	}
	return n
}

// newCues puts cues in order.
func newCues(all map[cue]weights, bars weights) cues {
	k := cues{bars: bars, weights: make([]weights, 0, len(all))}
	order := slices.SortedFunc(maps.Keys(all), func(a, b cue) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.follows(), b.follows()))
	})
	for len(order) > 0 {
		var list []uint32
		first := stemID(k.behind.size())
		for len(order) > 0 && order[0].first == first {
			list = append(list, order[0].follows())
			k.weights = append(k.weights, all[order[0]])
			order = order[1:]
		}
		k.behind.add(list...)
	}
	k.behind.clip()
	return k
}

// number gives the place of a cue among them all.
func (k *cues) number(c cue) (int, bool) {
	if int(c.first) >= k.behind.size() {
		return 0, false
	}
	n, ok := slices.BinarySearch(k.behind.of(int(c.first)), c.follows())
	return int(k.behind.from[c.first]) + n, ok
}

// eachCue calls fn for the cues of a text, with the tokens that each begins and ends at.
// Words that nobody knows are none, nor is what begins with a number, and no cue reaches
// into another sentence.
func (l *Language) eachCue(t []token, fn func(c cue, from, to int)) {
	for i := range t {
		if t[i].flags&numeric != 0 || t[i].id == l.number || t[i].id == 0 {
			continue
		}
		a := l.stems.of[t[i].id]
		fn(cue{first: a}, i, i+1)
		for gap := 1; gap <= 2 && i+gap < len(t) && t[i+gap].sentence == t[i].sentence; gap++ {
			id := t[i+gap].id
			if t[i+gap].flags&numeric != 0 {
				id = l.number
			}
			if id != 0 {
				fn(cue{a, l.stems.of[id], gap == 2}, i, i+gap+1)
			}
		}
	}
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
// as "1.25 want to" and "-0.40 my _ sister".
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
		lines := bufio.NewScanner(bytes.NewReader(data))
		for n := 1; lines.Scan(); n++ {
			if err := k.line(d, lines.Text()); err != nil {
				ld.fault(fmt.Sprintf("%s:%d", file, n), err)
			}
		}
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
	words := fields[1:]
	apart := len(words) == 3 && words[1] == "_"
	if apart {
		words = slices.Delete(words, 1, 2)
	}
	if len(words) == 0 || len(words) > 2 {
		return fmt.Errorf("a cue is a word, two words, or two with a _ between them")
	}
	c := cue{first: k.stems.id(words[0]), apart: apart}
	if len(words) == 2 {
		c.second = k.stems.id(words[1])
	}
	all := k.cues[c]
	all[d] = float32(w)
	k.cues[c] = all
	return nil
}

// written gives a cue as its file has it.
func (c cue) written(s *stems) string {
	switch {
	case c.second == 0:
		return s.names[c.first]
	case c.apart:
		return s.names[c.first] + " _ " + s.names[c.second]
	}
	return s.names[c.first] + " " + s.names[c.second]
}
