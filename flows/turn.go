package flows

import "time"

// Turn is everything that a step may look at: nothing else can change its result.
type Turn struct {
	Session Session
	Person  Person
	Event   Event
	Now     time.Time // in the person's zone
	Seed    uint64    // for whatever is drawn by lot, wordings among them
	Facts   Facts
}

// Facts is a read-only view of the person's records, as of the turn. An error
// while reading is the caller's to notice after the step; the method then returns
// what it has.
type Facts interface {
	// Entries gives the person's entries, newest first, of one kind or of all
	// (""), leaving out the first skip and at most limit long.
	Entries(kind string, skip, limit int) []Entry
	// Items gives the person's items of one kind, or of all (""), in every state,
	// newest first.
	Items(kind string) []Item
	// Nudges gives what comes back to the person by itself.
	Nudges() []Nudge
	// Couple gives how the person stands with another one.
	Couple() Couple
	// Exchanges gives what is under way between the two, the oldest first: what is done or
	// has lapsed is not.
	Exchanges() []Exchange
	// Relay gives the relay that is under way between the two.
	Relay() Relay
	// News gives what came from the other side, the oldest first.
	News() []News
	// CountEntries counts the person's entries of one kind, or all of them ("").
	CountEntries(kind string) int
}

// Nudge is something that comes back to a person by a rule.
type Nudge struct {
	ID, About, Rule, Flow string
	Unrequested, Loose    bool
}

// Entry is one journal entry, as it is read back.
type Entry struct {
	ID   string
	At   time.Time // in the person's zone
	Kind string
	Text string
	Flow string // the flow that recorded it; empty outside of any
	// Values are the [Record.Values], as JSON gives them back.
	Values map[string]any
}
