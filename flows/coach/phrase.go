package coach

import "cmp"

// phrases are the members of several words of all classes.
type phrases struct {
	words runs[uint16] // of each phrase
	lists runs[uint32] // of each class: its phrases, ordered by their first two words
	pairs []uint32     // those two, of each phrase in lists
}

// newPhrases numbers the phrases of classes, each of which has its own ordered.
func newPhrases(classes [][][]wordID) phrases {
	var p phrases
	numbers, key := map[string]uint32{}, []byte{}
	var words []uint16
	for _, class := range classes {
		list := make([]uint32, len(class))
		for i, phrase := range class {
			words, key = words[:0], key[:0]
			for _, id := range phrase {
				words = append(words, uint16(id))
				key = append(key, byte(id), byte(id>>8))
			}
			n, known := numbers[string(key)]
			if !known {
				n = uint32(len(numbers))
				numbers[string(key)] = n
				p.words.add(words...)
			}
			list[i] = n
		}
		p.lists.add(list...)
	}
	p.words.clip()
	p.lists.clip()
	p.finish()
	return p
}

// finish puts the words that lists are ordered by at hand.
func (p *phrases) finish() {
	p.pairs = make([]uint32, len(p.lists.all))
	for i, n := range p.lists.all {
		at := p.words.from[n]
		p.pairs[i] = pair(p.words.all[at], p.words.all[at+1])
	}
}

// pair is two words as one number, by which phrases are ordered.
func pair[T wordID | uint16](a, b T) uint32 { return uint32(a)<<16 | uint32(b) }

// from gives the place in lists of the first phrase of a class that does not come before
// those that begin with two words.
func (p *phrases) from(class int, two uint32) int {
	low, high := int(p.lists.from[class]), int(p.lists.from[class+1])
	for low < high {
		if mid := int(uint(low+high) / 2); p.pairs[mid] < two {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// byOpening orders phrases by their first two words.
func byOpening(a, b []wordID) int { return cmp.Compare(pair(a[0], a[1]), pair(b[0], b[1])) }
