package coach

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// hunches are what the words of a passage say of rules and parts: there are more ways of saying
// something than anybody writes patterns for. Each word, and two in a row, has a weight for each
// rule and part, and so have the others that patterns found there. What they come to gives a
// rule or a part that no pattern found, for the clause that says the most, and takes away a part
// that one found. Rules are taken away by doubts.
type hunches struct {
	signs   []*sign
	base    []float32 // of each: what speaks for it before a word is read
	beside  []float32 // likewise, of each that a pattern found there, itself included
	behind  runs[uint32]
	weights []float32 // of a word, and of two, for each
	bars    hunchBars
	found   []*pattern // of each: it stands for the pattern that there is none of
}

// hunchBars are what it has to come to, or stays under.
type hunchBars struct {
	rule  float32 // over it a rule is given
	block float32 // over it one that can't be shared
	part  float32 // over it a part is given
	lost  float32 // under it a part that a pattern found is taken away
}

// each calls fn with the bars and their names.
func (b *hunchBars) each(fn func(name string, bar *float32)) {
	fn("rule", &b.rule)
	fn("block", &b.block)
	fn("part", &b.part)
	fn("lost", &b.lost)
}

// of gives the bar that a rule or part is given over.
func (b *hunchBars) of(s *sign) float32 {
	switch {
	case s.kind == partSign:
		return b.part
	case s.blocks:
		return b.block
	}
	return b.rule
}

// hunch is a word, or two in a row.
type hunch struct{ first, second stemID } // second is 0 for a word alone

func (h hunch) head() stemID    { return h.first }
func (h hunch) follows() uint32 { return uint32(h.second) }

// notOwn are the traits of words that are somebody else's, or were never said: they say
// nothing of what the writer does.
const notOwn = quoted | reported | denied

// finish makes what is given on a hunch come from its file.
func (h *hunches) finish(m Mode) {
	h.found = make([]*pattern, len(h.signs))
	for i, s := range h.signs {
		h.found[i] = &pattern{sign: s, source: hunchFile(m)}
	}
}

// place gives the place of a rule or part among those that there are hunches of, or -1.
func (h *hunches) place(s *sign) int { return slices.IndexFunc(h.signs, s.is) }

// of gives what a word, or two, say of each rule.
func (h *hunches) of(w hunch) []float32 {
	n, ok := placeOf(&h.behind, w)
	if !ok {
		return nil
	}
	return h.weights[n*len(h.signs) : (n+1)*len(h.signs)]
}

// clue is a word, or two, in a text: the token that it begins at, and what it says.
type clue struct {
	at  int
	say []float32
}

// withHunches adds to what patterns found what they may have missed, and takes away what they
// may have taken for a part. Each passage is read by itself, so that a long text is not under a
// greater suspicion than a short one. What is doubted and given on a hunch all the same shows
// the words that the pattern found.
func (l *Language) withHunches(b *book, t []token, held, doubted []hit) []hit {
	h := &b.hunches
	if len(h.signs) == 0 {
		return held
	}
	had := h.set(held)
	clues := make([]clue, 0, 3*min(len(t), passage)+1)
	var given []hit
	for from, to := 0, 0; from < len(t); from = to {
		to = passageEnd(t, from)
		clues = l.clues(h, t[:to], from, clues[:0])
		here := between(held, from, to)
		sums, seen := h.weigh(clues, here)
		for r, s := range h.signs {
			switch {
			case seen.has(r):
				if s.kind == partSign && sums[r] < h.bars.lost {
					lose(here, s)
				}
			case s.kind == partSign && had.has(r): // one of a kind is enough in a text
			case sums[r] > h.bars.of(s) && len(clues) > 0:
				had |= 1 << r
				given = append(given, h.hit(t[:to], from, clues, r, between(doubted, from, to)))
			}
		}
	}
	_, all := sift(append(held, given...))
	return giveWay(t, all)
}

