package coach

// matcher tries one program on the tokens of a text.
type matcher struct {
	v      *vocabulary
	tokens []token
	number wordID
	code   program
	start  int // the token that the attempt began at
	open   int // the tokens of the trigger, if the program names one
	shut   int
	budget int
}

// matchBudget bounds the work of one attempt, so that no pattern can make a text slow.
const matchBudget = 4000

// match tries the program at a token. It gives the token behind the match, or -1.
func (m *matcher) match(code program, at int) int {
	m.code, m.start, m.open, m.shut, m.budget = code, at, -1, -1, matchBudget
	return m.run(0, at)
}

// holding adds a pattern to hits that the program has just fitted up to the token to, if its
// guard holds.
func (m *matcher) holding(p *pattern, to int, hits []hit) []hit {
	if h := m.hit(p, to); p.guard.holds(m.v, m.tokens, h.open) {
		return append(hits, h)
	}
	return hits
}

// hit gives a pattern as it has just fitted.
func (m *matcher) hit(p *pattern, to int) hit {
	if m.open >= 0 && m.shut > m.open {
		return hit{pattern: p, from: m.start, to: to, open: m.open, shut: m.shut}
	}
	return hit{pattern: p, from: m.start, to: to, open: m.start, shut: to}
}

// may says whether the token at i can go on with what came before it: a pattern does
// not run from one sentence into the next.
func (m *matcher) may(i int) bool {
	return i < len(m.tokens) && (i == m.start || m.tokens[i].flags&sentenceStart == 0)
}

func (m *matcher) run(pc, at int) int {
	for {
		if m.budget--; m.budget < 0 {
			return -1
		}
		in := &m.code[pc]
		switch in.op {
		case opDone:
			return at
		case opWord:
			if !m.may(at) || m.tokens[at].id != wordID(in.to) && !m.isNumber(at, wordID(in.to)) {
				return -1
			}
			at++
		case opAny:
			if !m.may(at) {
				return -1
			}
			at++
		case opClass:
			if !m.may(at) {
				return -1
			}
			id, class := m.tokens[at].id, int(in.to)
			ways := m.v.ways(id, class)
			if ways&opens != 0 || m.tokens[at].flags&numeric != 0 {
				return m.class(class, pc, at, ways)
			}
			if ways == 0 {
				return -1
			}
			at++ // a single word is the only way
		case opGap, opReach:
			return m.gap(in, pc, at)
		case opSplit:
			if m.cannot(int(in.to), at) {
				pc = int(in.or)
				continue
			}
			if end := m.run(int(in.to), at); end >= 0 {
				return end
			}
			pc = int(in.or)
			continue
		case opJump:
			pc = int(in.to)
			continue
		case opOpen:
			m.open, m.shut = at, -1
		case opClose:
			m.shut = at
		case opAhead:
			open, shut := m.open, m.shut
			fits := m.run(pc+1, at) >= 0
			m.open, m.shut = open, shut
			if fits {
				return -1
			}
			pc = int(in.to)
			continue
		case opBehind:
			is := at > 0 && at < len(m.tokens) && m.tokens[at].sameSentence(m.tokens, at) && m.v.in(m.tokens[at-1].id, int(in.to))
			if is != (in.arg == 1) {
				return -1
			}
		default:
			if !m.anchor(in.op, at) {
				return -1
			}
			if in.op == opNextSentence {
				return m.crossing(pc+1, at)
			}
		}
		pc++
	}
}

// crossing goes on in the next sentence as if the attempt had begun there.
func (m *matcher) crossing(pc, at int) int {
	start := m.start
	m.start = at
	end := m.run(pc, at)
	m.start = start
	return end
}

func (t token) sameSentence(tokens []token, at int) bool {
	return tokens[at-1].sentence == t.sentence
}

func (m *matcher) anchor(o op, at int) bool {
	n := len(m.tokens)
	switch o {
	case opClauseStart:
		return at < n && (m.tokens[at].flags&clauseStart != 0)
	case opSentenceStart:
		return at < n && m.tokens[at].flags&sentenceStart != 0
	case opClauseEnd:
		return at >= n || m.tokens[at].flags&(clauseStart|comma) != 0
	case opSentenceEnd:
		return at >= n || m.tokens[at].flags&sentenceStart != 0
	case opNextSentence:
		return at < n && m.tokens[at].flags&sentenceStart != 0
	}
	return false
}

// cannot says, for a glance, that what begins at pc does not fit the word at hand.
func (m *matcher) cannot(pc, at int) bool {
	if at >= len(m.tokens) || m.tokens[at].flags&numeric != 0 {
		return false
	}
	for {
		switch in := &m.code[pc]; in.op {
		case opWord:
			return m.tokens[at].id != wordID(in.to)
		case opClass:
			return m.v.ways(m.tokens[at].id, int(in.to)) == 0
		case opOpen:
			pc++
		case opJump:
			pc = int(in.to)
		case opSplit:
			if !m.cannot(int(in.to), at) {
				return false
			}
			pc = int(in.or)
		default:
			return false
		}
	}
}

// class takes a single word of a class, or one of its members of several words.
func (m *matcher) class(class, pc, at int, ways way) int {
	for i := m.phrase(class, at, -1); i >= 0; i = m.phrase(class, at, i) {
		if end := m.run(pc+1, at+len(m.v.said.words.of(int(m.v.said.lists.all[i])))); end >= 0 {
			return end
		}
	}
	if ways&alone != 0 || m.tokens[at].flags&numeric != 0 && m.v.in(m.number, class) {
		return m.run(pc+1, at+1)
	}
	return -1
}

// isNumber says whether a word is asked for that every number reads as, and a number
// stands there that reads as something else as well, as the 2 in "want 2 die".
func (m *matcher) isNumber(at int, id wordID) bool {
	return m.tokens[at].flags&numeric != 0 && id == m.number
}

// phrase gives the place in the lists of phrases of one of a class that stands at a token,
// the next one behind the one at last, or -1.
func (m *matcher) phrase(class, at, last int) int {
	if at+1 >= len(m.tokens) {
		return -1
	}
	said, two := &m.v.said, pair(m.tokens[at].id, m.tokens[at+1].id)
	i := last + 1
	if last < 0 {
		i = said.from(class, two)
	}
	for end := int(said.lists.from[class+1]); i < end && said.pairs[i] == two; i++ {
		if m.stands(said.words.of(int(said.lists.all[i])), at) {
			return i
		}
	}
	return -1
}

// stands says whether the words of a phrase stand at a token, the first two of which do.
func (m *matcher) stands(p []uint16, at int) bool {
	for i := 1; i < len(p); i++ {
		if !m.may(at+i) || m.tokens[at+i].id != wordID(p[i]) {
			return false
		}
	}
	return true
}

// gap passes over as few words as will do. A word that begins a clause is not passed
// over unless the gap may reach through the sentence; nor is one behind it.
func (m *matcher) gap(in *inst, pc, at int) int {
	for n := range int(in.arg) + 1 {
		i := at + n
		if !m.cannot(pc+1, i) {
			if end := m.run(pc+1, i); end >= 0 {
				return end
			}
		}
		if !m.may(i) || in.op == opGap && i > m.start && m.tokens[i].flags&clauseStart != 0 {
			return -1
		}
	}
	return -1
}
