package flows

import "time"

// Effect is one thing that a step asks its caller to do, in the order given and
// in the same transaction as the new session.
type Effect interface{ effect() }

// Say sends a message to the person.
type Say struct {
	Message
	// Unasked says that nothing the person did led to the message. It waits for
	// those that answer somebody, and is not sent a second time where nobody knows
	// whether it arrived.
	Unasked bool
}

// Record keeps an entry in the person's journal. A second Record with the same ID
// and At replaces the first: that is how an answer changed with /back is kept.
type Record struct {
	ID   string    // unique among the person's entries
	At   time.Time // when it was first recorded, in the person's zone
	Kind string    // "gratitude", "check-in", "note" …
	Text string    // in words, as the person will read it again
	Flow string    // the flow that recorded it; empty outside of any
	// Values are the answers behind the text, by variable: what a later chart or
	// trend needs. Numbers as JSON numbers, lists as JSON arrays.
	Values map[string]any
}

// Keep keeps an item in place of one with the same ID.
type Keep struct{ Item }

// Know changes one of the person's own facts: "name", "language", "country", "zone",
// "role", or one of [Person.About]. An empty value takes the fact away. With [Pause],
// everything that comes back by itself rests; with [Leaving], everything about them is
// to be deleted when that day begins.
type Know struct{ Field, Value string }

// Meet marks the person as met: they have been greeted and told what this is.
type Meet struct{}

// Await asks for a [Lapsed] event at the given time. A later Await with the same
// ID replaces it.
type Await struct {
	ID string
	At time.Time
}

// Unawait takes an [Await] back. Taking back what was never set does nothing.
type Unawait struct{ ID string }

// SetNudge has something come back by a rule of time, in place of what came back
// under the same ID about the same item.
type SetNudge struct {
	ID    string // a short fixed word, such as "gratitude"
	About string // the item that it is about; empty if it is about none
	Rule  string // as the package schedule reads it, in the person's zone
	Flow  string // what it leads to
	// Unrequested says that the person did not set it themselves: of such, only one
	// comes on a day.
	Unrequested bool
	// Loose says that nobody was promised the minute: it keeps its distance from what else
	// comes by itself.
	Loose bool
}

// DropNudge has it come back no more. Dropping what was never set does nothing.
type DropNudge struct{ ID, About string }

// Snooze has a nudge come once more at the given time, its rule apart. Without a time it
// does so no more.
type Snooze struct {
	ID, About, Flow string
	At              time.Time
}

// Fetch asks for a photo: a [PhotoReady] or a [PhotoFailed] comes of it, once.
type Fetch struct {
	ID    string // another one each time
	Photo string // the platform's reference
}

// KeepPhoto keeps the photo that is ready. One that is not kept in the turn that it is
// ready in is gone.
type KeepPhoto struct{ Photo string }

// DropPhoto lets a kept photo go. Letting go of one that is not there does nothing.
type DropPhoto struct{ Photo string }

// Hide takes what was said lately out of the chat, as far as the platform can: what
// somebody else who looks at the screen would see.
type Hide struct{}

// MakeCode makes a code that stands for the person, good once and until a time, in place
// of an earlier one of that kind, and says it as a message of its own. It is drawn by
// the caller: a step draws nothing that nobody may guess.
type MakeCode struct {
	Kind  string // [MoveCode] or [LinkCode]
	Until time.Time
}

// MoveCode is the kind of code that brings a person to the chat that it is sent from.
const MoveCode = "move"

// LinkCode is the kind of code by which somebody else comes who is invited.
const LinkCode = "link"

// DropCode takes back the person's code of a kind. Taking back what was never made does
// nothing.
type DropCode struct{ Kind string }

// Delete removes the person and everything that is kept about them. What is said
// after it is the last that they hear, and no session is kept.
type Delete struct{}

func (Say) effect()     {}
func (Record) effect()  {}
func (Keep) effect()    {}
func (Know) effect()    {}
func (Meet) effect()    {}
func (Await) effect()   {}
func (Unawait) effect() {}

func (SetNudge) effect()  {}
func (DropNudge) effect() {}
func (Snooze) effect()    {}
func (Hide) effect()      {}
func (Delete) effect()    {}
func (MakeCode) effect()  {}
func (DropCode) effect()  {}

func (Fetch) effect()     {}
func (KeepPhoto) effect() {}
func (DropPhoto) effect() {}

// Message is one message to a person, free of any platform's form.
type Message struct {
	// Text has paragraphs separated by an empty line. It is never markup: whatever
	// it holds is shown as it stands.
	Text string `json:"text"`
	// Strong are the parts of Text that stand out, in order and apart from each other.
	Strong []Span `json:"strong,omitempty"`
	// Buttons are what the person can press, in order.
	Buttons []Button `json:"buttons,omitempty"`
	// Numeric says that a number is a fitting answer in words, so that a platform
	// which lets people pick buttons by number must tell the two apart.
	Numeric bool `json:"numeric,omitempty"`
	// Several says that more than one button can be picked, one after another.
	Several bool `json:"several,omitempty"`
	// Replaces says that this message is the last one again with other buttons, or with
	// a text that says more: a platform that can edit messages edits.
	Replaces bool `json:"replaces,omitempty"`
	// Document names a file that goes with it, "export.txt" or "export.json". It is
	// made by [Book.Export] when the message is sent, so that no copy of it is kept.
	Document string `json:"document,omitempty"`
	// Photo is the reference of a kept photo that goes with it. The text says what it
	// shows.
	Photo string `json:"photo,omitempty"`
	// Picture names a picture that goes with it. It is made from [Book.Picture] when the
	// message is sent. The text says what it shows.
	Picture *PictureSpec `json:"picture,omitempty"`
}

// Span is a part of a text, in bytes: Text[From:To].
type Span struct {
	From int `json:"f"`
	To   int `json:"t"`
}

// Button is something a person would say, ready to be pressed.
type Button struct {
	// Token is at most 64 bytes of [a-z0-9.], carries no state, and goes stale with
	// its question.
	Token string `json:"token"`
	Label string `json:"label"`
}
