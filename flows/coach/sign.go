package coach

import (
	"fmt"
	"strings"
)

// sign is one rule, part or danger, with the patterns that it is known by: one file of
// a language's data.
type sign struct {
	name   string
	kind   signKind
	title  string   // what people read for its name
	hints  []string // what people read where it is found
	order  int      // among findings, and among parts: what comes first is mended first
	needed bool     // of a part: no draft is good without it
	blocks bool     // of a rule: what it is found in can't be shared
	asks   string   // of a rule: the part that its hint asks for; empty for the whole anew
	yields string   // "clause" or "sentence": given only if no other finding stands there
	file   string
}

// is says whether two signs are the same: one may stand in several files.
func (s *sign) is(o *sign) bool { return s == o || s.kind == o.kind && s.name == o.name }

// signKind says what a sign is of.
type signKind uint8

const (
	ruleSign   signKind = iota + 1 // a finding
	partSign                       // what is present
	crisisSign                     // a danger
	scopeSign                      // it gives nothing, and marks the words behind it
)

// pattern is one way in which a sign shows.
type pattern struct {
	sign     *sign
	except   bool // where it fits, the sign is not given
	code     program
	guard    guard
	hint     string
	source   string // "absolute.yaml:12"
	*example        // nil unless the pattern was read from its file
}

// example is a pattern as it is written, and what it fits and does not.
type example struct{ find, yes, no string }

// guard is what has to hold where a pattern fits.
type guard struct {
	needs, unless trait
	who, whoNot   subjectSet // none: any
	clauseHas     int32      // a class, or -1
	clauseLacks   int32
	sentenceHas   int32
	sentenceLacks int32
	textLacks     int32
	textHas       int32
}

// subjectSet is a set of subjects.
type subjectSet uint8

func (s subjectSet) has(who subject) bool { return s>>who&1 != 0 }

var guardTraits = map[string]trait{
	"quoted": quoted, "reported": reported, "negated": negated, "denied": denied,
	"question": question, "conditional": conditional,
}

// holds looks at the guard of a match whose trigger begins at the token i.
func (g *guard) holds(v *vocabulary, t []token, i int) bool {
	f := t[i].flags
	if f&g.needs != g.needs || f&g.unless != 0 {
		return false
	}
	if g.who != 0 && !g.who.has(t[i].who) || g.whoNot.has(t[i].who) {
		return false
	}
	return around(v, t, i, g.clauseHas, g.clauseLacks, func(a *token) bool { return a.clause == t[i].clause }) &&
		around(v, t, i, g.sentenceHas, g.sentenceLacks, func(a *token) bool { return a.sentence == t[i].sentence }) &&
		around(v, t, i, g.textHas, g.textLacks, func(*token) bool { return true })
}

// nearness bounds how far a guard looks to either side, so that a long text without a
// full stop stays quick to read.
const nearness = 40

// around says whether the words around i, as far as same holds, have one of a class, and
// none of another. Such words stand together.
func around(v *vocabulary, t []token, i int, has, lacks int32, same func(*token) bool) bool {
	if has < 0 && lacks < 0 {
		return true
	}
	from, to := i, i+1
	for from > max(0, i-nearness) && same(&t[from-1]) {
		from--
	}
	for to < min(len(t), i+nearness) && same(&t[to]) {
		to++
	}
	return (has < 0 || anyOf(v, t, from, to, int(has))) && (lacks < 0 || !anyOf(v, t, from, to, int(lacks)))
}

// anyOf says whether a word of the class stands from one token to before another one.
func anyOf(v *vocabulary, t []token, from, to, class int) bool {
	m := matcher{v: v, tokens: t}
	for i := from; i < to; i++ {
		ways := v.ways(t[i].id, class)
		if ways&alone != 0 {
			return true
		}
		m.start = i
		if ways&opens != 0 && m.phrase(class, i, -1) >= 0 {
			return true
		}
	}
	return false
}

// hintFor gives what people read about a finding, with the words that triggered it.
func (p *pattern) hintFor(words string, seed int) string {
	hint := p.hint
	if hint == "" && len(p.sign.hints) > 0 {
		hint = p.sign.hints[seed%len(p.sign.hints)]
	}
	return strings.ReplaceAll(hint, "{words}", words)
}

func (p *pattern) String() string {
	if p.example == nil {
		return p.source
	}
	return fmt.Sprintf("%s (%s)", p.source, p.find)
}
