package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Document is a file for a person.
type Document struct {
	Name string // bland, as a folder of downloads shows it to others: "notes-2026-11-23.txt"
	Type string // the media type
	Data []byte
}

// What a [Message.Document] may name.
const (
	exportText = "export.txt"
	exportJSON = "export.json"
)

var documents = []string{exportText, exportJSON}

// document sends a file with a text.
type document struct {
	spec string
	text *wording
}

func (l *flowLoader) document(n *node, m *mapping) block {
	b := &document{spec: m.text("document"), text: l.wording(m, "text", n.id+".text")}
	if !slices.Contains(documents, b.spec) {
		l.fault(m.lineOf("document"), "there is no document %q: it is one of %s", b.spec, strings.Join(documents, ", "))
	}
	return b
}

func (b *document) take(r *run, n *node) (*node, bool) {
	r.say(Message{Text: b.text.say(r, nil), Document: b.spec})
	return n.after, false
}

func (b *document) leads(n *node) []lead { return onward(n) }

// Export makes the document that a [Message.Document] names, as of now, which is in
// the person's zone: "export.txt" is for reading, "export.json" for other programs.
// It is pure. An error names no content; one while reading the facts is the caller's
// to notice afterwards.
//
// In it are the person's own facts, their whole journal, the answers in what is
// unfinished, and what comes back by itself. Left out are conversations without an
// answer, that are `traceless` or `fleeting`, or whose flow is gone; answers to a
// question that is `traceless`, or that another flow was called to ask for; photos.
//
// It is never cut into parts, and no platform takes a file of any size: Telegram takes
// 50 MB of a bot (Bot API, sendDocument), Discord 10 MB or so, which has changed
// before. Ten thousand entries of 300 characters are 4 MB as text and 5 MB as JSON.
func (b *Book) Export(person Person, facts Facts, session Session, now time.Time, spec string) (Document, error) {
	r := &run{book: b, turn: Turn{Person: person, Facts: traceable{facts, b}, Now: now}}
	e := r.export(session)
	name := r.phrase("export-file", nil) + "-" + now.Format(dateForm)
	switch spec {
	case exportText:
		return Document{Name: name + ".txt", Type: "text/plain; charset=utf-8", Data: []byte(unmarked(r.exportText(e)))}, nil
	case exportJSON:
		data, err := e.json()
		data = []byte(unmarked(string(data)))
		return Document{Name: name + ".json", Type: "application/json", Data: data}, err
	}
	return Document{}, fmt.Errorf("there is no such document")
}
