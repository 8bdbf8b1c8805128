// Package transcript plays written conversations against the flows.
//
// A transcript is a txtar archive. Its comment says what it is about. A section
// "talk" holds the conversation, both sides of it; a section "person" may say who
// is talking and when; sections that end in ".yaml" are flows of its own, laid over
// the book's.
//
//	A check-in that is left half-way.
//	-- person --
//	name: Ann
//	now: 2026-05-07T20:00
//	zone: Europe/London
//	-- talk --
//	> /checkin
//	  How is today, from 1 (very low) to 10 (very good)?
//	  [1] [2] [3]
//	> seven
//
// Lines that begin with ">" are what the person does; Play works out all others.
//
//	> some words        they say it; \n is a new line
//	> [Not today]       they press that button, of the last message that has it
//	> (+3d)             that much time passes, and waits that run out in it lapse
//	> (sticker)         they send something else
//	> (photo a lake)    they send a photo, with words or without
//	> (photo ready)     the photo that was asked for first comes through; or it doesn't:
//	                    (photo failed), (photo full), (photo large)
//	> (nudge ID)        what was set under that id comes back; (nudge ID about TEXT) is
//	                    the one about the item with that text
//	> (opened)          the chat comes into view
//
// In what the program says, ** stands around the words that stand out.
//
// The session is encoded and decoded again between every two steps.
package transcript

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"kintsugi/flows"
)

// Transcript is a conversation as it was written down.
type Transcript struct {
	archive *txtar.Archive
	person  person
	talk    string
}

// person is who is talking.
type person struct {
	Name, Role, Language, Country, Zone, Now string
	Stranger                                 bool
	About                                    map[string]string // as in [flows.Person.About]
}

// Parse reads a transcript.
func Parse(data []byte) (*Transcript, error) {
	t := &Transcript{archive: txtar.Parse(data)}
	found := false
	for _, f := range t.archive.Files {
		switch f.Name {
		case "talk":
			t.talk, found = string(f.Data), true
		case "person":
			if err := yaml.Unmarshal(f.Data, &t.person); err != nil {
				return nil, fmt.Errorf("the person of the transcript: %w", err)
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("the transcript has no section \"talk\"")
	}
	return t, nil
}

// Flows gives the flows that the transcript brings along.
func (t *Transcript) Flows() fs.FS {
	own := fstest.MapFS{}
	for _, f := range t.archive.Files {
		if strings.HasSuffix(f.Name, ".yaml") {
			own[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return own
}

// Talk gives the conversation as it was written down.
func (t *Transcript) Talk() string { return t.talk }

// With gives the file again with another talk in it.
func (t *Transcript) With(talk string) []byte {
	out := &txtar.Archive{Comment: t.archive.Comment}
	for _, f := range t.archive.Files {
		if f.Name == "talk" {
			f.Data = []byte(talk)
		}
		out.Files = append(out.Files, f)
	}
	return txtar.Format(out)
}

// Play does what the person does in the transcript and gives the whole talk. With an
// error it gives the talk as far as it went.
func (t *Transcript) Play(book *flows.Book) (string, error) {
	p, err := newPlayer(book, t.person)
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(t.talk, "\n") {
		if !strings.HasPrefix(line, ">") {
			continue
		}
		if err := p.act(line); err != nil {
			return p.out.String(), err
		}
	}
	return p.out.String(), nil
}
