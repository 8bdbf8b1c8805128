package coach

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A cue says little alone: a word in any of its forms ("goodbye"), two of them next to each
// other or with one between them ("the kids", "without _ me"), three in a row, or a word or
// two next to each other in just this form ("=wanted to"). Where a sentence begins and ends
// counts as a word. Each has a weight for a danger, learnt from the labelled sentences.
type cue struct {
	first, second, third stemID // the others are 0 for a word alone
	apart                bool   // a word stands between the first and the second
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

// mostStems is how many stems cues have room for.
const mostStems = 1 << 15

func (c cue) head() stemID { return c.first }

// follows gives what follows the first word of a cue as one number.
func (c cue) follows() uint32 {
	n := uint32(c.second)<<17 | uint32(c.third)<<1
	if c.apart {
		n++
	}
	return n
}

// cueOf gives the cue of a first word and of what follows it.
func cueOf(first int, follows uint32) cue {
	return cue{stemID(first), stemID(follows >> 17), stemID(follows >> 1 & 0xffff), follows&1 == 1}
}

// newCues puts cues in order.
func newCues(all map[cue]weights, bars weights) cues {
	k := cues{bars: bars}
	k.behind, k.weights = inOrder(all)
	return k
}

// number gives the place of a cue among them all.
func (k *cues) number(c cue) (int, bool) { return placeOf(&k.behind, c) }

// eachCue calls fn for the cues of a text, with the tokens that each begins and ends at.
// Words that nobody knows are none, nor is what begins with a number, and no cue reaches
// into another sentence.
func (l *Language) eachCue(t []token, fn func(c cue, from, to int)) {
	s := l.stems
	for i := range t {
		if i == 0 || t[i-1].sentence != t[i].sentence {
			l.cuesFrom(sentenceBegins, t, i, i, fn)
		}
		if t[i].flags&numeric != 0 || t[i].id == l.number || t[i].id == 0 {
			continue
		}
		a := s.of[t[i].id]
		fn(cue{first: a}, i, i+1)
		l.cuesFrom(a, t, i, i+1, fn)
		exact := s.exact[t[i].id]
		if exact != a {
			fn(cue{first: exact}, i, i+1)
		}
		if i+1 == len(t) || t[i+1].sentence != t[i].sentence {
			continue
		}
		if id := l.cued(t[i+1]); s.exact[id] != s.of[id] || exact != a && id != 0 {
			fn(cue{first: exact, second: s.exact[id]}, i, i+2)
		}
	}
}

// cuesFrom calls fn for the cues of several words that begin at a token with a first one,
// and go on with those from next on.
func (l *Language) cuesFrom(first stemID, t []token, at, next int, fn func(c cue, from, to int)) {
	second, to := l.stemNear(t, at, next)
	third, toThird := l.stemNear(t, at, next+1)
	if second != 0 {
		fn(cue{first: first, second: second}, at, to)
	}
	if third != 0 {
		fn(cue{first: first, second: third, apart: true}, at, toThird)
	}
	if second != 0 && third != 0 {
		fn(cue{first: first, second: second, third: third}, at, toThird)
	}
}

// stemNear gives what stands at i in the sentence that a token at is in, and where it ends:
// a stem, or the end of the sentence right behind it, or 0.
func (l *Language) stemNear(t []token, at, i int) (stemID, int) {
	switch {
	case i < len(t) && t[i].sentence == t[at].sentence:
		return l.stems.of[l.cued(t[i])], i + 1
	case i <= len(t) && t[i-1].sentence == t[at].sentence:
		return sentenceEnds, i
	}
	return 0, i
}

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
	words := fields[1:]
	apart := len(words) == 3 && words[1] == "_"
	if apart {
		words = slices.Delete(words, 1, 2)
	}
	if len(words) == 0 || len(words) > 3 {
		return fmt.Errorf("a cue is up to three words, or two with a _ between them")
	}
	c := cue{apart: apart}
	for i, at := range []*stemID{&c.first, &c.second, &c.third}[:len(words)] {
		*at = k.stems.id(words[i])
	}
	all := k.cues[c]
	all[d] = float32(w)
	k.cues[c] = all
	return nil
}

// written gives a cue as its file has it.
func (c cue) written(s *stems) string {
	out := s.names[c.first]
	if c.apart {
		out += " _"
	}
	for _, id := range []stemID{c.second, c.third} {
		if id != 0 {
			out += " " + s.names[id]
		}
	}
	return out
}
