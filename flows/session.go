package flows

import "slices"

// Session is where a person stands: one conversation in front, others set aside.
// It holds answers only while their conversation lasts; what is to be kept for
// long is recorded.
type Session struct {
	Front  *Conversation
	Parked []*Conversation // the one set aside last is last
	// Offer is a question of the engine's own that stands before all else.
	Offer    *Offer
	Question Question
	// Unplaced is what somebody never met wrote first: it waits until they have been
	// greeted.
	Unplaced string
	Begun    uint64 // conversations so far
	// Recorded is the time of the last record, in Unix milliseconds. No two records of
	// a person share one, so that their order is that in which they were made.
	Recorded int64
	Fetched  uint64 // photos asked for so far
	Coming   []Coming
	Varied   uint64 // how often something was said whose words take turns; see [run.varied]
	Pings    []Ping // what came by itself lately, the newest last
	Queue    []Queued
}

// Question is what was last put to the person, so that a button pressed later can
// be told from one that has gone stale.
type Question struct {
	Serial  int      // rises with each question; its buttons carry it
	Form    string   // what kind of answer it takes; empty when none is open
	Options []string // the ids behind its buttons, in order
}

// Conversation is one flow under way, with the flows that it called.
type Conversation struct {
	ID     uint64
	Frames []Frame // the last is on top
	Trail  []Mark
	// Redo are the records that /back has gone behind: coming past such a place again
	// replaces what was recorded there, at that time in Unix milliseconds.
	Redo   Counts
	Form   string // what kind of answer its question took when it was put
	At     int64  // when the person last took part, in Unix seconds
	Misses int    // answers in a row that were not understood
	// Partial is an answer still being put together: options picked, items listed.
	Partial []string
	// Sure holds the readings of an answer that the person is asked to confirm.
	Sure []string
	// Interrupted says that something else was started in the middle: the way back
	// is offered once that is through.
	Interrupted bool
	// Came says that it is one that came by itself: what waits behind it is offered once it
	// is over.
	Came bool
	// Held are words that came when it was in front and that something else came before.
	Held string
}

// Frame is one flow and the step in it.
type Frame struct {
	Flow  string
	Step  string // empty: not begun
	Vars  Answers
	Loops Counts // rounds of each steps, from 0
	// Guest is the exchange whose question is answered here, in a flow of the other one's;
	// 0 in one's own.
	Guest uint64
	// Past are the ids of the steps gone through last, for finding one's place when
	// the flow has changed.
	Past []string
}

// Mark is a question answered, with what it takes to go back to it.
type Mark struct {
	Depth int // how many frames there were
	Step  string
	Undo  Answers // variables set since, as they were
	Made  Counts  // records made since: their place, and when in Unix milliseconds
	Loops Counts
}

const (
	trailLength = 12 // how many questions /back goes back
	pastLength  = 8
)

// clone gives a copy that a step may change.
func (s Session) clone() Session {
	s.Front = s.Front.clone()
	s.Parked = slices.Clone(s.Parked)
	for i, c := range s.Parked {
		s.Parked[i] = c.clone()
	}
	s.Coming, s.Pings, s.Queue = slices.Clone(s.Coming), slices.Clone(s.Pings), slices.Clone(s.Queue)
	if s.Offer != nil {
		offer := *s.Offer
		s.Offer = &offer
	}
	return s
}

// clone copies what steps change in place: the rest is only ever added to or
// replaced, and clipping makes sure that adding copies.
func (c *Conversation) clone() *Conversation {
	if c == nil {
		return nil
	}
	d := *c
	d.Frames = slices.Clone(c.Frames)
	for i := range d.Frames {
		f := &d.Frames[i]
		f.Vars, f.Loops = slices.Clone(f.Vars), slices.Clone(f.Loops)
		f.Past = slices.Clip(f.Past)
	}
	d.Trail = slices.Clone(c.Trail)
	for i := range d.Trail {
		d.Trail[i].Undo, d.Trail[i].Made = slices.Clip(d.Trail[i].Undo), slices.Clip(d.Trail[i].Made)
	}
	d.Redo, d.Partial = slices.Clone(c.Redo), slices.Clone(c.Partial)
	return &d
}

// top is the frame in front.
func (c *Conversation) top() *Frame { return &c.Frames[len(c.Frames)-1] }

// bottom is the flow that the conversation was started with.
func (c *Conversation) bottom() *Frame { return &c.Frames[0] }
