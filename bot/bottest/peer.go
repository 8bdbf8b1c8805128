package bottest

import (
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// Peer is the other side of a platform: its server, or a fake of it, with people in
// front, numbered from 0. Everything is safe for concurrent use.
type Peer interface {
	// Can says whether this side has an ability. Cases that need one which it lacks
	// are skipped, and say so.
	Can(Ability) bool
	// Address is where a person is, as the platform names them.
	Address(person int) store.Address
	// Say lets a person write a text. It does not wait until that is handed over.
	Say(person int, text string)
	// Press lets a person press the button with that label on the last message with
	// buttons that they heard.
	Press(person int, label string)
	// Heard gives what has arrived at a person so far. A message can have been split;
	// of its buttons the labels count.
	Heard(person int) []flows.Message
	// Files gives the files that have arrived at a person so far. Their Type may be
	// empty, and a second one of the same name may have got another.
	Files(person int) []bot.File
	// Fail lets the next send to a person meet with something, which is one of the
	// abilities.
	Fail(person int, with Ability)
	// Restart gives the platform as it is after the program was started again. It
	// is called when Receive of the one before has returned.
	Restart(t *testing.T) bot.Platform
}

// Ability is what a side can do, or a send can meet with.
type Ability string

// The abilities.
const (
	ManyPeople Ability = "more than one person"
	Restarts   Ability = "handing over after a restart what was not acknowledged"

	Later            Ability = "a send put off"
	Temporary        Ability = "a send that fails"
	Refused          Ability = "a message refused"
	Unreachable      Ability = "a person who can't be reached"
	AmbiguousArrived Ability = "a message that arrives without anybody knowing"
	AmbiguousLost    Ability = "a message that is lost without anybody knowing"
)
