package coach

import (
	"cmp"
	"slices"
)

// Finding is a place where a text does something to the other that a rule names.
type Finding struct {
	Rule   string
	Title  string // the rule's name for people
	Start  int    // the words that triggered it: text[Start:End], in bytes
	End    int
	Words  string // text[Start:End]
	Hint   string // a short sentence for the writer
	Asks   string // the part that the hint asks for; empty if it asks for the whole anew
	Blocks bool   // it can't be shared like this
	Ends   bool   // nothing of its clause comes behind it
	Alone  bool   // the rule is given only where no other is
	By     string // the pattern that fits: its file and line

	order int
}

// Part is something that a text holds.
type Part struct {
	Part       string
	Title      string // its name for people
	Start, End int
	Words      string
	By         string
}

// Reading is what the coach makes of a text.
type Reading struct {
	Mode     Mode
	Findings []Finding // in the order of their places
	Parts    []Part    // the first of each kind, in the order of their places

	language *Language
}

// Read reads a text as a draft of a kind.
func (l *Language) Read(mode Mode, s string) Reading {
	t, hits := l.prepare(s)
	b := l.books[mode]
	r := Reading{Mode: mode, language: l}
	hits, doubted := l.undoubted(b, t.tokens, hits)
	for _, h := range l.withHunches(b, t.tokens, hits, doubted) {
		start, end := written(s, t.tokens[h.open], t.tokens[h.shut-1])
		words, by := s[start:end], h.pattern.source
		switch sign := h.pattern.sign; sign.kind {
		case ruleSign:
			r.Findings = append(r.Findings, Finding{
				Rule: sign.name, Title: sign.title, Start: start, End: end, Words: words,
				Hint: h.pattern.hintFor(words, len(s)), Asks: sign.asks, Blocks: sign.blocks, Ends: ends(t.tokens, h.shut), Alone: sign.yields != "", By: by, order: sign.order,
			})
		case partSign:
			r.Parts = append(r.Parts, Part{sign.name, sign.title, start, end, words, by})
		}
	}
	return r
}

// undoubted gives what patterns find in a text, with room for it, and apart from that what is
// doubted of it.
func (l *Language) undoubted(b *book, t []token, room []hit) (held, doubted []hit) {
	held = slices.DeleteFunc(standing(t, b.given(l.vocabulary, t, room)), func(h hit) bool {
		if !l.doubted(b, t, h) {
			return false
		}
		doubted = append(doubted, h)
		return true
	})
	return held, doubted
}

// ends says whether a clause ends before the token at i.
func ends(t []token, i int) bool {
	return i >= len(t) || t[i].flags&(sentenceStart|clauseStart|comma) != 0
}

// prepare cuts a text, and says of every word where it stands. It gives room for hits as
// well.
func (l *Language) prepare(s string) (*text, []hit) {
	t := l.tokens(s)
	l.parse(t)
	return t, l.scopes(t.tokens, make([]hit, 0, 32))[:0]
}

// Rules gives the names of the rules that a text breaks, each once, in the order of
// their places.
func (r Reading) Rules() []string {
	out := []string{}
	for _, f := range r.Findings {
		if !slices.Contains(out, f.Rule) {
			out = append(out, f.Rule)
		}
	}
	return out
}

// PartNames gives the names of the parts that are there, in the order of their places.
func (r Reading) PartNames() []string {
	out := []string{}
	for _, p := range r.Parts {
		out = append(out, p.Part)
	}
	return out
}

// Has says whether a part is there.
func (r Reading) Has(part string) bool { return slices.Contains(r.PartNames(), part) }

// Good says whether a draft holds what one of its kind can't do without, and breaks no
// rule. An I-statement needs what happened and what it was like.
func (r Reading) Good() bool {
	if len(r.Findings) > 0 {
		return false
	}
	for _, s := range r.language.books[r.Mode].signs {
		if s.needed && !r.Has(s.name) {
			return false
		}
	}
	return true
}

// First gives the finding that is mended first, and false if there is none.
func (r Reading) First() (Finding, bool) {
	if len(r.Findings) == 0 {
		return Finding{}, false
	}
	return slices.MinFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(a.order, b.order) }), true
}

// Missing gives the parts that are not there, in the order in which they are asked for.
func (r Reading) Missing() []string {
	var signs []*sign
	for _, s := range r.language.books[r.Mode].signs {
		if s.kind == partSign && !r.Has(s.name) && !slices.ContainsFunc(signs, s.is) {
			signs = append(signs, s)
		}
	}
	slices.SortStableFunc(signs, func(a, b *sign) int { return cmp.Compare(a.order, b.order) })
	names := make([]string, len(signs))
	for i, s := range signs {
		names[i] = s.name
	}
	return names
}

// Blocked says whether a draft can't be shared until something is mended.
func (r Reading) Blocked() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Blocks })
}
