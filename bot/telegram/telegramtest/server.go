package telegramtest

import (
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Username is the name of the bot.
const Username = "kintsugi_test_bot"

// firstUpdate is the number of the first update, unless another is set.
const firstUpdate = 700_000_001

// Server is the Bot API of one bot. Everything is safe for concurrent use.
type Server struct {
	token   string
	me      user
	methods map[string]method
	closed  chan struct{}
	busy    sync.WaitGroup // calls and deliveries under way

	mu          sync.Mutex // guards what follows
	isClosed    bool
	servers     []*http.Server
	skew        time.Duration
	revoked     bool
	calls       map[string]int
	chats       map[int64]*chat
	lastMessage int
	arrived     int
	files       map[string]*file // by id
	paths       map[string]*file // by the path for fetching
	lastFile    int
	queries     queries
	about       about
	faults      faults
	changed     chan struct{} // closed at the next change; nil if nobody waits
	onSend      func(person int, m Sent)

	updates    []*update // not confirmed, in order
	nextUpdate int
	allowed    []string // kinds of updates; nil for the usual ones
	poller     *poller
	conflicts  int // polls to end for another poller
	hook       *hook
	hookBase   string
	hookVia    http.RoundTripper
}

// New makes a server that takes one token.
func New(token string) *Server {
	s := &Server{
		token: token, closed: make(chan struct{}), nextUpdate: firstUpdate,
		calls: map[string]int{}, chats: map[int64]*chat{},
		files: map[string]*file{}, paths: map[string]*file{},
		queries: queries{at: map[string]time.Time{}}, about: newAbout(),
		faults: newFaults(),
	}
	number, _, _ := strings.Cut(token, ":")
	id, _ := strconv.ParseInt(number, 10, 64)
	s.me = user{ID: id, IsBot: true, FirstName: "Kintsugi", Username: Username}
	s.methods = methods()
	return s
}

func newFaults() faults {
	return faults{
		random: rand.New(rand.NewPCG(1, 2)),
		shares: map[Fault]float64{}, next: map[string][]Fault{},
	}
}

// Serve answers on a listener until Close, which is no error.
func (s *Server) Serve(l net.Listener) error {
	server := &http.Server{Handler: s}
	s.mu.Lock()
	if s.isClosed {
		s.mu.Unlock()
		return l.Close()
	}
	s.servers = append(s.servers, server)
	s.mu.Unlock()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close ends all calls under way and waits for them.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.isClosed {
		s.isClosed = true
		close(s.closed)
	}
	h := s.hook
	s.dropHook()
	servers := s.servers
	s.mu.Unlock()
	for _, server := range servers {
		server.Close()
	}
	s.busy.Wait()
	if h != nil {
		h.client.CloseIdleConnections()
	}
}

// begin says that something is under way, if the server is not closed.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isClosed {
		return false
	}
	s.busy.Add(1)
	return true
}

// ServeHTTP answers a call of a method, or hands out a file.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.begin() {
		panic(http.ErrAbortHandler)
	}
	defer s.busy.Done()
	w.Header().Set("Date", s.date().UTC().Format(http.TimeFormat))
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, name, slash := strings.Cut(rest, "/")
	switch {
	case !ok || !slash:
		writeError(w, errNotFound())
	case !s.isToken(token):
		writeError(w, errUnauthorized())
	default:
		s.serveMethod(w, r, name)
	}
}

func (s *Server) date() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.skew)
}

func (s *Server) isToken(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return token == s.token && !s.revoked
}

// Revoke says whether the token is refused from now on.
func (s *Server) Revoke(revoked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = revoked
}

// Skew lets the clock of the server, as its answers tell it, go wrong by so much.
func (s *Server) Skew(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = by
}

// Calls says how often a method was called with the right token, whatever came of it.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Arrived says how many messages of the bot arrived anywhere, so far.
func (s *Server) Arrived() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.arrived
}

// OnSend sets what is called after each message that arrived at a person, outside of any
// lock: a driver can answer from there. It is called in the order of arrival for each
// person, as long as the program under test sends one message after another.
func (s *Server) OnSend(f func(person int, m Sent)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onSend = f
}
