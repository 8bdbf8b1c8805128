package bot

import (
	"context"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// Platform is where chats are: Telegram, Discord, a terminal. Every Platform
// passes bottest.
type Platform interface {
	// Name is a fixed word, the same over restarts. It is the Platform of the
	// addresses that it hands over, and the only thing about it that is logged.
	Name() string
	// Receive hands over each event until ctx is done or, for a platform that can
	// end (a pipe), there is no more: then it returns nil. One person's events are
	// handed over in order, the next one only after handle returned for the one
	// before; different people's alongside. The context given to handle ends when
	// ctx does.
	//
	// It acknowledges only what was handled without error, hands over again what
	// was not, after a growing pause, and reconnects by itself. It returns only
	// when no handle is under way. An error that it returns is final for this
	// platform, and holds neither words nor addresses nor tokens.
	Receive(ctx context.Context, handle func(context.Context, Inbound) error) error
	// Send delivers one message; nil says that it was delivered. Errors say which
	// they are, by errors.Is and errors.As: [ErrUnreachable], [*LaterError],
	// [ErrAmbiguous], [ErrRefused]. Any other error says that the message was
	// certainly not sent and is to be tried again. Send ends soon after ctx does.
	// It is called for different people at the same time.
	Send(ctx context.Context, m Outbound) error
}

// Deduplicating is a platform where a message sent twice with the same ID
// arrives once.
type Deduplicating interface {
	Deduplicates() bool
}

// Hiding is a platform that can take out of sight what was said in a chat lately. What
// it can't take away stays: nobody is told.
type Hiding interface {
	Hide(ctx context.Context, chat store.Address)
}

// Inbound is one event of one person, as a platform hands it over.
type Inbound struct {
	// ID is unique on its platform, and the same when handed over again.
	ID string
	// From is the private chat in which it happened.
	From store.Address
	// Language is the IETF tag that the platform tells of the person, or empty.
	Language string
	Event    flows.Event
}

// Outbound is one message to one person.
type Outbound struct {
	To store.Address
	// ID stands for the message, stable over retries and restarts: 23 characters
	// of [A-Za-z0-9_-], fit for a nonce.
	ID      string
	Lane    store.Lane
	Message flows.Message
	// File goes with the message, if it has one: the message's text says what it is. A
	// platform that can't take it, or not of that size, refuses the message.
	File *File
}

// What [Platform.Send] says of a message that it could not deliver.
var (
	// ErrUnreachable says that this person can't be reached, for good: they
	// blocked the bot, or their account is gone.
	ErrUnreachable = errors.New("person can't be reached")
	// ErrAmbiguous says that the message may have arrived, and may not.
	ErrAmbiguous = errors.New("message may have arrived")
	// ErrRefused says that this message will never be taken.
	ErrRefused = errors.New("message refused")
)

// LaterError says that the message was not sent and this person's messages are to
// be tried again at a given time.
type LaterError struct{ At time.Time }

func (e *LaterError) Error() string { return "message not sent, try later" }
