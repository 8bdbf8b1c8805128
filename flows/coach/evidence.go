package coach

import (
	"math"
	"slices"
)

// evidence is all that speaks for or against a danger in a text: the cues in it, and the
// patterns that fit.
type evidence struct {
	l      *Language
	tokens []token
	cues   []sighting
	hits   []hit      // of dangers, outside their exceptions, by their places
	except exceptions // which speak against all dangers
	room   bitset
}

// sighting is a cue in a text, with its tokens.
type sighting struct{ cue, from, to int32 }

// What patterns weigh beside the cues: the first that fits for a danger, each of the next
// three, and each of two exceptions. They were chosen, as what stands below was, on
// sentences of writers whom hardly a pattern had been tuned to; README.md has the figures.
const (
	firstPattern  = 2.0
	furtherOnes   = 1.6
	mostFurther   = 3
	oneException  = -1.3
	mostException = 2
)

// What is weighed: a passage, in words at most, so that a long text is no more dangerous
// than a short one (few of the sentences that cues were learnt from are longer); each
// sentence of it; and of a sentence longer than a stretch, stretches that overlap.
const (
	passage     = 60
	stretch     = 16
	stretchStep = 6
)

// otherDanger is how much of what speaks for the second danger is added to the first:
// that something is dangerous can be plainer than what.
const otherDanger = 0.25

// partly is what is added for a part of a passage of so many words: by itself it leaves more
// open, above all where the passage is short, and the whole of it says enough.
func partly(words int) float32 {
	const least, more, short = 0.3, 2, 36
	return -least - more*float32(max(0, short-words))/short
}

// verdict is the danger that the evidence speaks of the most, as its place among those
// weighed or -1, and the tokens that were weighed.
type verdict struct {
	danger   int
	from, to int
}

// over gives the danger that sums are the furthest over the bar of, and by how much.
func (k *cues) over(sums weights) (danger int, by float32) {
	for d := range sums {
		sums[d] -= k.bars[d]
		if sums[d] > sums[danger] {
			danger = d
		}
	}
	second := float32(math.Inf(-1))
	for d, by := range sums {
		if d != danger {
			second = max(second, by)
		}
	}
	return danger, sums[danger] + otherDanger*second
}

// evidence gathers what speaks for or against a danger.
func (l *Language) evidence(t []token, hits []hit) *evidence {
	e := &evidence{l: l, tokens: t, cues: make([]sighting, 0, 8*len(t)), room: make(bitset, len(l.cues.weights)/64+1)}
	e.except, e.hits = sift(hits)
	e.hits = slices.DeleteFunc(e.hits, func(h hit) bool {
		return !slices.Contains(weighed[:], Crisis(h.pattern.sign.name)) || e.except.cover(h)
	})
	l.eachCue(t, func(c cue, from, to int) {
		if n, ok := l.cues.number(c); ok {
			e.cues = append(e.cues, sighting{int32(n), int32(from), int32(to)})
		}
	})
	return e
}

// each calls fn for everything that is weighed by itself, with what is added for that:
// passages, of whole sentences as far as there are any, and their parts, which are sentences
// and stretches of long ones.
func (e *evidence) each(fn func(from, to int, less float32)) {
	for i, stop := 0, 0; i < len(e.tokens); i = stop {
		stop = passageEnd(e.tokens, i)
		fn(i, stop, 0)
		less := partly(stop - i)
		for from, to := i, i; from < stop; from = to {
			for to = from + 1; to < stop && e.tokens[to].flags&sentenceStart == 0; to++ {
			}
			if to-from < stop-i {
				fn(from, to, less)
			}
			for at := from; to-from > stretch && at < to; at += stretchStep {
				fn(at, min(at+stretch, to), less)
				if at+stretch >= to {
					break
				}
			}
		}
	}
}

// passageEnd gives the end of the passage from the token at i on: that of the last sentence
// which fits into it, or of what fits.
func passageEnd(t []token, i int) int {
	end := min(len(t), i+passage)
	for at := end; at > i && end < len(t); at-- {
		if t[at].flags&sentenceStart != 0 {
			return at
		}
	}
	return end
}