// clues gives the words that say something from one token to the end, each once.
func (l *Language) clues(h *hunches, t []token, from int, out []clue) []clue {
	l.eachHunch(t, from, func(w hunch, at int) {
		say := h.of(w)
		if say == nil || slices.ContainsFunc(out, func(c clue) bool { return &c.say[0] == &say[0] }) {
			return
		}
		out = append(out, clue{at, say})
	})
	return out
}

// eachHunch calls fn for the words from one token to the end, and for every two in a row, with
// the token that they begin at.
func (l *Language) eachHunch(t []token, from int, fn func(w hunch, at int)) {
	for i := from; i < len(t); i++ {
		first := l.stems.of[l.cued(t[i])]
		if first == 0 || t[i].flags&notOwn != 0 {
			continue
		}
		fn(hunch{first: first}, i)
		if i == 0 || t[i-1].sentence != t[i].sentence {
			fn(hunch{sentenceBegins, first}, i)
		}
		if second := l.stemBehind(t, i); second != 0 {
			fn(hunch{first, second}, i)
		}
	}
}

// stemBehind gives the stem behind the token i in its sentence, or the end of that.
func (l *Language) stemBehind(t []token, i int) stemID {
	if i+1 == len(t) || t[i+1].sentence != t[i].sentence {
		return sentenceEnds
	}
	return l.stems.of[l.cued(t[i+1])]
}

// hunchSet is a set of places of rules and parts.
type hunchSet uint32

func (s hunchSet) has(r int) bool { return s>>r&1 == 1 }

// set gives the rules and parts of hits.
func (h *hunches) set(hits []hit) (s hunchSet) {
	for _, x := range hits {
		if r := h.place(x.pattern.sign); r >= 0 {
			s |= 1 << r
		}
	}
	return s
}

// weigh adds up what the clues in a passage say of each rule and part, and what those that
// patterns found there do, and tells which these are.
func (h *hunches) weigh(clues []clue, here []hit) (sums [mostHunches]float32, seen hunchSet) {
	n := copy(sums[:], h.base)
	for _, c := range clues {
		for r, w := range c.say {
			sums[r] += w
		}
	}
	seen = h.set(here)
	for r := range n {
		if !seen.has(r) {
			continue
		}
		for other, w := range h.beside[r*n : (r+1)*n] {
			sums[other] += w
		}
	}
	return sums, seen
}

// lose takes away a part that patterns found.
func lose(here []hit, s *sign) {
	for i := range here {
		if here[i].pattern.sign.is(s) {
			here[i].yields = true
		}
	}
}

// hit gives a rule or part on a hunch: what patterns found and was doubted, if anything was, and
// else the clause that says the most.
func (h *hunches) hit(t []token, from int, clues []clue, r int, doubted []hit) hit {
	for _, d := range doubted {
		if d.pattern.sign.is(h.signs[r]) {
			return d
		}
	}
	open, shut := strongestClause(t, from, clues, r)
	return hit{pattern: h.found[r], from: open, to: shut, open: open, shut: shut}
}

// strongestClause gives the clause that says the most for a rule or part, as far as it stands in
// the passage from one token to the end.
func strongestClause(t []token, from int, clues []clue, r int) (open, shut int) {
	most, at := float32(math.Inf(-1)), 0
	for i := 0; i < len(clues); {
		sum, first := float32(0), clues[i].at
		for ; i < len(clues) && t[clues[i].at].clause == t[first].clause; i++ {
			sum += clues[i].say[r]
		}
		if sum > most {
			most, at = sum, first
		}
	}
	for open = at; open > from && t[open-1].clause == t[at].clause; open-- {
	}
	shut = clauseEnd(t, at)
	// An "if" says less by itself than what hangs on it: "if this goes on, i am gone".
	if shut < len(t) && t[shut].sentence == t[at].sentence && t[at].flags&conditional > t[shut].flags&conditional {
		return shut, clauseEnd(t, shut)
	}
	return open, shut
}

// clauseEnd gives the end of the clause that a token is in.
func clauseEnd(t []token, at int) int {
	end := at + 1
	for end < len(t) && t[end].clause == t[at].clause {
		end++
	}
	return end
}

