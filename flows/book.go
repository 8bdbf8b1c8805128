package flows

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"kintsugi/flows/answer"
)

// Book is every flow there is, with the phrases and the languages, checked and
// ready to be stepped through. It never changes; any number of goroutines may use
// it at once.
type Book struct {
	flows     map[string]*shelved
	order     []string // ids, as the files are ordered
	commands  map[string]*Heading
	floor     string // the flow that answers a crisis; empty if there is none
	greeting  string // the flow that greets somebody never met: the one for /start
	helplines []helpline
	countries []country
	// The file of numbers that was read last, and the line of its list.
	lastResources source
	lastLine      int
	banks         map[string]*bank
	sayings       []saying
	around        []string // words that may stand around a saying
	phrases       map[string]*wording
	phraseFile    string
	readers       map[string]*answer.Reader // by language
	released      map[string][]string       // step ids once released, by flow

	countryNames map[string]string   // codes by name, folded
	programme    []*Heading          // the practices, in the order of their steps
	places       map[string]*Heading // the practices by what begins them, such as p3_1
	watch        func(flow, step string)
	problems     []Problem
}

// Watched gives the same book, which tells of every step that is taken in it: whoever wants
// to know whether the stories of a flow go everywhere can gather them.
func (b *Book) Watched(watch func(flow, step string)) *Book {
	watched := *b
	watched.watch = watch
	return &watched
}

// Steps gives the ids of a flow's steps, as they are written.
func (b *Book) Steps(flow string) []string { return b.flow(flow).stepIDs() }

// Practices gives the ids of the practices, in the order of their steps.
func (b *Book) Practices() (ids []string) {
	for _, f := range b.programme {
		ids = append(ids, f.ID)
	}
	return ids
}

// startCommand is the command of the flow that greets.
const startCommand = "start"

// BrokenError lists every mistake in the content.
type BrokenError struct{ Problems []Problem }

