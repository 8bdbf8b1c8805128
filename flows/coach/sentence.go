package coach

// subject says whose deed a clause tells of.
type subject uint8

const (
	nobody   subject = iota // none is named: "never listens"
	self                    // I
	us                      // we
	you                     // the one who is spoken to
	they                    // he, she, my husband: somebody like the one who is spoken to
	outsider                // my mother, the kids, a friend
	thing                   // it, this, the kitchen
)

var subjectNames = map[string]subject{
	"nobody": nobody, "self": self, "us": us, "you": you, "they": they, "outsider": outsider, "thing": thing,
}

// subjects are the classes by which the subject of a clause is found. They stand in the
// language's grammar.
type subjects struct {
	i, we, you, they, thing      int
	partner, outsider, name      int
	determiner, possessive       int
	aux, verb, adverb, negator   int
	preposition, strong, weak    int
	before, but, wh, ifs, finite int
	clausal                      int // verbs that a clause follows: "I know you lied"
	that, base                   int
}

// grammarClasses names the class behind each field.
func (m *subjects) fields() map[string]*int {
	return map[string]*int{
		"i": &m.i, "we": &m.we, "you": &m.you, "they": &m.they, "thing": &m.thing,
		"partner": &m.partner, "outsider": &m.outsider, "name": &m.name,
		"determiner": &m.determiner, "possessive": &m.possessive,
		"aux": &m.aux, "verb": &m.verb, "adverb": &m.adverb, "negator": &m.negator,
		"preposition": &m.preposition, "strong": &m.strong, "weak": &m.weak,
		"that": &m.that, "verb-base": &m.base, "takes-you": &m.before, "takes-clause": &m.clausal, "but": &m.but, "wh": &m.wh, "if": &m.ifs, "finite": &m.finite,
	}
}

// parser finds clauses and their subjects.
type parser struct {
	l *Language
	t []token
}

func (p parser) is(i, class int) bool {
	return i >= 0 && i < len(p.t) && p.l.vocabulary.in(p.t[i].id, class)
}

// parse numbers the clauses of a text, and says of each word whose deed it tells of,
// whether it is negated, asked or supposed.
func (l *Language) parse(t *text) {
	p := parser{l: l, t: t.tokens}
	m := &l.marks
	var clause int32
	who, holds, supposed := nobody, 0, false
	for i := range p.t {
		tok := &p.t[i]
		start, strong := p.startsClause(i)
		if start {
			if i > 0 {
				clause++
			}
			tok.flags |= clauseStart
			holds = 0
			if strong {
				who = nobody
			}
			supposed = p.is(i, m.ifs) || supposed && !strong && tok.flags&comma == 0
		}
		if s := p.subject(i); s != nobody {
			who = s
		}
		tok.clause, tok.who = clause, who
		if t.asks[tok.sentence] {
			tok.flags |= question
		}
		if supposed || p.is(i, m.ifs) {
			supposed = true
			tok.flags |= conditional
		}
		if holds > 0 {
			tok.flags |= negated
			holds--
		}
		if p.is(i, m.negator) {
			holds = negationReach
		}
	}
}

// negationReach is how many words behind a "not" it holds for.
const negationReach = 5

// startsClause says whether a clause begins at i, and whether it leaves the subject of
// the one before behind.
func (p parser) startsClause(i int) (start, strong bool) {
	tok, m := p.t[i], &p.l.marks
	switch {
	case i == 0 || tok.flags&sentenceStart != 0:
		return true, true
	case p.is(i, m.strong):
		return true, true
	case tok.flags&comma != 0:
		return true, false
	case p.is(i, m.weak) && (p.subject(i+1) != nobody):
		return true, true
	}
	if p.subject(i) == nobody || p.t[i-1].flags&clauseStart != 0 {
		return false, false
	}
	// A subject in the middle begins a clause: people leave the full stops out. Behind
	// an auxiliary it is the subject of a question.
	return !p.is(i-1, m.aux) && !p.is(i-1, m.determiner), false
}

// subject gives whose subject begins at i, or nobody.
func (p parser) subject(i int) subject {
	if i < 0 || i >= len(p.t) {
		return nobody
	}
	m := &p.l.marks
	switch {
	case p.is(i, m.i):
		return self
	case p.is(i, m.we):
		return us
	case p.is(i, m.they):
		return they
	case p.is(i, m.you):
		if p.subjectYou(i) {
			return you
		}
		return nobody
	case p.is(i, m.partner), p.is(i, m.name):
		return p.noun(i, they)
	case p.is(i, m.outsider):
		return p.noun(i, outsider)
	case p.is(i, m.thing):
		return p.noun(i, thing)
	case p.t[i].name, p.t[i].upper && p.t[i].id == 0 && p.t[i].flags&sentenceStart == 0:
		return p.noun(i, they)
	}
	return nobody
}

// noun gives s if the noun at i does something: a verb follows, or an adverb.
func (p parser) noun(i int, s subject) subject {
	m := &p.l.marks
	if i+1 >= len(p.t) || p.t[i+1].flags&(sentenceStart|comma) != 0 || p.is(i-1, m.preposition) && !p.is(i+1, m.finite) {
		return nobody
	}
	if p.is(i+1, m.finite) || p.is(i+1, m.aux) || p.is(i+1, m.adverb) && !p.is(i-1, m.verb) || p.is(i+1, m.verb) && !p.is(i-1, m.verb) {
		return s
	}
	return nobody
}

// subjectYou tells the "you" that does something from the "you" that something is done
// to.
func (p parser) subjectYou(i int) bool {
	m := &p.l.marks
	next := i+1 < len(p.t) && p.t[i+1].flags&(sentenceStart|comma) == 0
	switch {
	case next && p.is(i+1, m.finite):
		return true
	case i == 0 || p.t[i].flags&(sentenceStart|comma) != 0:
		return true
	case p.is(i-1, m.aux):
		return true
	case !next:
		return false
	case p.is(i-1, m.clausal) && (p.is(i+1, m.verb) || p.is(i+1, m.adverb)):
		return true
	case p.is(i-1, m.preposition), p.is(i-1, m.before):
		return false
	case p.is(i-1, m.verb):
		return false
	}
	return p.is(i+1, m.verb) || p.is(i+1, m.adverb) || p.is(i-1, m.wh) || p.is(i-1, m.strong) || p.is(i-1, m.weak)
}
