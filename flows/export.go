package flows

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// export is what a person can take along. Its fields in JSON are a promise: they are
// added to, and none is renamed or given another meaning without a new version. Times
// are RFC 3339, with the person's offset.
type export struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Made    string `json:"made"`

	Person  exportPerson         `json:"person"`
	Journal []exportEntry        `json:"journal"` // the newest last
	Items   []exportItem         `json:"items"`   // promises, goals, milestones and agreements, the newest last
	Open    []exportConversation `json:"open"`    // begun and not finished, the newest last
	Nudges  []exportNudge        `json:"nudges"`

	made time.Time
}

const (
	exportFormat  = "kintsugi export"
	exportVersion = 1
)

// exportPerson is what is known of the person; what isn't is left out.
type exportPerson struct {
	Name     string `json:"name,omitempty"`
	Language string `json:"language,omitempty"` // IETF tag
	Country  string `json:"country,omitempty"`  // ISO 3166-1 alpha-2
	Zone     string `json:"zone,omitempty"`     // IANA name
	Role     string `json:"role,omitempty"`     // in words: nobody is to read what the program calls them
}

// exportEntry is an entry of the journal.
type exportEntry struct {
	At     string         `json:"at"`
	Kind   string         `json:"kind"`
	Title  string         `json:"title"` // the kind in words
	Text   string         `json:"text"`
	Values map[string]any `json:"values,omitempty"` // as [Record.Values]; a photo by its reference

	at    time.Time
	photo bool
}

// exportItem is a promise, a goal, a milestone or an agreement.
type exportItem struct {
	At     string         `json:"at"` // when it was first kept
	Kind   string         `json:"kind"`
	State  string         `json:"state"` // open, done or dropped
	Title  string         `json:"title"` // the kind and the state in words
	Text   string         `json:"text"`
	Values map[string]any `json:"values,omitempty"` // as [Item.Values]

	at time.Time
}

// exportConversation is one that was begun and not finished.
type exportConversation struct {
	At      string         `json:"at"` // when the person last took part
	Flow    string         `json:"flow"`
	Title   string         `json:"title"`
	Answers []exportAnswer `json:"answers"`

	at time.Time
}

// exportAnswer is an answer in it.
type exportAnswer struct {
	Name     string `json:"name"` // of the variable
	Question string `json:"question"`
	Value    any    `json:"value"` // of a choice, its id

	words string // the value as people read it
}

// exportNudge is something that comes back by itself.
type exportNudge struct {
	Title string `json:"title"`
	When  string `json:"when,omitempty"` // in words
}

// export gathers it. The run has no conversation of its own.
func (r *run) export(s Session) export {
	p := r.turn.Person
	return export{
		Format: exportFormat, Version: exportVersion, Made: r.now().Format(time.RFC3339), made: r.now(),
		Person:  exportPerson{Name: p.Name, Language: p.Language, Country: p.Country, Zone: p.Zone, Role: r.roleName()},
		Journal: r.exportJournal(),
		Items:   r.exportItems(),
		Open:    r.exportOpen(s),
		Nudges:  r.exportNudges(),
	}
}

// json writes it for other programs.
func (e export) json() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // it is no web page, and people look into it
	enc.SetIndent("", "  ")
	if err := enc.Encode(e); err != nil {
		return nil, errors.New("a value can't be encoded") // the library's error may quote it
	}
	return b.Bytes(), nil
}

// roleName says in words which side the person is on, or "" if they haven't said.
func (r *run) roleName() string {
	switch role := r.turn.Person.Role; role {
	case "betrayed", "betrayer", "mixed":
		return r.phrase("role-"+role, nil)
	}
	return ""
}

func (r *run) exportJournal() []exportEntry {
	found := r.turn.Facts.Entries("", 0, r.turn.Facts.CountEntries(""))
	out := make([]exportEntry, 0, len(found))
	for _, e := range slices.Backward(found) {
		at := e.At.In(r.now().Location())
		out = append(out, exportEntry{
			At: at.Format(time.RFC3339), Kind: e.Kind, Title: r.phrase(kindPrefix+e.Kind, nil),
			Text: e.Text, Values: e.Values, at: at, photo: photoOf(e) != "",
		})
	}
	return out
}

func (r *run) exportItems() []exportItem {
	found := r.turn.Facts.Items("")
	out := make([]exportItem, 0, len(found))
	for _, i := range slices.Backward(found) {
		if slices.Contains(copyKinds, i.Kind) { // the other one's words
			continue
		}
		at := i.At.In(r.now().Location())
		state := r.phrase("item-"+i.State, nil)
		out = append(out, exportItem{
			At: at.Format(time.RFC3339), Kind: i.Kind, State: i.State, Text: i.Text, Values: i.Values, at: at,
			Title: r.phrase("export-item", scene{"kind": r.phrase(kindPrefix+i.Kind, nil), "state": state}),
		})
	}
	return out
}

