package flows

// Heading is what stands over the steps of a flow: enough to list it, to propose it, and
// to say whether somebody may open it. A book that was opened has the headings of all its
// flows from the start, and the steps of a flow once they are needed.
type Heading struct {
	ID         string
	Command    string // starts it, without the slash; empty if nothing typed does
	For        string // "betrayed", "betrayer" or "both"
	Minutes    int    // how long a sitting takes
	Strangers  bool   // open to somebody never met
	Aside      bool   // says its piece without disturbing what is in front
	Urgent     bool   // what it says before its first question always comes at once
	Fleeting   bool   // there is nothing in it to come back to: leaving it ends it
	joint      bool   // nor once the person is linked with nobody
	Traceless  bool   // no answer in it outlives it, nor the person's leaving it half done
	Unexported bool   // no export tells that it was begun, or what was answered in it
	File       string

	title    *wording  // what people read where the flow is named
	does     *wording  // what its command does, for the list of commands
	group    string    // of the list that its command stands in; empty for most
	practice *Practice // nil for what is no practice
	crisis   string    // the variable for the danger that it answers
	about    string    // the variable for what it is opened about
	// anotherDay is the variable that is true when somebody comes back on another day to what
	// answers a danger.
	anotherDay string
}

// readHeading reads what stands over the steps. Its texts name no variables: they are read
// where the flow isn't open.
func readHeading(s source, m *mapping) *Heading {
	h := &Heading{File: s.file, ID: m.text("id"), Command: m.text("command")}
	if !idForm.MatchString(h.ID) {
		s.fault(m.lineOf("id"), "a flow needs an id of small letters, such as recurring.gratitude")
	}
	h.title = wordingAt(s, m, "title")
	if m.has("does") {
		h.does = wordingAt(s, m, "does")
	}
	if h.Command != "" && h.does == nil {
		s.fault(m.lineOf("command"), "a flow with a command says in `does` what the command does")
	}
	h.For = oneOf(m, "for", "both", audiences)
	h.group = oneOf(m, "group", "", groups)
	h.Minutes = int(m.number("minutes", 0))
	h.Strangers = m.flag("strangers")
	h.Aside = m.flag("aside")
	h.Fleeting = m.flag("fleeting")
	h.joint = m.flag("joint")
	h.Unexported = m.flag("unexported")
	h.Urgent = m.flag("urgent")
	h.Traceless = m.flag("traceless")
	h.about = m.text("about")
	h.crisis = m.text("crisis")
	h.anotherDay = m.text("another_day")
	h.practice = readPractice(s, m)
	return h
}

// wordingAt reads the text or texts at key, which name no variables.
func wordingAt(s source, m *mapping, key string) *wording {
	w := &wording{key: key, line: m.lineOf(key), texts: map[string][]*text{}}
	w.texts[english] = parseTexts(s, w.line, s.filled(w.line, key, m.texts(key)), sampleOf(nil))
	return w
}

// shelved is a flow in a book. Whole gives it with its steps; it may read them only then.
type shelved struct {
	*Heading
	whole func() *Flow
}

// shelve puts a flow that has been read into the book.
func (b *Book) shelve(h *Heading, whole func() *Flow) {
	if b.flows[h.ID] == nil {
		b.order = append(b.order, h.ID)
	}
	b.flows[h.ID] = &shelved{h, whole}
}

// flow gives a flow by its id, or nil.
func (b *Book) flow(id string) *Flow {
	if s := b.flows[id]; s != nil {
		return s.whole()
	}
	return nil
}

// heading gives the heading of a flow by its id, or nil.
func (b *Book) heading(id string) *Heading {
	if s := b.flows[id]; s != nil {
		return s.Heading
	}
	return nil
}
