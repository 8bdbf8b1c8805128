package flows

import "maps"

// album shows a kept photo, or lets it go: the one at a place among the entries that
// have one, the newest being 1.
type album struct {
	drop bool
	at   string // a variable with the place
}

const (
	showPhoto = "show"
	dropPhoto = "drop"
)

func (l *flowLoader) album(_ *node, m *mapping) block {
	b := &album{drop: oneOf(m, "photo", showPhoto, []string{showPhoto, dropPhoto}) == dropPhoto, at: m.text("at")}
	line := m.lineOf("at")
	l.put(func() {
		if l.flow.vars[b.at] != wholeVar {
			l.fault(line, "photo wants `at`: a variable with a whole number")
		}
	})
	return b
}

// take does nothing where there is no such entry.
func (b *album) take(r *run, n *node) (*node, bool) {
	entries := r.photoEntries()
	at := int(r.frame().Vars.get(b.at).number)
	switch {
	case at < 1 || at > len(entries):
	case b.drop:
		r.dropPhoto(entries[at-1])
	default:
		r.showPhoto(entries[at-1])
	}
	return n.after, false
}

func (b *album) leads(n *node) []lead { return onward(n) }

// captionLength keeps a caption within what platforms take with a picture.
const captionLength = 300

func (r *run) showPhoto(e Entry) {
	r.say(Message{
		Text: r.phrase("photo-caption", scene{
			"date": r.day(e.At.In(r.now().Location())), "kind": r.phrase(kindPrefix+e.Kind, nil), "text": shorten(e.Text, captionLength),
		}),
		Photo: photoOf(e),
	})
}

// dropPhoto takes the photo from an entry. Its words stay; an entry that had none says
// that a photo was there.
func (r *run) dropPhoto(e Entry) {
	values := maps.Clone(e.Values)
	delete(values, photoValue)
	if e.Text == r.phrase("photo-note", nil) {
		e.Text = r.phrase("photo-note-gone", nil)
	}
	r.do(Record{ID: e.ID, At: e.At, Kind: e.Kind, Text: e.Text, Flow: e.Flow, Values: values})
	r.do(DropPhoto{photoOf(e)})
}

// photoEntries gives the entries that have a photo, newest first.
func (r *run) photoEntries() []Entry {
	var out []Entry
	for _, e := range r.turn.Facts.Entries("", 0, r.turn.Facts.CountEntries("")) {
		if photoOf(e) != "" {
			out = append(out, e)
		}
	}
	return out
}

// Photos counts the entries that have a photo.
func (s scene) Photos() int {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return 2
	}
	return len(r.photoEntries())
}

// photoOf gives the reference of an entry's photo, or "" if it has none.
func photoOf(e Entry) string {
	photo, _ := e.Values[photoValue].(string)
	return photo
}
