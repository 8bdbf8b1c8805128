package coach

import (
	"fmt"
	"slices"
	"strings"
)

// wordID stands for a word that the coach knows. 0 is every other word.
type wordID int32

// wordSet is a set of words, in order once it is sorted.
type wordSet []wordID

// sorted puts the words in order, each of them once.
func (w wordSet) sorted() wordSet {
	slices.Sort(w)
	return slices.Clip(slices.Compact(w))
}

// vocabulary holds the words that patterns speak of, and the classes that they are in.
type vocabulary struct {
	ids      map[string]wordID // only while loading
	words    []string          // by id
	lexicon  lexicon
	classes  map[string]int
	names    []string     // of the classes, by number
	sets     []wordSet    // of each class: its single words
	shapes   []shape      // of each class: how its members look
	phrases  [][][]wordID // of each class: its members of several words, by the first
	odd      irregular
	members  map[string][]string // of each class, as its file lists them
	building map[string]bool
	rows     table
	said     phrases
	spelled  map[string][]string // contractions and slang: the words that they stand for
	tails    map[string]string   // likewise of what follows an apostrophe
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		ids: map[string]wordID{}, words: []string{""}, classes: map[string]int{},
		odd: irregular{}, members: map[string][]string{}, building: map[string]bool{},
		spelled: map[string][]string{}, tails: map[string]string{},
	}
}

// id gives the number of a word, which it gets if it has none.
func (v *vocabulary) id(word string) wordID {
	if id, ok := v.ids[word]; ok {
		return id
	}
	id := wordID(len(v.words))
	v.ids[word] = id
	v.words = append(v.words, word)
	return id
}

// class gives the number of a class, which it builds when it is first asked for:
// "feeling", "hit:past", or "%hit" for the forms of one verb.
func (v *vocabulary) class(name string) (int, error) {
	if n, ok := v.classes[name]; ok {
		return n, nil
	}
	if v.building[name] {
		return 0, fmt.Errorf("the class %s has itself among its members", name)
	}
	v.building[name] = true
	defer delete(v.building, name)
	list, only, err := v.listed(name)
	if err != nil {
		return 0, err
	}
	c := classBuild{v: v, only: only}
	for _, entry := range list {
		if err := c.add(entry); err != nil {
			return 0, fmt.Errorf("class %s: %w", name, err)
		}
	}
	n := len(v.names)
	v.classes[name] = n
	v.names = append(v.names, name)
	c.set = c.set.sorted()
	v.sets = append(v.sets, c.set)
	slices.SortStableFunc(c.phrases, byOpening)
	v.phrases = append(v.phrases, c.phrases)
	v.shapes = append(v.shapes, c.shape())
	return n, nil
}

// listed gives the members of a class, and the form that it is narrowed to, or -1.
func (v *vocabulary) listed(name string) ([]string, int, error) {
	if verb, ok := strings.CutPrefix(name, "%"); ok {
		return []string{verb + "/v"}, -1, nil
	}
	base, suffix, narrow := strings.Cut(name, ":")
	only := -1
	if narrow {
		f, ok := formNames[suffix]
		if !ok {
			return nil, 0, fmt.Errorf("%q is no form: base, s, past, part or ing", suffix)
		}
		only = int(f)
	}
	list, ok := v.members[base]
	if !ok {
		return nil, 0, fmt.Errorf("there is no class %q", base)
	}
	return list, only, nil
}

// shape is how many words the members of a class have, and which stand at which place.
type shape struct {
	words   [places]wordSet
	lengths []int // only those shorter than places are told apart
}

func (c *classBuild) shape() shape {
	var s shape
	length := func(n int) {
		if !slices.Contains(s.lengths, n) {
			s.lengths = append(s.lengths, n)
		}
	}
	if len(c.set) > 0 {
		s.words[0] = slices.Clone(c.set)
		length(1)
	}
	for _, p := range c.phrases {
		for i, id := range p[:min(len(p), places)] {
			s.words[i] = append(s.words[i], id)
		}
		length(min(len(p), places))
	}
	for i := range s.words {
		s.words[i] = s.words[i].sorted()
	}
	return s
}

