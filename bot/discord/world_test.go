package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/discord/discordtest"
	"kintsugi/flows"
)

const testToken = "secret-token.of-a.bot"

// world is Discord, and what a program has that starts bots of one token.
type world struct {
	*discordtest.Server
	t         *testing.T
	transport *http.Transport
	options   Options
	log       *logged
	keeper    *keeper
}

// in lets something happen in a bubble of virtual time.
func in(t *testing.T, do func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { do(newWorld(t)) })
}

// newWorld makes one in memory.
func newWorld(t *testing.T) *world {
	pipe := bottest.NewPipe()
	return worldOn(t, pipe, pipe.Dial)
}

func worldOn(t *testing.T, l net.Listener, dial func(context.Context, string, string) (net.Conn, error)) *world {
	w := &world{
		Server: discordtest.New(testToken), t: t, log: &logged{}, keeper: &keeper{},
		transport: &http.Transport{DialContext: dial},
	}
	w.options = Options{
		Token: testToken, APIURL: "http://" + l.Addr().String() + "/api/v9", Words: fewWords{},
		Notes: w.keeper, Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Transport: w.transport, Dial: dial,
	}
	served := make(chan error, 1)
	go func() { served <- w.Serve(l) }()
	t.Cleanup(func() {
		w.Close()
		w.transport.CloseIdleConnections()
		if err := <-served; err != nil {
			t.Error(err)
		}
		w.wantSecrets()
		if v := w.Violations(); len(v) > 0 {
			t.Errorf("violations: %q", v)
		}
	})
	return w
}

// wantSecrets checks that the log holds none.
func (w *world) wantSecrets() {
	w.t.Helper()
	for _, secret := range []string{testToken, "aW50ZXJhY3Rpb24", w.Address(0).ID, w.User(0), "person0", "secret words"} {
		if text := w.log.String(); strings.Contains(text, secret) {
			w.t.Errorf("the log holds %q: %s", secret, text)
		}
	}
}

// logged is a log that can be read.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logged) count(text string) int { return strings.Count(l.String(), text) }

// keeper keeps notes in memory.
type keeper struct {
	mu    sync.Mutex
	data  []byte
	saves int
	fails bool
}

var errFull = errors.New("no room")

func (k *keeper) Load(context.Context) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fails {
		return nil, errFull
	}
	return slices.Clone(k.data), nil
}

func (k *keeper) Save(_ context.Context, data []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fails {
		return errFull
	}
	k.data = slices.Clone(data)
	k.saves++
	return nil
}

func (k *keeper) fail(fails bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fails = fails
}

func (k *keeper) saved() (string, int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return string(k.data), k.saves
}

// fewWords are all that is said in these tests.
type fewWords struct{}

func (fewWords) Phrase(key, language string) string {
	if key == "command-private" {
		return "go on in private"
	}
	if language == "de" {
		return "Ich rede nur unter vier Augen."
	}
	return "I only talk in private."
}

func (fewWords) Menu(language string) []flows.Command {
	if language == "de" {
		return []flows.Command{{Name: "start", Does: "anfangen"}, {Name: "journal", Does: "lesen, was da steht"}}
	}
	return []flows.Command{{Name: "start", Does: "begin"}, {Name: "journal", Does: "read what is kept"}}
}

func (fewWords) Languages() []string { return []string{"en", "de"} }

// program is a bot that runs.
type program struct {
	*Discord
	w      *world
	cancel func()
	done   chan struct{}
	err    error

	mu  sync.Mutex
	got []bot.Inbound
}

// run starts a bot, and waits until it is connected. A nil handle takes everything.
func (w *world) run(handle func(context.Context, bot.Inbound) error) *program {
	w.t.Helper()
	p := w.start(handle)
	if !w.Await(time.Minute) {
		w.t.Fatal("the bot does not connect")
	}
	return p
}

func (w *world) start(handle func(context.Context, bot.Inbound) error) *program {
	ctx, cancel := context.WithCancel(context.Background())
	p := &program{Discord: New(w.options), w: w, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.err = p.Receive(ctx, func(ctx context.Context, in bot.Inbound) error {
			p.mu.Lock()
			p.got = append(p.got, in)
			p.mu.Unlock()
			if handle != nil {
				return handle(ctx, in)
			}
			return nil
		})
	}()
	w.t.Cleanup(p.stop)
	return p
}

func (p *program) stop() {
	p.cancel()
	<-p.done
}

// events gives what was handed over so far, in a few words each.
func (p *program) events() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for _, in := range p.got {
		list = append(list, inWords(in))
	}
	return list
}

func (p *program) inbound() []bot.Inbound {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}

func inWords(in bot.Inbound) string {
	switch in.Event.Kind {
	case flows.Said:
		return in.Event.Text
	case flows.Pressed:
		return "pressed " + in.Event.Token
	case flows.Sent:
		return "sent " + in.Event.Thing
	}
	return fmt.Sprintf("unread %.20s", in.Unread)
}

// want waits until nothing more happens, and checks what was handed over.
func (p *program) want(want ...string) {
	p.w.t.Helper()
	synctest.Wait()
	if got := p.events(); !slices.Equal(got, want) {
		p.w.t.Errorf("handed over %q, want %q", got, want)
	}
}

// after lets time pass.
func after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// say sends a text to the first person that must arrive.
func (p *program) say(id, text string, with func(*bot.Outbound)) {
	p.w.t.Helper()
	if err := p.trySay(id, text, with); err != nil {
		p.w.t.Fatalf("sending: %v", err)
	}
}

func (p *program) trySay(id, text string, with func(*bot.Outbound)) error {
	m := bot.Outbound{To: p.w.Address(0), ID: id, Message: flows.Message{Text: text}}
	if with != nil {
		with(&m)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return p.Send(ctx, m)
}

// heard gives the texts that stand in the first person's chat.
func (w *world) heard() []string {
	list := []string{}
	for _, m := range w.Heard(0) {
		list = append(list, m.Text)
	}
	return list
}

func (w *world) wantHeard(want ...string) {
	w.t.Helper()
	if got := w.heard(); !slices.Equal(got, want) {
		w.t.Errorf("heard %q, want %q", got, want)
	}
}

func buttons(labels ...string) []flows.Button {
	var list []flows.Button
	for i, label := range labels {
		list = append(list, flows.Button{Token: fmt.Sprintf("q.%d", i), Label: label})
	}
	return list
}
