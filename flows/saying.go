package flows

import (
	"slices"
	"strings"
	"unicode"
)

// saying is something that people say to a program though it has asked for something else,
// or for nothing: whether it is human, who reads along, that it should stop. It has an
// answer of its own, so that nobody is told only that they weren't understood.
type saying struct {
	file  string
	ways  [][]string // the words of each way to say it
	reply *wording
	note  bool // there is more in it than a question: it can go into the journal
	plain bool // to the letter, it is about the program, and no sign of danger
	back  bool // the answer before was none: it goes back to that question
	// within says that it has an answer of its own only where something has been asked.
	within bool
	alone  bool // and this one only where nothing has been
	// leaves says that whoever says it wants out of what is in front.
	leaves bool
	opens  []opening
}

// opening is a flow that a saying asks for, and what stands on the button that opens it.
type opening struct {
	flow  string
	label *wording
}

// loadSayings reads the file with the key `said`:
//
//	around: [so, then, please]
//	said:
//	  - {of: [are you human, are you a bot], reply: I'm a program., plain: true}
//	  - {of: will it happen again, reply: I can't know that., note: true}
//	  - {of: delete it, reply: /delete does., opens: [settings.delete: Delete it]}
func (b *Book) loadSayings(s source, m *mapping) {
	b.around = m.texts("around")
	list := m.list("said")
	m.finish()
	for _, y := range list {
		entry := s.mapping(y)
		if entry == nil {
			continue
		}
		said := saying{file: s.file,
			note: entry.flag("note"), plain: entry.flag("plain"), back: entry.flag("back"),
			within: entry.flag("within"), alone: entry.flag("alone"), leaves: entry.flag("leaves"),
			reply: wordingAt(s, entry, "reply"), opens: openingsAt(s, entry),
		}
		for _, way := range entry.texts("of") {
			said.ways = append(said.ways, wordsOf(way))
		}
		if len(said.ways) == 0 {
			s.fault(entry.line, "`of` says what is said")
		}
		entry.finish()
		b.sayings = append(b.sayings, said)
	}
}

// openingsAt reads `opens`: the ids of flows, each with the words of its button.
func openingsAt(s source, m *mapping) (out []opening) {
	for _, y := range m.list("opens") {
		switch o := s.mapping(y); {
		case o == nil:
		case len(o.keys) != 1:
			s.fault(y.Line, "`opens` wants `flow: the words of its button`")
		default:
			out = append(out, opening{o.keys[0], wordingAt(s, o, o.keys[0])})
			o.finish()
		}
	}
	return out
}

// wordsOf gives the words of a text as they are compared, without any marks.
func wordsOf(text string) []string {
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// sayingIn gives what the words say, if it is one of the sayings: the one of most words,
// with nothing around it but words that change nothing.
func (r *run) sayingIn(text string) *saying {
	if r.language() != english {
		return nil
	}
	var found *saying
	most, words := 0, wordsOf(text)
	for i := range r.book.sayings {
		for _, way := range r.book.sayings[i].ways {
			if len(way) > most && r.book.isSaid(words, way) {
				found, most = &r.book.sayings[i], len(way)
			}
		}
	}
	return found
}

// isSaid says whether words are a way to say something, and what may stand around it.
func (b *Book) isSaid(words, way []string) bool {
	empty := func(word string) bool { return slices.Contains(b.around, word) }
	meant := func(word string) bool { return !empty(word) }
	for i := 0; i+len(way) <= len(words); i++ {
		if slices.Equal(words[i:i+len(way)], way) {
			return !slices.ContainsFunc(words[:i], meant) && !slices.ContainsFunc(words[i+len(way):], meant)
		}
	}
	return false
}

// isPlain says whether a text is a saying about the program, to the letter.
func (r *run) isPlain(text string) bool {
	s := r.sayingIn(text)
	return s != nil && s.plain && s.toTheLetter(text)
}

func (s *saying) toTheLetter(text string) bool {
	words := wordsOf(text)
	return slices.ContainsFunc(s.ways, func(way []string) bool { return slices.Equal(way, words) })
}

// answers says what there is to say to a saying that is no answer to a question, and keeps it
// until there is a place for it, if there is more in it. It gives the saying, or nil if it was
// none.
func (r *run) answers(a *ask, text string) *saying {
	s := r.sayingIn(text)
	if s == nil || s.alone {
		return nil
	}
	r.lead(s.reply.at(r, r.s.Front.Misses-1, nil))
	if s.note {
		r.unplaceAt(a, text)
	}
	return s
}

// takenBack goes back to the question before, if that is what the words ask for and there is
// one.
func (r *run) takenBack(text string) bool {
	s := r.sayingIn(text)
	if s == nil || !s.back || len(r.s.Front.Trail) == 0 {
		return false
	}
	r.goBack()
	return true
}

// namesCommand gives the command that somebody names without its slash, as "check in" does.
func (r *run) namesCommand(text string) (string, bool) {
	name := strings.Join(wordsOf(text), "")
	return name, r.book.commands[name] != nil
}

// addressed says whether words are said to the program, and nothing of one's own.
func (r *run) addressed(text string) bool {
	s := r.sayingIn(text)
	return s != nil && !s.note
}

// openPrefix begins the ids of the buttons that open a flow beside a question's own.
const openPrefix = "open "

// withOpenings adds the buttons of a saying to those of a question, for whoever wants out.
func (r *run) withOpenings(a *ask, p prompt, s *saying) prompt {
	p = r.withWaysOut(a, p)
	for _, o := range s.opens {
		p.options = append(p.options, option{openPrefix + o.flow, o.label.say(r, nil)})
	}
	return p
}

// openedBesides gives the flow that such a button opens, pressed or said in its words.
func (r *run) openedBesides(h heard) (*Heading, bool) {
	for _, id := range r.s.Question.Options {
		flow, ok := strings.CutPrefix(id, openPrefix)
		if ok && (h.option == id || h.text != "" && r.opensBy(flow, h.text)) {
			f := r.book.heading(flow)
			return f, f != nil
		}
	}
	return nil, false
}

// opensBy says whether words are those on a button that opens a flow.
func (r *run) opensBy(flow, text string) bool {
	for _, s := range r.book.sayings {
		for _, o := range s.opens {
			if o.flow == flow && r.reader().Fold(o.label.say(r, nil)) == r.reader().Fold(text) {
				return true
			}
		}
	}
	return false
}

// sayingPrompt answers a saying with what it asks for on buttons.
func (r *run) sayingPrompt(text string) prompt {
	s := r.sayingIn(text)
	if s == nil { // there was one, in an older edition
		return prompt{text: r.varied("noted", nil)}
	}
	p := prompt{text: s.reply.say(r, nil)}
	for _, o := range s.opens {
		p.options = append(p.options, option{o.flow, o.label.say(r, nil)})
	}
	return p
}

// checkSayings looks whether what the sayings name and open is there.
func (b *Book) checkSayings() {
	for _, s := range b.sayings {
		b.checkPlaces(s.file, s.reply)
		for _, o := range s.opens {
			if b.heading(o.flow) == nil {
				source{s.file, &b.problems}.fault(o.label.line, "there is no flow %q to open%s", o.flow, didYouMean(o.flow, b.ids()))
			}
		}
	}
}