// weigh adds up what speaks for each danger from one token to before another one. A cue
// that comes again adds nothing.
func (e *evidence) weigh(from, to int) weights {
	sum := e.patterns(from, to)
	at, _ := slices.BinarySearchFunc(e.cues, from, func(s sighting, from int) int { return int(s.from) - from })
	stop := at
	for ; stop < len(e.cues) && int(e.cues[stop].from) < to; stop++ {
		s := e.cues[stop]
		if int(s.to) > to || e.room.has(int(s.cue)) {
			continue
		}
		e.room.add(int(s.cue))
		for d, w := range e.l.cues.weights[s.cue] {
			sum[d] += w
		}
	}
	for _, s := range e.cues[at:stop] {
		e.room.remove(int(s.cue))
	}
	return sum
}

// patterns gives what the patterns weigh that fit from one token to before another one.
func (e *evidence) patterns(from, to int) weights {
	var out weights
	for d, c := range weighed {
		if n := e.fitting(c, from, to); n > 0 {
			out[d] += firstPattern + furtherOnes*float32(n-1)
		}
	}
	n := 0
	at, _ := slices.BinarySearchFunc(e.except.hits, from, func(h hit, from int) int { return h.from - from })
	for ; at < len(e.except.hits) && e.except.hits[at].from < to && n < mostException; at++ {
		n++
	}
	for d := range out {
		out[d] += oneException * float32(n)
	}
	return out
}

// fitting counts the patterns of a danger that fit in a place, up to those that weigh.
func (e *evidence) fitting(c Crisis, from, to int) int {
	var seen [mostFurther + 1]*pattern
	n := 0
	at, _ := slices.BinarySearchFunc(e.hits, from, func(h hit, from int) int { return h.open - from })
	for ; at < len(e.hits) && e.hits[at].open < to && n < len(seen); at++ {
		if p := e.hits[at].pattern; Crisis(p.sign.name) == c && !slices.Contains(seen[:n], p) {
			seen[n] = p
			n++
		}
	}
	return n
}

// verdict finds where the evidence is the furthest over a bar.
func (e *evidence) verdict() verdict {
	out, most := verdict{danger: -1}, float32(0)
	e.each(func(from, to int, less float32) {
		danger, by := e.l.cues.over(e.weigh(from, to))
		by += less
		if by > most {
			out, most = verdict{danger, from, to}, by
		}
	})
	return out
}

// strongest gives what tells of a danger in the tokens weighed: a pattern's trigger and
// source if one fits, or else the few words whose cues say the most.
func (e *evidence) strongest(v verdict) (from, to int, by string) {
	for _, h := range e.hits {
		if Crisis(h.pattern.sign.name) == weighed[v.danger] && h.open >= v.from && h.open < v.to {
			return h.open, h.shut, h.pattern.source
		}
	}
	from, to = e.heaviest(v)
	return from, to, cueFile(weighed[v.danger])
}

// shown is how many words are shown of what cues tell of, at most.
const shown = 6

// heaviest gives the few words whose cues speak the most for a danger.
func (e *evidence) heaviest(v verdict) (from, to int) {
	most := float32(math.Inf(-1))
	for size := range shown {
		for at := v.from; at+size < v.to; at++ {
			if sum := e.cuesIn(at, at+size+1, v.danger); sum > most {
				most, from, to = sum, at, at+size+1
			}
		}
	}
	return from, to
}

// cuesIn adds up what the cues say of a danger from one token to before another one.
func (e *evidence) cuesIn(from, to, danger int) (sum float32) {
	at, _ := slices.BinarySearchFunc(e.cues, from, func(s sighting, from int) int { return int(s.from) - from })
	for ; at < len(e.cues) && int(e.cues[at].from) < to; at++ {
		if s := e.cues[at]; int(s.to) <= to {
			sum += e.l.cues.weights[s.cue][danger]
		}
	}
	return sum
}
