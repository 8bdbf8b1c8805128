package coach

import "slices"

// Opening is how an answer of a few words begins: what it can be made a sentence with.
type Opening string

const (
	OpensQuestion Opening = "question" // "would you ring me"
	OpensVerb     Opening = "verb"     // "ring me"
	OpensThat     Opening = "that"     // "that you ring me"
	OpensThing    Opening = "thing"    // "a text when you leave"
	OpensClause   Opening = "clause"   // "you left"
	OpensOther    Opening = "other"
)

// Opening gives how a text begins.
func (l *Language) Opening(s string) Opening {
	t, _ := l.prepare(s)
	p, m := parser{l: l, t: t.tokens}, &l.marks
	switch {
	case len(t.tokens) == 0:
		return OpensOther
	case p.is(0, m.aux) && (p.is(1, m.you) || p.is(1, m.we) || p.is(1, m.i) || p.is(1, m.they)):
		return OpensQuestion
	case p.is(0, m.that) && len(t.tokens) > 2:
		return OpensThat
	case p.subject(0) != nobody && !p.is(0, m.verb):
		return OpensClause
	case p.is(0, m.preposition) && slices.ContainsFunc(t.tokens, func(t token) bool { return t.who == self || t.who == us || t.who == you }):
		return OpensClause // "by Sunday I will"
	case p.is(0, m.base):
		return OpensVerb
	case p.is(0, m.determiner), t.tokens[0].id == l.number, t.tokens[0].flags&numeric != 0:
		return OpensThing
	}
	return OpensOther
}