// classBuild gathers the words of one class.
type classBuild struct {
	v       *vocabulary
	only    int // the one form of verbs that counts, or -1
	set     wordSet
	phrases [][]wordID
}

// add takes one member: a word, "lie/v" for a verb with its forms, "liar/n" for a noun
// with its plural, several words ("let/v down"), or all of another class ("@lie").
func (c *classBuild) add(entry string) error {
	if name, ok := strings.CutPrefix(entry, "@"); ok {
		return c.addClass(name)
	}
	var parts []string
	for _, p := range strings.Fields(entry) {
		parts = append(parts, c.v.split(p)...)
	}
	ways := make([][]string, len(parts))
	for i, p := range parts {
		ways[i] = c.forms(p)
	}
	c.combine(ways, nil)
	return nil
}

func (c *classBuild) addClass(name string) error {
	if c.only >= 0 && !strings.Contains(name, ":") {
		for form, f := range formNames {
			if int(f) == c.only {
				name += ":" + form
			}
		}
	}
	n, err := c.v.class(name)
	if err != nil {
		return err
	}
	c.set = append(c.set, c.v.sets[n]...)
	c.phrases = append(c.phrases, c.v.phrases[n]...)
	return nil
}

// forms gives the forms of one word of a member.
func (c *classBuild) forms(word string) []string {
	base, kind, _ := strings.Cut(word, "/")
	switch kind {
	case "v":
		all := c.v.odd.verb(base)
		if c.only >= 0 {
			return all[c.only : c.only+1]
		}
		forms := append(slices.Clone(all[:]), c.v.odd.more(base)...)
		slices.Sort(forms)
		return slices.Compact(forms)
	case "n":
		return []string{base, plural(base)}
	}
	return []string{base}
}

func (c *classBuild) combine(ways [][]string, chosen []wordID) {
	if len(ways) == 0 {
		c.put(slices.Clone(chosen))
		return
	}
	for _, w := range ways[0] {
		c.combine(ways[1:], append(chosen, c.v.id(w)))
	}
}

func (c *classBuild) put(words []wordID) {
	if len(words) > 1 {
		c.phrases = append(c.phrases, words)
		return
	}
	c.set = append(c.set, words[0])
}

// makeRows makes the table of the classes that are asked for.
func (v *vocabulary) makeRows(asked bitset) {
	classes := len(v.names)
	single, first, several := make([]wordSet, classes), make([]wordSet, classes), make([][][]wordID, classes)
	for class, set := range v.sets {
		if !asked.has(class) {
			continue
		}
		single[class], several[class] = set, v.phrases[class]
		for _, p := range v.phrases[class] {
			if n := len(first[class]); n == 0 || first[class][n-1] != p[0] {
				first[class] = append(first[class], p[0])
			}
		}
	}
	v.rows, v.said = newTable(len(v.words), single, first), newPhrases(several)
}

// known gives the number of a word, or 0.
func (v *vocabulary) known(w []byte) wordID { return v.lexicon.find(w, v.words) }

// in says whether a single word is in a class.
func (v *vocabulary) in(id wordID, class int) bool { return v.rows.ways(id, class)&alone != 0 }

// ways gives the ways in which a word is in a class.
func (v *vocabulary) ways(id wordID, class int) way { return v.rows.ways(id, class) }

// split gives the words that one written word in a class or a pattern stands for.
func (v *vocabulary) split(w string) []string {
	if words, ok := v.spelled[w]; ok {
		return words
	}
	if n := strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' }); n > 0 { // "2am", "30th"
		return append([]string{numberWord}, v.split(w[n:])...)
	}
	if a, b, ok := strings.Cut(w, "-"); ok && a != "" && b != "" { // so are they in a text
		return append(v.split(a), v.split(b)...)
	}
	at := strings.IndexByte(w, '\'')
	if at <= 0 {
		return []string{w}
	}
	if stem, ok := strings.CutSuffix(w, "n't"); ok {
		return []string{stem, "not"}
	}
	if tail, ok := v.tails[w[at:]]; ok {
		return []string{w[:at], tail}
	}
	return []string{w[:at] + w[at+1:]}
}
