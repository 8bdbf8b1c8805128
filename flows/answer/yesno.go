package answer

// YesNo reads an answer that is nothing but a yes or nothing but a no, politeness
// aside. A hedge ("maybe", "I think so"), both at once, or any other word makes it
// no answer.
func (r *Reader) YesNo(s string) (yes, ok bool) {
	return r.yesNo(tokens(s))
}

func (r *Reader) yesNo(ts []token) (isYes, ok bool) {
	isNo := false
	for _, p := range r.replies.read(ts) {
		_, y := p.is(yes)
		_, n := p.is(no)
		_, f := p.is(filler)
		switch {
		case y:
			isYes = true
		case n:
			isNo = true
		case !f:
			return false, false
		}
	}
	return isYes, isYes != isNo
}

// Skip reads an answer that says nothing but that the person would rather not
// answer.
func (r *Reader) Skip(s string) bool {
	return r.only(skip, tokens(s))
}

// only says whether the tokens are of one class, politeness aside.
func (r *Reader) only(c class, ts []token) bool {
	found := false
	for _, p := range r.replies.read(ts) {
		_, is := p.is(c)
		_, f := p.is(filler)
		if !is && !f {
			return false
		}
		found = found || is
	}
	return found
}
