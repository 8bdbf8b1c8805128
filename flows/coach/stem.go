package coach

import (
	"maps"
	"slices"
	"strings"
)

// stemID is the number of a stem; no word has stem 0.
type stemID int32

// stems are what the forms of a word have in common: "hits" and "hitting" are "hit".
type stems struct {
	ids   map[string]stemID
	names []string
	of    []stemID          // by word
	exact []stemID          // likewise: what stands for the word in just this form, its stem if that has no other
	kind  []stemID          // likewise: what stands for its kind, its stem if it is of none
	small bitset            // the words that are too common to say anything beside one further off
	bases map[string]string // of the forms of the verbs and nouns that the classes list
}

// Where a sentence begins and ends counts as a stem of its own.
const (
	sentenceBegins stemID = 1 + iota
	sentenceEnds
)

// exactly is what stands before a word in just this form, and asKind before a kind of word.
const (
	exactly = "="
	asKind  = "<"
)

// kindClass is how the names of the classes begin that are kinds of words. smallWords is the
// class of those which say little, and cueWords of those which no pattern speaks of.
const (
	kindClass  = "kind-"
	smallWords = "small-words"
	cueWords   = "cue-words"
)

// newStems finds the stems of all words there are.
func newStems(v *vocabulary) *stems {
	s := &stems{ids: map[string]stemID{}, names: []string{""}, of: make([]stemID, len(v.words)), exact: make([]stemID, len(v.words)), bases: map[string]string{}}
	s.id("^")
	s.id("$")
	verbs, nouns := v.inflected()
	for _, base := range verbs {
		all := v.odd.verb(base)
		s.derive(base, append(all[:], v.odd.more(base)...), verbs)
	}
	for _, base := range nouns {
		s.derive(base, []string{plural(base)}, verbs)
	}
	for id, word := range v.words {
		if word != "" {
			s.of[id] = s.id(word)
		}
	}
	s.forms(v.words)
	s.kinds(v)
	return s
}

// kinds finds what stands for the kind of each word. A word is of the first kind that has it.
func (s *stems) kinds(v *vocabulary) {
	s.kind = slices.Clone(s.of)
	for _, class := range v.kinds() {
		for _, word := range v.sets[v.classes[class]] {
			if s.kind[word] == s.of[word] {
				s.kind[word] = s.id(asKind + strings.TrimPrefix(class, kindClass) + ">")
			}
		}
	}
	if n, ok := v.classes[smallWords]; ok {
		for _, word := range v.sets[n] {
			s.small.add(int(word))
		}
	}
}

// kinds gives the names of the classes that are kinds of words, in order.
func (v *vocabulary) kinds() []string {
	var out []string
	for _, class := range slices.Sorted(maps.Keys(v.members)) {
		if strings.HasPrefix(class, kindClass) {
			out = append(out, class)
		}
	}
	return out
}

// forms tells the words apart that share a stem.
func (s *stems) forms(words []string) {
	forms := make([]int, len(s.names))
	for _, stem := range s.of {
		forms[stem]++
	}
	for id, stem := range s.of {
		if s.exact[id] = stem; stem != 0 && forms[stem] > 1 {
			s.exact[id] = s.id(exactly + words[id])
		}
	}
}

// derive notes where forms come from. What is a verb itself comes from nowhere, and of
// two verbs with a form in common the first one counts.
func (s *stems) derive(base string, forms, verbs []string) {
	for _, f := range forms {
		if _, verb := slices.BinarySearch(verbs, f); verb || f == base {
			continue
		}
		if _, known := s.bases[f]; !known {
			s.bases[f] = base
		}
	}
}

// inflected gives the verbs and nouns that the classes list with all their forms.
func (v *vocabulary) inflected() (verbs, nouns []string) {
	verbs = slices.Collect(maps.Keys(v.odd))
	for _, entries := range v.members {
		for _, entry := range entries {
			for _, w := range strings.Fields(entry) {
				if verb, ok := strings.CutSuffix(w, "/v"); ok {
					verbs = append(verbs, verb)
				}
				if noun, ok := strings.CutSuffix(w, "/n"); ok {
					nouns = append(nouns, noun)
				}
			}
		}
	}
	slices.Sort(verbs)
	slices.Sort(nouns)
	return slices.Compact(verbs), slices.Compact(nouns)
}

// id gives the number of a word's stem.
func (s *stems) id(word string) stemID {
	name := s.stem(word)
	if id, ok := s.ids[name]; ok {
		return id
	}
	id := stemID(len(s.names))
	s.ids[name] = id
	s.names = append(s.names, name)
	return id
}

// stem goes back from a form to what it comes from, and takes endings off, until there is
// nothing more to take. A word in just this form stays as it is, and so does a kind.
func (s *stems) stem(word string) string {
	if strings.HasPrefix(word, exactly) || strings.HasPrefix(word, asKind) {
		return word
	}
	for range mostEndings {
		shorter, ok := s.bases[word]
		if !ok {
			shorter = withoutEnding(word)
		}
		if shorter == word {
			break
		}
		word = shorter
	}
	return word
}

// mostEndings is how many steps lead from a word to its stem at most.
const mostEndings = 6

// shortStem is how many letters a word keeps at least.
const shortStem = 3

func withoutEnding(w string) string {
	for _, ending := range []string{"ies", "ied", "ing", "ed", "es", "s", "e"} {
		stem, ok := strings.CutSuffix(w, ending)
		if !ok || len(stem) < shortStem {
			continue
		}
		switch ending {
		case "ies", "ied":
			return stem + "y"
		case "es":
			if !strings.ContainsRune("sxzh", rune(stem[len(stem)-1])) {
				continue
			}
		case "s":
			if strings.HasSuffix(stem, "s") {
				continue
			}
		case "ing", "ed":
			if n := len(stem); n > shortStem && stem[n-1] == stem[n-2] && !strings.ContainsRune("sl", rune(stem[n-1])) {
				return stem[:n-1]
			}
		case "e":
			if len(stem) < shortStem+1 {
				continue
			}
		}
		return stem
	}
	return w
}
