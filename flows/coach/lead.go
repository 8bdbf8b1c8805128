package coach

import "slices"

// What a text has to hold for a program to fit, found without running it: the words that
// can stand at its first places, and sets of words that it needs further on.
const (
	places = 3
	needed = 2
)

// leads gives the words that can stand at the first places of what fits a program; nil
// for a place at which any word can stand, or none.
func (l *Language) leads(code program) [places]bitset {
	var out [places]bitset
	var open [places]bool
	var ways [places]map[int]bool // the instructions that can take the word at a place
	for i := range ways {
		ways[i] = map[int]bool{}
	}
	goOn := func(place, pc int) {
		if place < places {
			code.next(pc, func(pc int) { ways[place][pc] = true })
		}
	}
	goOn(0, 0)
	for i := range places {
		for pc := range ways[i] {
			switch in := code[pc]; in.op {
			case opWord:
				out[i].add(int(in.to))
				goOn(i+1, pc+1)
			case opClass:
				for j, words := range l.vocabulary.shapes[in.to].words {
					if i+j < places {
						out[i+j].addAll(words)
					}
				}
				for _, n := range l.vocabulary.shapes[in.to].lengths {
					goOn(i+n, pc+1)
				}
			default:
				for j := i; j < places; j++ {
					open[j] = true
				}
			}
		}
	}
	for i := range out {
		if open[i] {
			out[i] = nil
		}
	}
	return out
}

// needs gives sets of words, each of which what fits a program has a word of, behind
// its first and in its sentence; nil where there are no more. Of a program that reaches
// into the next sentence, it gives the first set of what is needed there as well.
func (l *Language) needs(code program) (out [needed]bitset, beyond bitset) {
	behind, crossed := false, false
	for pc := 0; code[pc].op != opDone; pc++ {
		switch code[pc].op {
		case opNextSentence:
			crossed = true
		case opSplit, opWord, opClass:
			end := pc + 1
			if code[pc].op == opSplit { // its ways come together again behind it
				end = splitEnd(code, pc)
			}
			if slices.ContainsFunc(code[pc:end], func(in inst) bool { return in.op == opNextSentence }) {
				return out, nil // it reaches there one way, and not the other
			}
			set, any := l.first(code, pc)
			switch {
			case !behind || any:
			case crossed:
				return out, set
			default:
				keepSmall(out[:], set)
			}
			behind = true
			pc = end - 1
		case opAhead:
			pc = int(code[pc].to) - 1
		}
	}
	return out, nil
}

// keepSmall keeps a set if it has fewer words than one of those kept: the fewer, the more
// texts lack them all.
func keepSmall(kept []bitset, set bitset) {
	for i := range kept {
		if kept[i] == nil || set.size() < kept[i].size() {
			kept[i], set = set, kept[i]
		}
		if set == nil {
			return
		}
	}
}

// begins says where alone a program can fit: at the first word of a clause or a sentence,
// or anywhere.
func (code program) begins() trait {
	for _, in := range code {
		switch in.op {
		case opClauseStart:
			return clauseStart
		case opSentenceStart:
			return sentenceStart
		case opOpen, opBehind:
		default:
			return 0
		}
	}
	return 0
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

// next visits the instructions that can take the next word at a place of a program, and
// its end if that can be reached without one.
func (code program) next(start int, visit func(pc int)) {
	seen := map[int]bool{}
	var walk func(pc int)
	walk = func(pc int) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch in := code[pc]; in.op {
		case opWord, opClass, opAny, opGap, opReach, opDone:
			visit(pc)
		case opSplit:
			walk(int(in.to))
			walk(int(in.or))
		case opJump, opAhead:
			walk(int(in.to))
		default:
			walk(pc + 1)
		}
	}
	walk(start)
}

// first gives the words that can come next at a place of a program, or any = true if
// every word can, or none has to.
func (l *Language) first(code program, start int) (words bitset, any bool) {
	code.next(start, func(pc int) {
		switch in := code[pc]; in.op {
		case opWord:
			words.add(int(in.to))
		case opClass:
			words.addAll(l.vocabulary.shapes[in.to].words[0])
		default:
			any = true
		}
	})
	return words, any
}
