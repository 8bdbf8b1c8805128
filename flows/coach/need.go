package coach

import "math"

// needs are sets of words of which a text has to have one for some pattern to fit. Most
// patterns that could begin at a common word such as "you" are passed over for a word
// that they need and that the text does not have.
type needs struct {
	numbers map[string]int // of the sets, by their bytes
	byWord  [][]int32      // by word: the sets that it is in
}

// number gives the number of a set.
func (n *needs) number(set bitset) int {
	key := set.key()
	if number, ok := n.numbers[key]; ok {
		return number
	}
	number := len(n.numbers)
	n.numbers[key] = number
	set.each(func(id int) {
		for len(n.byWord) <= id {
			n.byWord = append(n.byWord, nil)
		}
		n.byWord[id] = append(n.byWord[id], int32(number))
	})
	return number
}

// ahead knows, for a token, where the next word of each set stands: at the token or
// behind it.
type ahead []int32

func (n *needs) ahead() ahead {
	next := make(ahead, len(n.numbers))
	for i := range next {
		next[i] = math.MaxInt32
	}
	return next
}

// back goes back to the token at i.
func (n *needs) back(next ahead, t *token, i int, number wordID) {
	n.note(next, t.id, i)
	if t.flags&numeric != 0 {
		n.note(next, number, i)
	}
}

func (n *needs) note(next ahead, id wordID, i int) {
	if int(id) < len(n.byWord) {
		for _, set := range n.byWord[id] {
			next[set] = int32(i)
		}
	}
}

// all says whether a word of every set stands before the token at end.
func (next ahead) all(sets []int, end int) bool {
	for _, set := range sets {
		if int(next[set]) >= end {
			return false
		}
	}
	return true
}

// Common words stand in nearly every text, so that a set with one of them says little.
const maxNeeds = 4

// of gives the sets that a program needs: those of the words at each place behind the
// first that no way through it leaves out.
func (n *needs) of(l *Language, code program) []int {
	var out []int
	behind := false
	for pc := 0; code[pc].op != opDone && len(out) < maxNeeds; pc++ {
		switch code[pc].op {
		case opSplit, opWord, opClass:
			if set, any := l.first(code, pc); behind && !any && !l.isCommon(set) {
				out = append(out, n.number(set))
			}
			behind = true
			if code[pc].op == opSplit { // its ways come together again behind it
				pc = splitEnd(code, pc) - 1
			}
		case opAhead:
			pc = int(code[pc].to) - 1
		}
	}
	return out
}

// isCommon says whether a set holds words that stand in nearly every text.
func (l *Language) isCommon(set bitset) bool {
	for i, w := range l.common {
		if i < len(set) && set[i]&w != 0 {
			return true
		}
	}
	return false
}

// splitEnd gives the instruction at which the ways of a split have come together again:
// the furthest that any jump within it leads to.
func splitEnd(code program, pc int) int {
	end := pc + 1
	for at := pc; at < end; at++ {
		switch in := code[at]; in.op {
		case opSplit:
			end = max(end, int(in.to), int(in.or))
		case opJump, opAhead:
			end = max(end, int(in.to))
		}
	}
	return end
}
