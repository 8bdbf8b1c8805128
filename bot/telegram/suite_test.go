package telegram

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

const testToken = "123456:AAF-secret_token"

var (
	_ bot.Platform = (*Telegram)(nil)
	_ bot.Hiding   = (*Telegram)(nil)
	_ bot.Fetching = (*Telegram)(nil)
	_ bot.Healthy  = (*Telegram)(nil)
	_ Words        = (*flows.Book)(nil)
)

// testWords are texts in two languages.
type testWords struct{}

func (testWords) Phrase(key, language string) string { return key + " in " + language }
func (testWords) Languages() []string                { return []string{"en", "de"} }
func (testWords) Menu(language string) []flows.Command {
	return []flows.Command{{Name: "help", Does: "says what there is, in " + language}, {Name: "un fit", Does: "is left out"}}
}

// world is a fake server and what it takes to make programs that talk to it.
type world struct {
	*telegramtest.Server
	o         Options
	transport *http.Transport
	log       *logBuffer
}

// newWorld makes a server behind a pipe, for virtual time.
func newWorld(t *testing.T) *world {
	pipe := bottest.NewPipe()
	return worldBehind(t, pipe, &http.Transport{DialContext: pipe.Dial, MaxIdleConnsPerHost: idleConns})
}

func worldBehind(t *testing.T, l net.Listener, transport *http.Transport) *world {
	s := telegramtest.New(testToken)
	s.DeliverTo("http://nowhere.example", answerer{err: errNotNow}) // no network
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(l) }) // ended by the cleanup
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		s.Close()
		l.Close()
		serving.Wait()
	})
	log := &logBuffer{}
	o := Options{
		Token: testToken, APIURL: "http://" + l.Addr().String(), Words: testWords{}, Transport: transport,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return &world{s, o, transport, log}
}

func (w *world) start() *Telegram { return New(w.o) }

func TestTelegramPassesTheSuite(t *testing.T) {
	t.Run("virtual", func(t *testing.T) {
		bottest.RunVirtual(t, func(t *testing.T) (bot.Platform, bottest.Peer) { return newWorld(t).platform() })
	})
	t.Run("real", func(t *testing.T) {
		bottest.Run(t, func(t *testing.T) (bot.Platform, bottest.Peer) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			return worldBehind(t, l, newTransport()).platform()
		})
	})
}

func (w *world) platform() (bot.Platform, bottest.Peer) {
	return w.start(), w.Peer(func(*testing.T) bot.Platform { return w.start() })
}

// logBuffer keeps what was logged. It is safe for concurrent use.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
