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

// Fetching is a platform from which a photo can be fetched that somebody sent.
type Fetching interface {
	// Fetch gives the bytes of what [flows.Event.Photo] stands for, as far as the first
	// limit+1 of them. [ErrRefused] says that they can't be had; any other error, that
	// it is to be tried again.
	Fetch(ctx context.Context, photo string, limit int64) ([]byte, error)
}

// Inviting is a platform that people can come to by a link.
type Inviting interface {
	// Invite gives a link by which somebody comes who was given a code, or "" while it is
	// not known.
	Invite(code string) string
}

// Healthy is a platform that knows how its connection is.
type Healthy interface {
	Health() Health
}

// Health is how a platform's connection is.
type Health struct {
	Up         bool      // events can come in
	Since      time.Time // when Up last changed; zero if it never was up
	Reconnects int64     // since the start
}

// Finding is something that was found when a platform's settings were tried out. It
// holds no token and says nothing of anybody who writes to the bot.
type Finding struct {
	OK   bool
	What string // what was found, in one line
	Do   string // what to do about it; empty if it is OK
}

// Hiding is a platform that can take out of sight what was said in a chat lately. What
// it can't take away stays: nobody is told.
type Hiding interface {
	Hide(ctx context.Context, chat store.Address)
}

// Forgetting is a platform that remembers chats over restarts.
type Forgetting interface {
	// Forget has it remember nothing of a chat of which nothing is kept: its person was
	// deleted, has left it, or was never let in. They can come again.
	Forget(chat store.Address)
}

// Inbound is one event of one person, as a platform hands it over.
type Inbound struct {
	// ID is unique on its platform, and the same when handed over again.
	ID string
	// From is the private chat in which it happened.
	From store.Address
	// User names the person to whoever runs the server, as the platform does, where
	// that is not From.ID. It is not kept.
	User string
	// Language is the IETF tag that the platform tells of the person, or empty.
	Language string
	Event    flows.Event
	// Handle is what the platform answers this very event by, such as the message
	// that a button stood on: at most 1 KB, and nothing to the service, which keeps it
	// sealed with the first message that answers the event.
	Handle string
	// Gone says that the person can't be reached any more, as when they blocked the
	// bot. The Event is empty: nothing is said to them until they come back.
	Gone bool
	// Unread is what came, if it could not be read. From and Event are empty then. It
	// is put aside for whoever mends the program.
	Unread string
}

// Outbound is one message to one person.
type Outbound struct {
	To store.Address
	// ID stands for the message, stable over retries and restarts: 23 characters
	// of [A-Za-z0-9_-], fit for a nonce.
	ID      string
	Lane    store.Lane
	Message flows.Message
	// Handle is that of the event which this message answers as the first one. It may
	// be old: the message can have waited.
	Handle string
	// File goes with the message, if it has one: the message's text says what it is. One
	// of type image/jpeg or image/png is shown as a picture. A platform that can't take
	// it, or not of that size, refuses the message.
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