func (r *run) exportNudges() []exportNudge {
	out := []exportNudge{}
	for _, n := range r.turn.Facts.Nudges() {
		title := r.book.heading(n.Flow).title.say(r, nil)
		if item, found := r.item(n.About); found && !slices.Contains(copyKinds, item.Kind) {
			title += ": " + item.Text
		}
		out = append(out, exportNudge{Title: title, When: r.when(n.Rule)})
	}
	return out
}

// traceable are the facts that an export may tell of. Questions are put into words
// from them too, and some of those list what comes back.
type traceable struct {
	Facts
	book *Book
}

// Nudges is part of [Facts].
func (t traceable) Nudges() []Nudge {
	return slices.DeleteFunc(slices.Clone(t.Facts.Nudges()), func(n Nudge) bool {
		f := t.book.heading(n.Flow)
		return f == nil || f.unexported()
	})
}

// Entries is part of [Facts].
func (t traceable) Entries(kind string, skip, limit int) []Entry {
	all := slices.DeleteFunc(slices.Clone(t.Facts.Entries(kind, 0, t.Facts.CountEntries(kind))), func(e Entry) bool { return e.Kind == receivedKind })
	return all[min(skip, len(all)):min(skip+limit, len(all))]
}

func (r *run) exportOpen(s Session) []exportConversation {
	out := []exportConversation{}
	for _, c := range append(slices.Clip(s.Parked), s.Front) {
		if c == nil {
			continue
		}
		f := r.book.heading(c.bottom().Flow)
		if f == nil || f.Fleeting {
			continue
		}
		at := time.Unix(c.At, 0).In(r.now().Location())
		if answers := r.exportAnswers(c); len(answers) > 0 {
			out = append(out, exportConversation{
				At: at.Format(time.RFC3339), Flow: f.ID, Title: f.title.say(r, nil), Answers: answers, at: at,
			})
		}
	}
	return out
}

// exportAnswers gives the answers in a conversation, flow by flow, in the order in
// which they were first given. What an unexported flow has called is unexported too.
func (r *run) exportAnswers(c *Conversation) (out []exportAnswer) {
	for depth := range c.Frames {
		// Texts are said in front of the flow that they belong to.
		part := *c
		part.Frames = c.Frames[:depth+1]
		r.s.Front = &part
		if f := r.flow(); f == nil || f.unexported() {
			break
		}
		out = append(out, r.frameAnswers(depth+1 == len(c.Frames))...)
	}
	r.s.Front = nil // as before
	return out
}

// frameAnswers gives the answers in the flow in front; on top, also one that is still
// being put together.
func (r *run) frameAnswers(top bool) (out []exportAnswer) {
	vars := slices.Clone(r.frame().Vars)
	if a := r.halfAnswered(top); a != nil {
		vars = vars.set(a.save, listValue(r.s.Front.Partial))
	}
	r.frameFor(vars, func() {
		for _, v := range vars {
			if a := r.askedFor(v.Name); a != nil && !a.unexported && a.kind.holds() != photoVar && a.kind.holds().fits(v.Value) {
				out = append(out, exportAnswer{
					Name: v.Name, Question: a.text.say(r, nil), Value: v.Value.plain(), words: r.inWords(v.Name),
				})
			}
		}
	})
	return out
}

// frameFor calls fn with other variables in the flow in front.
func (r *run) frameFor(vars Answers, fn func()) {
	frames := r.s.Front.Frames
	r.s.Front.Frames = slices.Clone(frames)
	r.frame().Vars = vars
	fn()
	r.s.Front.Frames = frames
}

// halfAnswered gives the question in front if a list or some choices have been begun.
func (r *run) halfAnswered(top bool) *ask {
	if !top || len(r.s.Front.Partial) == 0 {
		return nil
	}
	n := r.flow().byID[r.frame().Step]
	if n == nil {
		return nil
	}
	a, ok := n.block.(*ask)
	if !ok || a.save == "" || a.field != "" {
		return nil
	}
	switch k := a.kind.(type) {
	case listKind:
		return a
	case *choicesKind:
		if k.from == "" {
			return a
		}
	}
	return nil
}

// askedFor gives the question whose answer a variable of the flow in front holds: of
// several, the one that was answered last.
func (r *run) askedFor(name string) *ask {
	c := r.s.Front
	for _, m := range slices.Backward(c.Trail) {
		if m.Depth == len(c.Frames) {
			if a := asking(r.flow().byID[m.Step], name); a != nil {
				return a
			}
		}
	}
	for _, n := range r.flow().nodes {
		if a := asking(n, name); a != nil {
			return a
		}
	}
	return nil
}

// asking gives the question at n if its answer goes into that variable.
func asking(n *node, name string) *ask {
	if n == nil {
		return nil
	}
	if a, ok := n.block.(*ask); ok && a.save == name && a.field == "" {
		return a
	}
	return nil
}

// inWords gives a variable of the flow in front as a line of text.
func (r *run) inWords(name string) string {
	switch v := r.shown(name).(type) {
	case bool:
		if v {
			return r.phrase("yes", nil)
		}
		return r.phrase("no", nil)
	case float64:
		return plain(v)
	default:
		return r.asWords(v)
	}
}

// unexported says whether no export tells of the flow.
func (f *Heading) unexported() bool { return f.Unexported || f.Traceless }
