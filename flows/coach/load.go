package coach

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Load reads the data of one language as people write it, and finds every mistake in it;
// the package's documentation says what the files hold. It takes its time: [English] opens
// what was compiled from such data.
func Load(fsys fs.FS) (*Language, error) {
	ld := &loader{fsys: fsys, l: &Language{
		vocabulary: newVocabulary(), spelling: map[string][]piece{}, tails: map[string]wordID{}, twins: map[wordID][]twin{},
	}}
	ld.spellings()
	ld.words()
	ld.feelings()
	if len(ld.faults) == 0 {
		ld.grammar()
		ld.twins()
		ld.books()
		ld.realWords()
		ld.cues()
		ld.doubts()
		ld.hunches()
		ld.finish()
	}
	return ld.l, errors.Join(ld.faults...)
}

// loader reads the files of a language.
type loader struct {
	fsys     fs.FS
	l        *Language
	faults   []error
	spelling spellingFile
}

func (ld *loader) fault(file string, err error) {
	ld.faults = append(ld.faults, fmt.Errorf("%s: %w", file, err))
}

// eachLine takes the lines of a file one by one, and notes the faulty ones by their number.
func (ld *loader) eachLine(file string, data []byte, take func(line string) error) {
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if err := take(line); err != nil {
			ld.fault(fmt.Sprintf("%s:%d", file, n), err)
		}
	}
}

// eachBook takes the file of each kind of draft that has one.
func (ld *loader) eachBook(named func(Mode) string, take func(m Mode, b *book, file string, data []byte)) {
	for mode, b := range ld.l.books {
		m := Mode(mode)
		file := named(m)
		data, err := fs.ReadFile(ld.fsys, file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			ld.fault(file, err)
		default:
			take(m, b, file, data)
		}
	}
}

// decode reads one YAML file strictly.
func (ld *loader) decode(file string, into any) bool {
	data, err := fs.ReadFile(ld.fsys, file)
	if err != nil {
		ld.fault(file, err)
		return false
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		ld.fault(file, err)
		return false
	}
	return true
}

// glob gives the YAML files of a folder, in order.
func (ld *loader) glob(dir string) []string {
	files, err := fs.Glob(ld.fsys, path.Join(dir, "*.yaml"))
	if err != nil {
		ld.fault(dir, err)
	}
	return files
}

// words reads the irregular verbs and the classes.
func (ld *loader) words() {
	v := ld.l.vocabulary
	var odd map[string]string
	if ld.decode("irregular.yaml", &odd) {
		for base, forms := range odd {
			v.odd[base] = strings.Fields(forms)
		}
	}
	for _, file := range ld.glob("words") {
		var classes map[string][]string
		if !ld.decode(file, &classes) {
			continue
		}
		for name, list := range classes {
			if _, ok := v.members[name]; ok {
				ld.fault(file, fmt.Errorf("the class %q is there already", name))
			}
			v.members[name] = list
		}
	}
	ld.verbs()
}

// verbs puts every verb of every class into the class "verb".
func (ld *loader) verbs() {
	v := ld.l.vocabulary
	var all []string
	for _, list := range v.members {
		for _, entry := range list {
			if first, _, _ := strings.Cut(entry, " "); strings.HasSuffix(first, "/v") && !slices.Contains(v.members["seldom-verb"], strings.TrimSuffix(first, "/v")) {
				all = append(all, first)
			}
		}
	}
	v.members["verb"] = append(v.members["verb"], all...)
	slices.Sort(v.members["verb"])
	v.members["verb"] = slices.Compact(v.members["verb"])
}

// grammar finds the classes by which clauses and subjects are found, and the kinds of words.
func (ld *loader) grammar() {
	l := ld.l
	l.number = l.vocabulary.id(numberWord)
	fields := l.marks.fields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		n, err := l.vocabulary.class(name)
		if err != nil {
			ld.fault("words", err)
		}
		*fields[name] = n
	}
	for _, name := range append(l.vocabulary.kinds(), smallWords, cueWords) {
		if _, err := l.vocabulary.class(name); err != nil {
			ld.fault("words", err)
		}
	}
}

