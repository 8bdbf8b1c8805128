package flows

import (
	"errors"
	"slices"
	"time"

	"kintsugi/flows/schedule"
)

// PictureSpec names a picture: what to look up when it is made, and none of it.
type PictureSpec struct {
	Kind string `json:"kind"`           // one of pictureKinds
	Of   string `json:"of,omitempty"`   // the kind of entry, where that is left open
	From string `json:"from,omitempty"` // its first day, "2026-11-02", where it has one
	To   string `json:"to,omitempty"`   // and its last
	// Values are those of the entry that are shown, in order.
	Values []string `json:"values,omitempty"`
}

// What a [PictureSpec] may name.
const (
	weeksPicture    = "weeks"
	calendarPicture = "calendar"
	dialsPicture    = "dials"
	journeyPicture  = "journey"
	boardPicture    = "board"
	oursPicture     = "ours"
)

var pictureKinds = []string{weeksPicture, calendarPicture, dialsPicture, journeyPicture, boardPicture, oursPicture}

// themeFact is whether pictures are light or dark.
const (
	themeFact = "theme"
	darkTheme = "dark"
)

var errNoPicture = errors.New("there is no such picture")

// Picture gives what a picture shows, as of now, which is in the person's zone, from what is
// kept now. It is pure. An error names no content; one while reading the facts is the
// caller's to notice afterwards.
func (b *Book) Picture(person Person, facts Facts, now time.Time, spec PictureSpec) (Picture, error) {
	r := &run{book: b, turn: Turn{Person: person, Facts: facts, Now: now}}
	p := Picture{
		Name: r.phrase("picture-file", nil) + "-" + now.Format(dateForm),
		Dark: person.About[themeFact] == darkTheme, Letters: r.phrase("picture-letters", nil),
	}
	from, err := schedule.ParseDate(spec.From)
	to, err2 := schedule.ParseDate(spec.To)
	switch spec.Kind {
	case weeksPicture, calendarPicture:
		if err := errors.Join(err, err2); err != nil || to < from {
			return Picture{}, errNoPicture
		}
	}
	switch spec.Kind {
	case weeksPicture:
		r.pictureWeeks(&p, from, to)
	case calendarPicture:
		r.pictureCalendar(&p, spec.Of, from, to)
	case dialsPicture:
		r.pictureDials(&p, spec.Of, spec.Values)
	case journeyPicture:
		r.pictureJourney(&p)
	case boardPicture:
		r.pictureBoard(&p, spec.Of)
	case oursPicture:
		r.pictureOurs(&p)
	default:
		return Picture{}, errNoPicture
	}
	return p, nil
}

// mostDrawn bounds how many entries a picture is made from.
const mostDrawn = 2000

// entriesIn gives the entries of a kind of some days, the oldest first.
func (r *run) entriesIn(kind string, from, to schedule.Date) []Entry {
	const page = 100
	var out []Entry
	for skip := 0; skip < mostDrawn; skip += page {
		entries := r.turn.Facts.Entries(kind, skip, page)
		for _, e := range entries {
			if day := r.dateOf(e); day >= from && day <= to {
				out = append(out, e)
			}
		}
		if len(entries) < page || r.dateOf(entries[page-1]) < from {
			break
		}
	}
	slices.Reverse(out)
	return out
}

func (r *run) dateOf(e Entry) schedule.Date { return schedule.DateOf(e.At, r.now().Location()) }

// Picture is what a picture shows, in words and numbers: all that it takes to draw one. Of
// Weeks, Calendar, Dials, Journey and Board one is there.
type Picture struct {
	Name  string // of the file, without its ending; bland, as [Document.Name]
	Dark  bool
	Title string // above it
	Note  string // below it: how to read it
	Empty string // in place of it, where there is nothing to show
	// Letters stands in place of words in letters that can't be drawn.
	Letters string

	Weeks    *Weeks
	Calendar *Calendar
	Dials    []Dial
	Journey  []Stop
	Board    []Tile
}

// Weeks are numbers over some time.
type Weeks struct {
	Days      int     // how many there are
	Low, High float64 // what the values can be
	Lines     []Line  // those that have a value
	Ticks     []Tick
}

// Line is one of the numbers.
type Line struct {
	Name   string
	Points []Point // by day, at most one a day
	// Joins is how many days can lie from one point to the next for a line between them:
	// more is a gap. It is what is usual for this person.
	Joins int
}

// Point is a value on a day, the first being 0.
type Point struct {
	Day   int
	Value float64
}

// Tick names a day.
type Tick struct {
	Day   int
	Label string
}

// Calendar is a month.
type Calendar struct {
	First    int      // the column of its first day, from 0
	Days     int      // how many it has
	Weekdays []string // the seven names over the columns
	Marked   map[int]bool
	Words    []DayWords // what was kept on some of them
}

// DayWords are somebody's words on a day of the month.
type DayWords struct {
	Day  int
	Text string
}

// Dial is how far trust goes in one thing.
type Dial struct {
	Name   string
	Value  float64 // 1 to 10
	Before float64 // what it was the time before; 0 if there was none
}

// Stop is something on somebody's way.
type Stop struct {
	Day  string // in words
	Text string
	Kind string // "practice", "lesson" or "milestone"
}

// Tile is a part of a board.
type Tile struct {
	Text  string
	Photo string // the reference of a kept photo, or none
	Data  []byte // the photo, once somebody has looked it up
}
