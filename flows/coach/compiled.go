package coach

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
)

// compiledVersion is that of the form that a language is compiled to. It goes up by one
// whenever what stands there changes. Behind it stands a sum of all that follows.
const compiledVersion = "kintsugi coach 5\n"

// compiled gives all of a language that reading needs as bytes. Reading them takes a small
// part of the time that reading the files takes.
func (l *Language) compiled() []byte {
	c := &coder{writing: true}
	c.language(l)
	if c.err != nil {
		panic(c.err) // something that is counted is not in order
	}
	out := binary.LittleEndian.AppendUint32([]byte(compiledVersion), sum(string(c.out)))
	return append(out, c.out...)
}

// sum gives a sum of bytes that tells whether one of them has changed.
func sum(s string) uint32 {
	n, room := uint32(0), [4096]byte{}
	for s != "" {
		size := copy(room[:], s)
		n, s = crc32.Update(n, crc32.IEEETable, room[:size]), s[size:]
	}
	return n
}

// open reads what compiled gives. Real words, which take long to write and none to read,
// stand by themselves.
func open(compiled, real string) (*Language, error) {
	body, ok := strings.CutPrefix(compiled, compiledVersion)
	if !ok {
		return nil, fmt.Errorf("what the coach knows is not of the version %q", strings.TrimSpace(compiledVersion))
	}
	if len(body) < 4 || binary.LittleEndian.Uint32([]byte(body[:4])) != sum(body[4:]) {
		return nil, errDamaged
	}
	l := &Language{vocabulary: &vocabulary{}, stems: &stems{}}
	c := &coder{in: body[4:]}
	c.language(l)
	if c.err == nil && c.left() > 0 {
		c.err = errDamaged
	}
	if c.err != nil {
		return nil, c.err
	}
	v := l.vocabulary
	v.lexicon = newLexicon(v.words)
	l.typos = newTypos(v.words, real)
	v.said.finish()
	for mode, b := range l.books {
		b.finder.finish(b.patterns)
		b.lineUp()
		b.hunches.finish(Mode(mode))
	}
	return l, nil
}

func (c *coder) language(l *Language) {
	v := l.vocabulary
	each(c, &v.words, c.string)
	numbers(c, &l.stems.of)
	numbers(c, &l.stems.exact)
	numbers(c, &l.stems.kind)
	c.set(&l.stems.small, len(v.words))
	plain(c, &l.number)
	c.marks(&l.marks)
	mapping(c, &l.spelling, c.string, c.pieces)
	mapping(c, &l.tails, c.string, func(id *wordID) { plain(c, id) })
	mapping(c, &l.twins, func(id *wordID) { plain(c, id) }, c.twins)
	each(c, &l.faux, func(f *Faux) {
		c.string(&f.Word)
		each(c, &f.Beneath, c.string)
	})
	c.table(&v.rows)
	c.phrases(&v.said)
	c.cues(&l.cues)
	c.books(l)
}

func (c *coder) marks(m *subjects) {
	fields := m.fields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		plain(c, fields[name])
	}
}

func (c *coder) pieces(list *[]piece) {
	each(c, list, func(p *piece) {
		plain(c, &p.id)
		plain(c, &p.to)
	})
}

func (c *coder) twins(list *[]twin) {
	each(c, list, func(t *twin) {
		signed(c, &t.before, 0)
		signed(c, &t.after, 0)
		c.pieces(&t.pieces)
	})
}

func (c *coder) table(t *table) {
	plain(c, &t.across)
	counted(c, &t.row)
	c.blocks(&t.blocks)
	numbers := map[block]uint32{}
	if c.writing {
		for n, b := range t.blocks.list {
			numbers[b] = uint32(n)
		}
	}
	next := uint32(0)
	each(c, &t.rows, func(b *block) {
		n := numbers[*b]
		following(c, &n, &next)
		if int(n) >= len(t.blocks.list) {
			c.fail()
			return
		}
		*b = t.blocks.list[n]
	})
}

func (c *coder) phrases(p *phrases) {
	runsOf(c, &p.words, func(list []uint16) {
		for i := range list {
			plain(c, &list[i])
		}
	})
	runsOf(c, &p.lists, func(list []uint32) { rising(c, list) })
}

func (c *coder) cues(k *cues) {
	runsOf(c, &k.behind, func(list []uint32) { rising(c, list) })
	each(c, &k.weights, func(w *weights) {
		for d := range w {
			c.weight(&w[d])
		}
	})
	for d := range k.bars {
		c.weight(&k.bars[d])
	}
}

func (c *coder) doubts(d *doubts) {
	mapping(c, &d.rules, c.string, c.weight)
	runsOf(c, &d.behind, func(list []uint32) { rising(c, list) })
	each(c, &d.weights, c.weight)
	c.weight(&d.bar)
}

