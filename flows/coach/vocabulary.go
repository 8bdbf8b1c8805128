package coach

import (
	"fmt"
	"slices"
	"strings"
)

// wordID stands for a word that the coach knows. 0 is every other word.
type wordID int32

// vocabulary holds the words that patterns speak of, and the classes that they are in.
type vocabulary struct {
	ids      map[string]wordID
	words    []string // by id
	classes  map[string]int
	names    []string     // of the classes, by number
	sets     [][]uint64   // of each class: its single words, by id
	phrases  [][][]wordID // of each class: its members of several words
	odd      irregular
	members  map[string][]string // of each class, as its file lists them
	building map[string]bool
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
	n := len(v.names)
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
	n = len(v.names)
	v.classes[name] = n
	v.names = append(v.names, name)
	v.sets = append(v.sets, c.set)
	v.phrases = append(v.phrases, c.phrases)
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

// classBuild gathers the words of one class.
type classBuild struct {
	v       *vocabulary
	only    int // the one form of verbs that counts, or -1
	set     []uint64
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
	for i, bits := range c.v.sets[n] {
		c.grow(i)
		c.set[i] |= bits
	}
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
		forms := slices.Clone(all[:])
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
	i := int(words[0]) / 64
	c.grow(i)
	c.set[i] |= 1 << (uint(words[0]) % 64)
}

func (c *classBuild) grow(i int) {
	for len(c.set) <= i {
		c.set = append(c.set, 0)
	}
}

// in says whether a single word is in a class.
func (v *vocabulary) in(id wordID, class int) bool {
	set := v.sets[class]
	i := int(id) / 64
	return id != 0 && i < len(set) && set[i]&(1<<(uint(id)%64)) != 0
}

// listOf gives the single words of a class.
func (v *vocabulary) listOf(class int) []wordID {
	var out []wordID
	for i, bits := range v.sets[class] {
		for b := range 64 {
			if bits&(1<<uint(b)) != 0 {
				out = append(out, wordID(i*64+b))
			}
		}
	}
	return out
}

// split gives the words that one written word in a class or a pattern stands for.
func (v *vocabulary) split(w string) []string {
	if words, ok := v.spelled[w]; ok {
		return words
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