// spellingFile is how written words become the words that patterns speak of.
type spellingFile struct {
	// Words are contractions and slang: the written form, with a "|" where it is cut,
	// and the words it stands for.
	Words map[string]string `yaml:"words"`
	// Tails are what may follow an apostrophe.
	Tails map[string]string `yaml:"tails"`
	// Twins are spellings that stand for something else before a word of a class.
	Twins []struct {
		Written string `yaml:"written"`
		Words   string `yaml:"words"`
		Before  string `yaml:"before"`
		After   string `yaml:"after"`
	} `yaml:"twins"`
}

// spellings reads how written words become words. It comes before all else, since
// classes and patterns are written with contractions as well.
func (ld *loader) spellings() {
	if !ld.decode("spelling.yaml", &ld.spelling) {
		return
	}
	l := ld.l
	for _, written := range slices.Sorted(maps.Keys(ld.spelling.Words)) {
		words := ld.spelling.Words[written]
		form, pieces, err := l.pieces(written, words)
		if err != nil {
			ld.fault("spelling.yaml", err)
		}
		l.spelling[form] = pieces
		l.vocabulary.spelled[form] = strings.Fields(words)
	}
	for _, tail := range slices.Sorted(maps.Keys(ld.spelling.Tails)) {
		word := ld.spelling.Tails[tail]
		l.tails["'"+tail] = l.vocabulary.id(word)
		l.vocabulary.tails["'"+tail] = word
	}
}

func (ld *loader) twins() {
	l := ld.l
	for _, w := range ld.spelling.Twins {
		form, pieces, err := l.pieces(w.Written, w.Words)
		if err != nil {
			ld.fault("spelling.yaml", err)
		}
		class, err := l.vocabulary.class(w.Before)
		if err != nil {
			ld.fault("spelling.yaml", err)
			continue
		}
		after := -1
		if w.After != "" {
			if after, err = l.vocabulary.class(w.After); err != nil {
				ld.fault("spelling.yaml", err)
				continue
			}
		}
		id := l.vocabulary.id(form)
		l.twins[id] = append(l.twins[id], twin{before: class, after: after, pieces: pieces})
	}
}

// pieces reads a spelling such as "dont": "do|nt" stands for "do not".
func (l *Language) pieces(written, words string) (string, []piece, error) {
	cuts, stand := strings.Split(written, "|"), strings.Fields(words)
	if len(cuts) > 1 && len(cuts) != len(stand) {
		return "", nil, fmt.Errorf("%q is cut into %d and stands for %d words", written, len(cuts), len(stand))
	}
	form := strings.Join(cuts, "")
	pieces := make([]piece, len(stand))
	at := 0
	for i, w := range stand {
		if len(cuts) > 1 {
			at += len(cuts[i])
		} else {
			at = len(form)
		}
		pieces[i] = piece{l.vocabulary.id(w), at}
	}
	return form, pieces, nil
}

// finish makes what is read quick to look things up in.
func (ld *loader) finish() {
	v := ld.l.vocabulary
	if len(v.words) >= maxNumber || len(v.names) >= maxNumber {
		ld.fault("words", fmt.Errorf("there are %d words and %d classes, and there is room for %d", len(v.words), len(v.names), maxNumber-1))
	}
	v.makeRows(ld.l.asked())
	v.lexicon = newLexicon(v.words)
	for _, b := range ld.l.books {
		b.finish(ld.l)
	}
}

// asked gives the classes that patterns, guards and the grammar ask for.
func (l *Language) asked() bitset {
	var asked bitset
	add := func(class int) {
		if class >= 0 {
			asked.add(class)
		}
	}
	for _, field := range l.marks.fields() {
		add(*field)
	}
	for _, twins := range l.twins {
		for _, tw := range twins {
			add(tw.before)
			add(tw.after)
		}
	}
	for _, b := range l.books {
		for _, p := range b.patterns {
			for _, class := range []int32{p.guard.clauseHas, p.guard.clauseLacks, p.guard.sentenceHas, p.guard.sentenceLacks, p.guard.textHas, p.guard.textLacks} {
				add(int(class))
			}
			for _, in := range p.code {
				if in.op == opClass || in.op == opBehind {
					add(int(in.to))
				}
			}
		}
	}
	return asked
}

// realWords reads the words that look like a slip and are none.
func (ld *loader) realWords() {
	data, err := fs.ReadFile(ld.fsys, "real.txt")
	if err != nil {
		ld.fault("real.txt", err)
		return
	}
	ld.l.typos = newTypos(ld.l.vocabulary.words, string(data))
}
