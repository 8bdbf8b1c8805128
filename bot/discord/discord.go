package discord

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
	"kintsugi/bot/pace"
	"kintsugi/flows"
	"kintsugi/store"
)

const platformName = "discord"

// Words are what people read that no message brings: the commands, and what is said in
// a server. They are safe for concurrent use. *flows.Book is one.
type Words interface {
	// Phrase gives a wording by its key, in a language or the nearest one there is.
	// Asked for are "in-group" and "command-private".
	Phrase(key, language string) string
	// Menu gives the commands in a language or the nearest one there is.
	Menu(language string) []flows.Command
	// Languages gives the tags of the languages there are, English first.
	Languages() []string
}

// Notes keep what a Discord has to know after a restart: in which chats something
// happened lately and how far it was handled. Whoever gives them seals them.
type Notes interface {
	// Load gives what was saved last, nothing if nothing ever was.
	Load(ctx context.Context) ([]byte, error)
	Save(ctx context.Context, notes []byte) error
}

// Options say how a Discord talks. Token and Words are needed.
type Options struct {
	Token  string      // without "Bot "
	APIURL string      // base of the REST API; that of discord.com if empty
	Pace   pace.Limits // of ours, on messages; none if zero
	Words  Words
	Notes  Notes        // nothing is remembered over restarts if nil
	Clock  *bot.Clock   // the real time if nil
	Log    *slog.Logger // nothing is logged if nil
	// Transport carries the REST calls; one of its own if nil.
	Transport http.RoundTripper
	// Dial makes the connection of the gateway's socket; a plain one if nil.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

func (o Options) withDefaults() Options {
	if o.APIURL == "" {
		o.APIURL = discordgo.EndpointAPI
	}
	o.APIURL = strings.TrimSuffix(o.APIURL, "/")
	if o.Clock == nil {
		o.Clock = &bot.Clock{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	if o.Dial == nil {
		o.Dial = (&net.Dialer{Timeout: dialTime, KeepAlive: 30 * time.Second}).DialContext
	}
	return o
}

// newTransport is one for many calls to one host.
func newTransport() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialTime, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   dialTime,
		ResponseHeaderTimeout: 30 * time.Second,
	}
}

// Discord is the bot of one token. It is made with [New].
type Discord struct {
	words   Words
	clock   *bot.Clock
	log     *slog.Logger
	rest    *rest
	gateway *gateway
	pacer   *pace.Pacer
	notes   *notes
	queues  *queues
	seen    *ring
	pending *pending
	sent    *sentTo
	lane    *lane
	app     atomic.Pointer[string] // the application's ID; nil until Discord has said it
	acks    sync.WaitGroup         // answers to interactions under way
}

// New makes a Discord. It does no I/O.
func New(o Options) *Discord {
	o = o.withDefaults()
	log := o.Log.With("platform", platformName)
	r := newRest(o, log)
	return &Discord{
		words: o.Words, clock: o.Clock, log: log, rest: r,
		gateway: newGateway(o, r, log),
		pacer:   pace.New(o.Pace, o.Clock),
		notes:   newNotes(o.Notes, o.Clock, log),
		queues:  newQueues(o.Clock),
		seen:    newRing(),
		pending: newPending(o.Clock),
		sent:    newSentTo(),
		lane:    newLane(),
	}
}

// Name implements bot.Platform.
func (d *Discord) Name() string { return platformName }

// Deduplicates implements bot.Deduplicating: messages have nonces.
func (d *Discord) Deduplicates() bool { return true }

// Health implements bot.Healthy: it is up while the gateway's session is ready.
func (d *Discord) Health() bot.Health { return d.gateway.health.get() }

// Invite implements bot.Inviting: the link adds the bot, by the application's own install
// settings. The code can't go with it.
func (d *Discord) Invite(string) string {
	if app := d.app.Load(); app != nil {
		return "https://discord.com/oauth2/authorize?client_id=" + *app
	}
	return ""
}

// Forget implements bot.Forgetting.
func (d *Discord) Forget(chat store.Address) { d.notes.forget(chat.ID) }

func addressOf(channel string) store.Address {
	return store.Address{Platform: platformName, ID: channel}
}