func (e *BrokenError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Load reads every YAML file of the given file systems. A flow in a later one
// replaces the flow of the same id in an earlier one, and a number to ring that of
// the same country and kind. Mistakes come all at once, as
// a [*BrokenError], each with its file and line; nothing can be used then.
func Load(systems ...fs.FS) (*Book, error) { return Read(systems...).unbroken() }

// Open is [Load] for content that is known to be sound, as the program's own is by its
// tests. It reads the headings of the flows, and leaves the steps of each until somebody
// comes to it; to find a mistake only then is a panic.
func Open(fsys fs.FS) (*Book, error) {
	b := newBook()
	b.gather((*contentFile).open, fsys)
	b.index()
	return b.unbroken()
}

func (b *Book) unbroken() (*Book, error) {
	var grave []Problem
	for _, p := range b.problems {
		if !p.Mild {
			grave = append(grave, p)
		}
	}
	if len(grave) > 0 {
		return nil, &BrokenError{grave}
	}
	return b, nil
}

// Read loads a book for looking at, mistakes and all: the lint and the graph need
// no book that works. [Book.Problems] has the mistakes.
func Read(systems ...fs.FS) *Book {
	b := newBook()
	b.gather((*contentFile).load, systems...)
	b.index()
	b.check()
	slices.SortStableFunc(b.problems, func(x, y Problem) int {
		if c := strings.Compare(x.File, y.File); c != 0 {
			return c
		}
		if x.Line != y.Line {
			return x.Line - y.Line
		}
		return strings.Compare(x.Text, y.Text)
	})
	return b
}

func newBook() *Book {
	b := &Book{
		flows: map[string]*shelved{}, commands: map[string]*Heading{}, phrases: map[string]*wording{},
		readers: map[string]*answer.Reader{}, released: map[string][]string{},
		countryNames: map[string]string{}, banks: map[string]*bank{}, places: map[string]*Heading{},
	}
	b.lastResources = source{"resources.yaml", &b.problems} // in case there is none
	return b
}

// gather reads all files, those of flows by read, and lays the translations over them.
func (b *Book) gather(read func(*contentFile), systems ...fs.FS) {
	var overlays []overlay
	for _, fsys := range systems {
		overlays = append(overlays, b.readAll(fsys, read)...)
	}
	for _, o := range overlays {
		b.lay(o)
	}
	for _, o := range overlays {
		if o.flow != "" && b.readers[o.language] == nil {
			o.mild(o.line, "the language %q has no phrases yet, so nobody reads this", o.language)
		}
	}
}

// index finds what is looked up by more than an id.
func (b *Book) index() {
	b.orderPractices()
	b.indexCommands()
	for _, id := range b.order {
		b.indexCrisis(b.heading(id))
	}
}

// indexCommands finds the flows by their commands, and the one that greets.
func (b *Book) indexCommands() {
	for _, id := range b.order {
		f := b.heading(id)
		if f.Command == "" {
			continue
		}
		if other := b.commands[f.Command]; other != nil {
			b.fault(f, 1, "/%s starts %s already", f.Command, other.ID)
			continue
		}
		if name, ok := commandIn("/" + f.Command); !ok || name != f.Command || slices.Contains(ownCommands, name) {
			b.fault(f, 1, "/%s can't start a flow: small letters, digits and _, and none of the program's own", f.Command)
			continue
		}
		b.commands[f.Command] = f
	}
	greeting := b.commands[startCommand]
	if greeting == nil {
		b.problems = append(b.problems, Problem{File: ".", Text: "no flow has the command start, to greet people"})
		return
	}
	b.greeting = greeting.ID
	if !greeting.Strangers {
		b.fault(greeting, 1, "the flow for /start greets people never met: it needs `strangers: true`")
	}
}

// Problems lists the mistakes, mild ones among them, by file and line.
func (b *Book) Problems() []Problem { return b.problems }

// Flow gives a flow by its id, or nil.
func (b *Book) Flow(id string) *Flow { return b.flow(id) }

// IDs gives the ids of all flows, as the files are ordered.
func (b *Book) IDs() []string { return slices.Clone(b.order) }

// Commands gives the names of the commands that start a flow.
func (b *Book) Commands() []string { return b.commandNames() }

func (b *Book) ids() []string { return b.order }

func (b *Book) readAll(fsys fs.FS, read func(*contentFile)) []overlay {
	files, err := contentFiles(fsys)
	if err != nil {
		b.problems = append(b.problems, Problem{File: ".", Text: "the flows can't be read: " + err.Error()})
	}
	var flows sync.WaitGroup
	for _, f := range files {
		if f.looksLikeFlow() {
			flows.Go(func() { read(f) })
		}
	}
	flows.Wait()
	var overlays []overlay
	own := map[string]string{}
	for _, f := range files {
		if f.heading != nil {
			b.problems = append(b.problems, f.problems...)
			b.addOwn(f, own)
			continue
		}
		s := source{f.name, &b.problems}
		if m := s.parse(f.data); m != nil {
			overlays = append(overlays, b.readFile(s, m, own)...)
		}
	}
	return overlays
}

// isFlow says whether a file holds a flow and nothing else that has a place of its own.
func isFlow(m *mapping) bool {
	return !slices.ContainsFunc([]string{"language", "phrases", "words", "resources", "countries", "released", "bank", "said"}, m.has)
}

// readFile tells by its keys what a file holds.
func (b *Book) readFile(s source, m *mapping, own map[string]string) []overlay {
	switch {
	case m.has("language"):
		return []overlay{readOverlay(s, m)}
	case m.has("phrases"):
		b.loadPhrases(s, m)
	case m.has("words"):
		b.loadWords(m)
	case m.has("resources"), m.has("countries"):
		b.loadResources(s, m)
	case m.has("bank"):
		b.loadBank(s, m)
	case m.has("said"):
		b.loadSayings(s, m)
	case m.has("released"):
		b.loadReleased(m)
	default:
		f := &contentFile{name: s.file, problems: *s.problems}
		f.take(m)
		b.problems = f.problems
		b.addOwn(f, own)
	}
	return nil
}

// addOwn adds a flow of a file system, which may have it once.
func (b *Book) addOwn(f *contentFile, own map[string]string) {
	if other := own[f.heading.ID]; other != "" {
		b.fault(f.heading, f.line, "the flow %s stands in %s too", f.heading.ID, other)
		return
	}
	own[f.heading.ID] = f.name
	b.shelve(f.heading, f.whole)
}

// loadReleased reads the step ids that people's sessions may hold.
func (b *Book) loadReleased(m *mapping) {
	inner := m.mapping(m.node("released"))
	if inner == nil {
		return
	}
	for _, id := range inner.keys {
		b.released[id] = inner.texts(id)
	}
	m.finish()
}

func (b *Book) commandNames() []string {
	var names []string
	for _, id := range b.order {
		if name := b.heading(id).Command; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// nearestLanguage gives the language there is for a tag: "de-AT" finds "de". What
// there is none for is English.
func (b *Book) nearestLanguage(tag string) string {
	tag = strings.ToLower(tag)
	for tag != "" {
		if _, ok := b.readers[tag]; ok {
			return tag
		}
		i := strings.LastIndexAny(tag, "-_")
		tag = tag[:max(i, 0)]
	}
	return english
}

// languages gives the overlays' languages.
func (b *Book) languages() []string {
	var out []string
	for _, tag := range slices.Sorted(maps.Keys(b.readers)) {
		if tag != english {
			out = append(out, tag)
		}
	}
	return out
}
