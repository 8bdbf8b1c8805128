package coach

// matcher tries one program on the tokens of a text.
type matcher struct {
	v      *vocabulary
	tokens []token
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
			if !m.may(at) || m.tokens[at].id != wordID(in.to) {
				return -1
			}
			at++
		case opAny:
			if !m.may(at) {
				return -1
			}
			at++
		case opClass:
			return m.class(in, pc, at)
		case opGap, opReach:
			return m.gap(in, pc, at)
		case opSplit:
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

// class takes a single word of a class, or one of its members of several words.
func (m *matcher) class(in *inst, pc, at int) int {
	if !m.may(at) {
		return -1
	}
	class := int(in.to)
	for _, p := range m.v.phrases[class] {
		if p[0] != m.tokens[at].id || !m.phrase(p, at) {
			continue
		}
		if end := m.run(pc+1, at+len(p)); end >= 0 {
			return end
		}
	}
	if m.v.in(m.tokens[at].id, class) {
		return m.run(pc+1, at+1)
	}
	return -1
}

func (m *matcher) phrase(p []wordID, at int) bool {
	for i, id := range p {
		if i > 0 && !m.may(at+i) || m.tokens[at+i].id != id {
			return false
		}
	}
	return true
}

// gap passes over as few words as will do. A word that begins a clause is not passed
// over unless the gap may reach through the sentence; nor is one behind it.
func (m *matcher) gap(in *inst, pc, at int) int {
	for n := range int(in.arg) + 1 {
		if end := m.run(pc+1, at+n); end >= 0 {
			return end
		}
		i := at + n
		if !m.may(i) || in.op == opGap && i > m.start && m.tokens[i].flags&clauseStart != 0 {
			return -1
		}
	}
	return -1
}
