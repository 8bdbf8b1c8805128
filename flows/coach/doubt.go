package coach

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// doubts are what the words around a trigger say of whether its rule holds there: patterns
// see what is said, and less of what it is said of. Each rule, word, and two words in a row has
// a weight, learnt from rules that patterns found rightly and wrongly. What a rule's surroundings
// speak against is not given.
type doubts struct {
	rules   map[string]float32
	behind  runs[uint32] // by first word: where it stands and what follows, in order
	weights []float32    // of each of those
	bar     float32      // a rule is given if what speaks for it is over this
}

// doubtReach is how many words on either side of a trigger count, of its sentence.
const doubtReach = 16

// doubt is a word, or two in a row, by where it stands.
type doubt struct {
	first, second stemID // second is 0 for a word alone
	side          side
}

// side is where a word stands, seen from a trigger.
type side uint8

const (
	before side = iota
	within
	after
	sides
)

var sideNames = [sides]string{"before", "in", "after"}

func (d doubt) head() stemID { return d.first }

// follows gives what follows the first word, and where it stands, as one number.
func (d doubt) follows() uint32 { return uint32(d.second)<<2 | uint32(d.side) }

func newDoubts(rules map[string]float32, words map[doubt]float32, bar float32) doubts {
	d := doubts{rules: rules, bar: bar}
	d.behind, d.weights = inOrder(words)
	return d
}

// weight gives what a word, or two, say.
func (d *doubts) weight(w doubt) float32 {
	if n, ok := placeOf(&d.behind, w); ok {
		return d.weights[n]
	}
	return 0
}

// doubted says whether what a pattern found is spoken against by what stands around it. What
// can't be shared with the other is never doubted: a threat that is taken for none does more
// harm than a harmless sentence that is shown again.
func (l *Language) doubted(b *book, t []token, h hit) bool {
	if h.pattern.sign.kind != ruleSign || h.pattern.sign.blocks || len(b.doubts.rules)+len(b.doubts.weights) == 0 {
		return false
	}
	sum := b.doubts.rules[h.pattern.sign.name]
	l.eachDoubt(t, h, func(w doubt) { sum += b.doubts.weight(w) })
	return sum <= b.doubts.bar
}

// eachDoubt calls fn for the words around a trigger and in it, and for every two in a row.
func (l *Language) eachDoubt(t []token, h hit, fn func(doubt)) {
	from, to := h.open, h.open+1
	for from > max(0, h.open-doubtReach) && t[from-1].sentence == t[h.open].sentence {
		from--
	}
	for to < min(len(t), h.shut+doubtReach) && t[to].sentence == t[h.open].sentence {
		to++
	}
	for i := from; i < to; i++ {
		first, where := l.stems.of[l.cued(t[i])], after
		switch {
		case first == 0:
			continue
		case i < h.open:
			where = before
		case i < h.shut:
			where = within
		}
		fn(doubt{first: first, side: where})
		if i+1 < to {
			if second := l.stems.of[l.cued(t[i+1])]; second != 0 {
				fn(doubt{first, second, where})
			}
		}
	}
}

// doubtFile is where what is doubted in drafts of a kind stands.
func doubtFile(m Mode) string { return path.Join("doubts", m.String()+".txt") }

// doubts reads what is doubted in each kind of draft, where there is such a file: it has the
// line "bar -0.50", and lines such as "0.32 rule absolute", "-0.40 after my birthday" and
// "0.25 in never".
func (ld *loader) doubts() {
	ld.eachBook(doubtFile, func(_ Mode, b *book, file string, data []byte) {
		k := doubtLines{stems: ld.l.stems, book: b, rules: map[string]float32{}, words: map[doubt]float32{}}
		ld.eachLine(file, data, k.line)
		b.doubts = newDoubts(k.rules, k.words, k.bar)
	})
}

// doubtLines gathers the lines of a file.
type doubtLines struct {
	stems *stems
	book  *book
	rules map[string]float32
	words map[doubt]float32
	bar   float32
}

func (k *doubtLines) line(line string) error {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(line, "#") {
		return nil
	}
	if fields[0] == "bar" && len(fields) == 2 {
		bar, err := strconv.ParseFloat(fields[1], 32)
		k.bar = float32(bar)
		return err
	}
	weight, err := strconv.ParseFloat(fields[0], 32)
	if err != nil {
		return fmt.Errorf("%q is no weight", fields[0])
	}
	if len(fields) < 3 || len(fields) > 4 {
		return fmt.Errorf("a line is a weight, where it stands, and a word or two")
	}
	if fields[1] == "rule" {
		k.rules[fields[2]] = float32(weight)
		if !slices.ContainsFunc(k.book.signs, func(s *sign) bool { return s.kind == ruleSign && s.name == fields[2] }) {
			return fmt.Errorf("there is no rule %q", fields[2])
		}
		return nil
	}
	where := slices.Index(sideNames[:], fields[1])
	if where < 0 {
		return fmt.Errorf("%q is none of %s", fields[1], strings.Join(sideNames[:], ", "))
	}
	w := doubt{first: k.stems.id(fields[2]), side: side(where)}
	if len(fields) == 4 {
		w.second = k.stems.id(fields[3])
	}
	k.words[w] = float32(weight)
	return nil
}

// written gives a line of a file, but for its weight.
func (d doubt) written(s *stems) string {
	out := sideNames[d.side] + " " + s.names[d.first]
	if d.second != 0 {
		out += " " + s.names[d.second]
	}
	return out
}
