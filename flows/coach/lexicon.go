package coach

// lexicon finds the number of a word by its hash. It takes a tenth of the room of a map.
type lexicon struct {
	slots []uint16 // the word with this hash, or with one before it; 0 is none
}

// FNV-1a.
const (
	hashStart = 2166136261
	hashStep  = 16777619
)

func newLexicon(words []string) lexicon {
	size := 16
	for size < 2*len(words) {
		size *= 2
	}
	x := lexicon{make([]uint16, size)}
	for id, w := range words {
		if w == "" {
			continue
		}
		at := hashOf(w) & uint32(size-1)
		for x.slots[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		x.slots[at] = uint16(id)
	}
	return x
}

func hashOf[T string | []byte](w T) uint32 {
	h := uint32(hashStart)
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * hashStep
	}
	return h ^ h>>16
}

// find gives the number of a word, or 0.
func (x *lexicon) find(w []byte, words []string) wordID {
	last := uint32(len(x.slots) - 1)
	for at := hashOf(w) & last; x.slots[at] != 0; at = (at + 1) & last {
		if id := x.slots[at]; words[id] == string(w) {
			return wordID(id)
		}
	}
	return 0
}
