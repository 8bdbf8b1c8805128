package coach

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// signFile is one file of patterns.
type signFile struct {
	Rule   string        `yaml:"rule"`
	Part   string        `yaml:"part"`
	Crisis string        `yaml:"crisis"`
	Scope  string        `yaml:"scope"`
	Modes  []string      `yaml:"modes"`
	Title  string        `yaml:"title"`
	Order  int           `yaml:"order"`
	Needed bool          `yaml:"needed"`
	Blocks bool          `yaml:"blocks"`
	Asks   string        `yaml:"asks"`
	Yields string        `yaml:"yields"`
	Hints  []string      `yaml:"hints"`
	Guard  guardFile     `yaml:"guard"`
	Find   []patternFile `yaml:"patterns"`
	Except []patternFile `yaml:"except"`
}

// guardFile is a guard as it is written.
type guardFile struct {
	Needs         string `yaml:"needs"`
	Unless        string `yaml:"unless"`
	Subject       string `yaml:"subject"`
	NotSubject    string `yaml:"not-subject"`
	ClauseHas     string `yaml:"clause-has"`
	ClauseLacks   string `yaml:"clause-lacks"`
	SentenceHas   string `yaml:"sentence-has"`
	SentenceLacks string `yaml:"sentence-lacks"`
	TextHas       string `yaml:"text-has"`
	TextLacks     string `yaml:"text-lacks"`
}

// patternFile is a pattern as it is written. What its guard leaves out, the file's has.
type patternFile struct {
	Find      string `yaml:"find"`
	Yes       string `yaml:"yes"`
	No        string `yaml:"no"`
	Hint      string `yaml:"hint"`
	guardFile `yaml:",inline"`
}

// books reads the patterns of every folder.
func (ld *loader) books() {
	for mode := range ld.l.books {
		ld.l.books[mode] = &book{}
	}
	for mode, dir := range modeFolders {
		for _, file := range ld.glob(dir) {
			ld.sign(file, Mode(mode))
		}
	}
}

func (ld *loader) sign(file string, mode Mode) {
	var f signFile
	if !ld.decode(file, &f) {
		return
	}
	s := &sign{title: f.Title, hints: f.Hints, order: f.Order, needed: f.Needed, blocks: f.Blocks, asks: f.Asks, yields: f.Yields, file: file}
	for kind, name := range map[signKind]string{ruleSign: f.Rule, partSign: f.Part, crisisSign: f.Crisis, scopeSign: f.Scope} {
		if name != "" {
			s.kind, s.name = kind, name
		}
	}
	if s.name == "" {
		ld.fault(file, fmt.Errorf("it names neither a rule nor a part, a crisis or a scope"))
		return
	}
	lines := ld.lines(file)
	modes := []Mode{mode}
	for _, name := range f.Modes {
		also, ok := ParseMode(name)
		if !ok {
			ld.fault(file, fmt.Errorf("there is no kind of draft called %q", name))
			continue
		}
		modes = append(modes, also)
	}
	for _, m := range modes {
		ld.l.books[m].signs = append(ld.l.books[m].signs, s)
	}
	for i, p := range f.Find {
		ld.pattern(s, modes, f.Guard, p, false, at(lines["patterns"], i))
	}
	for i, p := range f.Except {
		ld.pattern(s, modes, guardFile{}, p, true, at(lines["except"], i))
	}
}

func (ld *loader) pattern(s *sign, modes []Mode, all guardFile, f patternFile, except bool, line int) {
	source := fmt.Sprintf("%s:%d", path.Clean(s.file), line)
	p := &pattern{sign: s, except: except, hint: f.Hint, source: source, example: &example{f.Find, f.Yes, f.No}}
	if p.yes == "" || p.no == "" {
		ld.fault(source, fmt.Errorf("a pattern needs a yes, where it fits, and a no, where it does not"))
	}
	var err error
	if p.code, err = ld.l.compile(f.Find); err != nil {
		ld.fault(source, err)
		return
	}
	if p.guard, err = ld.guard(all, f.guardFile); err != nil {
		ld.fault(source, err)
		return
	}
	for _, m := range modes {
		if !ld.l.books[m].add(ld.l, p) {
			ld.fault(source, fmt.Errorf("a pattern has to begin with a word or a class that is not optional"))
			return
		}
	}
}

// guard reads what a pattern asks for where it fits; what it leaves out comes from its
// file.
func (ld *loader) guard(all, own guardFile) (guard, error) {
	g := guard{}
	var err error
	note := func(e error) {
		if err == nil {
			err = e
		}
	}
	flags := func(words string) trait {
		var f trait
		for _, w := range strings.Fields(words) {
			bit, ok := guardTraits[w]
			if !ok && w != "none" {
				note(fmt.Errorf("%q is nothing that can hold of a word", w))
			}
			f |= bit
		}
		return f
	}
	who := func(words string) subjectSet {
		var out subjectSet
		for _, w := range strings.Fields(words) {
			s, ok := subjectNames[w]
			if !ok && w != "any" {
				note(fmt.Errorf("%q is no subject", w))
			}
			if w != "any" {
				out |= 1 << s
			}
		}
		return out
	}
	class := func(name string) int32 {
		if name == "" || name == "none" {
			return -1
		}
		n, e := ld.l.classOf(name)
		if e != nil {
			note(e)
		}
		return int32(n)
	}
	first := func(own, all string) string {
		if own != "" {
			return own
		}
		return all
	}
	g.needs = flags(first(own.Needs, all.Needs))
	g.unless = flags(first(own.Unless, all.Unless))
	g.who = who(first(own.Subject, all.Subject))
	g.whoNot = who(first(own.NotSubject, all.NotSubject))
	g.clauseHas = class(first(own.ClauseHas, all.ClauseHas))
	g.clauseLacks = class(first(own.ClauseLacks, all.ClauseLacks))
	g.sentenceHas = class(first(own.SentenceHas, all.SentenceHas))
	g.sentenceLacks = class(first(own.SentenceLacks, all.SentenceLacks))
	g.textHas = class(first(own.TextHas, all.TextHas))
	g.textLacks = class(first(own.TextLacks, all.TextLacks))
	return g, err
}

// lines gives the lines on which the patterns of a file begin, by the list that they are
// in: a list's items are indented as far as its first.
func (ld *loader) lines(file string) map[string][]int {
	out := map[string][]int{}
	data, err := fs.ReadFile(ld.fsys, file)
	if err != nil {
		return out
	}
	list, indent, number := "", -1, 0
	for line := range strings.Lines(string(data)) {
		number++
		text := strings.TrimLeft(line, " ")
		switch depth := len(line) - len(text); {
		case strings.HasPrefix(text, "- ") && (indent < 0 || depth == indent):
			indent = depth
			out[list] = append(out[list], number)
		case depth == 0 && text[0] != '#' && text[0] != '-' && text != "\n":
			list, _, _ = strings.Cut(text, ":")
			indent = -1
		}
	}
	return out
}

// at gives the i-th line, or 0 where the file is indented another way.
func at(lines []int, i int) int {
	if i < len(lines) {
		return lines[i]
	}
	return 0
}
