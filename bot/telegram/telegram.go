package telegram

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"kintsugi/bot"
	"kintsugi/bot/pace"
	"kintsugi/flows"
	"kintsugi/store"
)

const (
	platformName = "telegram"
	defaultURL   = "https://api.telegram.org"
)

// Options say how a Telegram is reached.
type Options struct {
	// Token is the bot's, as @BotFather gives it.
	Token string
	// APIURL is the server of the Bot API; Telegram's own if empty.
	APIURL string
	// Webhook is how updates come in. nil is long polling.
	Webhook *Webhook
	// Pace is the pace of messages; zero is no limit.
	Pace pace.Limits
	// Words are the texts. *flows.Book is one.
	Words Words
	// Clock is waited by. nil is real time.
	Clock *bot.Clock
	// Log gets what whoever runs the server should know. nil is nothing.
	Log *slog.Logger
	// Transport carries the requests. nil is one made for this.
	Transport http.RoundTripper
}

// Webhook is how Telegram brings updates.
type Webhook struct {
	URL    string // where Telegram finds us, https
	Listen string // where we listen, such as "127.0.0.1:8081"
	Secret string // what tells Telegram from others: 1 to 256 of A-Za-z0-9_-
}

// Words are the texts that belong to no conversation. A language can be any IETF tag.
type Words interface {
	Phrase(key, language string) string
	Menu(language string) []flows.Command
	Languages() []string
}

// Telegram is the chats of one bot. It implements bot.Platform, bot.Hiding,
// bot.Fetching and bot.Healthy.
type Telegram struct {
	wire    *wire
	webhook *Webhook
	words   Words
	clock   *bot.Clock
	log     *slog.Logger
	pacer   *pace.Pacer
	listen  func(ctx context.Context, address string) (net.Listener, error)

	username atomic.Pointer[string] // nil until Telegram has said it
	health   health
	errands  errands
	recent   *recent
	progress *progress
	pictures *pictures
	groups   *groups
}

// New makes a Telegram. It does no I/O.
func New(o Options) *Telegram {
	silence()
	o = o.withDefaults()
	return &Telegram{
		wire:     newWire(o.Token, o.APIURL, o.Transport),
		webhook:  o.Webhook,
		words:    o.Words,
		clock:    o.Clock,
		log:      o.Log.With("platform", platformName),
		pacer:    pace.New(o.Pace, o.Clock),
		listen:   listen,
		errands:  newErrands(),
		recent:   newRecent(),
		progress: newProgress(),
		pictures: newPictures(),
		groups:   newGroups(),
	}
}

func (o Options) withDefaults() Options {
	if o.APIURL == "" {
		o.APIURL = defaultURL
	}
	o.APIURL = strings.TrimRight(o.APIURL, "/")
	if o.Clock == nil {
		o.Clock = &bot.Clock{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	return o
}

// Name implements bot.Platform.
func (t *Telegram) Name() string { return platformName }

func address(chat int64) store.Address {
	return store.Address{Platform: platformName, ID: strconv.FormatInt(chat, 10)}
}

// silence keeps the library from logging: its lines hold tokens. Its logger is one for
// the whole process, so it is set only once.
var silence = sync.OnceFunc(func() { _ = tgbotapi.SetLogger(nothing{}) })

type nothing struct{}

func (nothing) Println(...any)        {}
func (nothing) Printf(string, ...any) {}