// hunchFile is where the hunches of drafts of a kind stand.
func hunchFile(m Mode) string { return path.Join("hunches", m.String()+".txt") }

// hunches reads the hunches of each kind of draft, where there is such a file: it has lines such as
// "bar rule 0.50", "-2.10 threat", "-0.80 threat beside label" and "0.52 threat: or else".
func (ld *loader) hunches() {
	ld.eachBook(hunchFile, func(m Mode, b *book, file string, data []byte) {
		k := newHunchLines(ld.l.stems, b)
		ld.eachLine(file, data, k.line)
		b.hunches = k.hunches(m)
	})
}

// mostHunches is how many rules and parts there is room for.
const mostHunches = 16

// hunchLines gathers the lines of a file.
type hunchLines struct {
	stems  *stems
	signs  []*sign
	base   []float32
	beside []float32
	words  map[hunch][]float32
	bars   hunchBars
}

// newHunchLines begins with the rules and parts of a book and with no weights.
func newHunchLines(s *stems, b *book) *hunchLines {
	k := &hunchLines{stems: s, words: map[hunch][]float32{}}
	for _, s := range b.signs {
		if (s.kind == ruleSign || s.kind == partSign) && !slices.ContainsFunc(k.signs, s.is) && len(k.signs) < mostHunches {
			k.signs = append(k.signs, s)
		}
	}
	k.base = make([]float32, len(k.signs))
	k.beside = make([]float32, len(k.signs)*len(k.signs))
	return k
}

func (k *hunchLines) place(name string) (int, error) {
	if r := slices.IndexFunc(k.signs, func(s *sign) bool { return s.name == name }); r >= 0 {
		return r, nil
	}
	return 0, fmt.Errorf("there is no rule or part %q", name)
}

func (k *hunchLines) line(line string) error {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(line, "#") {
		return nil
	}
	if fields[0] == "bar" && len(fields) == 3 {
		return k.bar(fields[1], fields[2])
	}
	weight, err := strconv.ParseFloat(fields[0], 32)
	if err != nil {
		return fmt.Errorf("%q is no weight", fields[0])
	}
	if len(fields) < 2 {
		return fmt.Errorf("a line is a weight, a rule or part, and what speaks for it")
	}
	name, words := strings.CutSuffix(fields[1], ":")
	r, err := k.place(name)
	if err != nil {
		return err
	}
	switch rest := fields[2:]; {
	case words && (len(rest) == 1 || len(rest) == 2):
		w := hunch{first: k.stems.id(rest[0])}
		if len(rest) == 2 {
			w.second = k.stems.id(rest[1])
		}
		if k.words[w] == nil {
			k.words[w] = make([]float32, len(k.signs))
		}
		k.words[w][r] = float32(weight)
	case !words && len(rest) == 2 && rest[0] == "beside":
		other, err := k.place(rest[1])
		if err != nil {
			return err
		}
		k.beside[other*len(k.signs)+r] = float32(weight)
	case !words && len(rest) == 0:
		k.base[r] = float32(weight)
	default:
		return fmt.Errorf(`behind a rule or part stands nothing, "beside" and another one, or a colon and a word or two`)
	}
	return nil
}

func (k *hunchLines) bar(name, value string) error {
	bar, err := strconv.ParseFloat(value, 32)
	if err != nil {
		return err
	}
	err = fmt.Errorf("there is no bar %q", name)
	k.bars.each(func(known string, b *float32) {
		if known == name {
			*b, err = float32(bar), nil
		}
	})
	return err
}

// hunches puts what was gathered in order.
func (k *hunchLines) hunches(m Mode) hunches {
	h := hunches{signs: k.signs, base: k.base, beside: k.beside, bars: k.bars}
	var all [][]float32
	h.behind, all = inOrder(k.words)
	h.weights = slices.Concat(all...)
	h.finish(m)
	return h
}

// written gives the words of a line of a file.
func (w hunch) written(s *stems) string {
	if w.second == 0 {
		return s.names[w.first]
	}
	return s.names[w.first] + " " + s.names[w.second]
}