func (c *coder) hunches(h *hunches, signs []*sign) {
	refer(c, &h.signs, signs)
	for _, list := range []*[]float32{&h.base, &h.beside, &h.weights} {
		each(c, list, c.weight)
	}
	runsOf(c, &h.behind, func(list []uint32) { rising(c, list) })
	h.bars.each(func(_ string, bar *float32) { c.weight(bar) })
	if n := len(h.signs); len(h.base) != n || len(h.beside) != n*n || len(h.weights) != n*len(h.behind.all) || n > mostHunches {
		c.fail()
		*h = hunches{}
	}
}

// books passes on the patterns of all books, each once, and then what every book has.
func (c *coder) books(l *Language) {
	signs, patterns, code := gathered(l)
	each(c, &signs, func(s **sign) { c.sign(s) })
	runsOf(c, &code, c.program)
	each(c, &patterns, func(p **pattern) { c.pattern(p, signs) })
	for i, p := range patterns {
		if c.err == nil && !c.writing {
			p.code = code.of(i)
		}
	}
	for mode := range l.books {
		if !c.writing {
			l.books[mode] = &book{}
		}
		b := l.books[mode]
		refer(c, &b.signs, signs)
		refer(c, &b.patterns, patterns)
		plain(c, &b.exceptions)
		c.finder(&b.finder, len(b.patterns))
		c.doubts(&b.doubts)
		c.hunches(&b.hunches, signs)
	}
}

// gathered gives the signs, patterns and programs of all books, each once.
func gathered(l *Language) (signs []*sign, patterns []*pattern, code runs[inst]) {
	once := map[*pattern]bool{}
	for _, b := range l.books {
		if b == nil {
			continue
		}
		for _, s := range b.signs {
			if !slices.Contains(signs, s) {
				signs = append(signs, s)
			}
		}
		for _, p := range b.patterns {
			if !once[p] {
				once[p] = true
				patterns = append(patterns, p)
				code.add(p.code...)
			}
		}
	}
	return signs, patterns, code
}

// refer passes on a list of some of all.
func refer[T any](c *coder, list *[]*T, all []*T) {
	at := map[*T]int{}
	if c.writing {
		for i, x := range all {
			at[x] = i
		}
	}
	last := -1
	each(c, list, func(x **T) {
		n := at[*x]
		signed(c, &n, last+1)
		if last = n; c.writing {
			return
		}
		if n < 0 || n >= len(all) {
			c.fail()
			*x = new(T)
			return
		}
		*x = all[n]
	})
}

func (c *coder) sign(to **sign) {
	if !c.writing {
		*to = &sign{}
	}
	s := *to
	for _, text := range []*string{&s.name, &s.title, &s.asks, &s.yields, &s.file} {
		c.string(text)
	}
	each(c, &s.hints, c.string)
	plain(c, &s.kind)
	plain(c, &s.order)
	c.flag(&s.needed)
	c.flag(&s.blocks)
}

func (c *coder) pattern(to **pattern, signs []*sign) {
	if !c.writing {
		*to = &pattern{}
	}
	p := *to
	n := slices.Index(signs, p.sign)
	signed(c, &n, 0)
	if n < 0 || n >= len(signs) {
		c.fail()
		return
	}
	p.sign = signs[n]
	c.flag(&p.except)
	c.string(&p.hint)
	line := strings.TrimPrefix(p.source, p.sign.file)
	c.string(&line)
	p.source = p.sign.file + line
	g := &p.guard
	plain(c, &g.needs)
	plain(c, &g.unless)
	plain(c, &g.who)
	plain(c, &g.whoNot)
	for _, class := range []*int32{&g.clauseHas, &g.clauseLacks, &g.sentenceHas, &g.sentenceLacks, &g.textLacks, &g.textHas} {
		signed(c, class, -1)
	}
}

func (c *coder) program(code []inst) {
	for pc := range code {
		in, next := &code[pc], uint16(pc)
		plain(c, &in.op)
		switch in.op {
		case opWord, opClass:
			plain(c, &in.to)
		case opBehind:
			plain(c, &in.arg)
			plain(c, &in.to)
		case opGap, opReach:
			plain(c, &in.arg)
		case opSplit:
			signed(c, &in.to, next)
			signed(c, &in.or, next)
		case opJump, opAhead:
			signed(c, &in.to, next)
		}
	}
}

func (c *coder) finder(f *finder, patterns int) {
	plain(c, &f.across)
	for view := range f.open {
		c.set(&f.open[view], patterns)
	}
	counted(c, &f.kind)
	counted(c, &f.rows)
	c.blocks(&f.blocks)
}
