package coach

// contextual reads the spellings that stand for something else before certain words:
// "ill call", "your lying".
func (l *Language) contextual(t *text) {
	for i := 0; i < len(t.tokens); i++ {
		tok := t.tokens[i]
		for _, tw := range l.twins[tok.id] {
			if i+1 >= len(t.tokens) || t.tokens[i+1].sentence != tok.sentence || !l.vocabulary.in(t.tokens[i+1].id, tw.before) || !l.opens(t, i, tw.after) {
				continue
			}
			t.replace(i, tw.pieces)
			i += len(tw.pieces) - 1
			break
		}
	}
}

// opens says whether a clause may begin at the token i: it is the first of its sentence,
// a mark stands before it, or a word of the class. It is so without a class.
func (l *Language) opens(t *text, i, class int) bool {
	return class < 0 || i == 0 || t.tokens[i].flags&(sentenceStart|comma) != 0 || l.vocabulary.in(t.tokens[i-1].id, class)
}

// replace puts the pieces of a spelling in the place of one token.
func (t *text) replace(i int, pieces []piece) {
	was := t.tokens[i]
	t.tokens = append(t.tokens, make([]token, len(pieces)-1)...)
	copy(t.tokens[i+len(pieces):], t.tokens[i+1:])
	start := was.start
	for j, p := range pieces {
		tok := was
		tok.id, tok.start = p.id, start
		if start == was.end { // too short to be cut: "ur"
			tok.start = was.start
		}
		if end := was.start + int32(p.to); j < len(pieces)-1 && end < was.end {
			tok.end = end
		}
		if j > 0 {
			tok.flags &^= sentenceStart | clauseStart | comma
		}
		t.tokens[i+j] = tok
		start = tok.end
	}
}

// scopes marks what somebody else said, and what the writer says is not so: words that
// no rule is given for.
func (l *Language) scopes(t []token, hits []hit) []hit {
	hits = l.books[scopeMode].hits(l.vocabulary, t, hits[:0])
	exceptions, found := sift(hits)
	for _, h := range found {
		if exceptions.cover(h) {
			continue
		}
		bit := reported
		if h.pattern.sign.name == "denied" {
			bit = denied
		}
		for i := h.to; i < len(t) && !l.ends(t, h.to, i); i++ {
			t[i].flags |= bit
		}
	}
	return hits
}

// ends says whether what is reported from the token at from on has ended before i.
func (l *Language) ends(t []token, from, i int) bool {
	p := parser{l: l, t: t}
	switch {
	case t[i].flags&sentenceStart != 0:
		return true
	case i == from:
		return false
	case p.is(i, l.marks.but):
		return true
	}
	if t[i].flags&comma != 0 && p.subject(i) != nobody {
		return true
	}
	return p.is(i, l.marks.weak) && p.subject(i+1) != nobody
}
