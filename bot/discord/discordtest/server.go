package discordtest

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Server is Discord, with people in front of it. It is safe for concurrent use.
type Server struct {
	web      *http.Server
	mux      *http.ServeMux
	closing  chan struct{} // closed by Close
	handlers sync.WaitGroup

	mu       sync.Mutex // guards what follows
	token    string
	host     string // under which it was last called
	base     string // of the gateway, if set
	closed   bool
	changed  chan struct{} // closed at the next change
	ids      snowflakes
	chats    map[int]*chat
	commands []Command
	acts     acts
	gate     gate
	faults   faults
	limits   limits
	counts   counts
}

// New makes a server that takes one token, which is written without "Bot ".
func New(token string) *Server {
	s := &Server{
		token: token, host: "localhost", mux: http.NewServeMux(), closing: make(chan struct{}),
		changed: make(chan struct{}), ids: newSnowflakes(time.Now()), chats: map[int]*chat{},
		acts: acts{open: map[string]*act{}}, gate: newGate(), faults: newFaults(),
		limits: limits{windows: map[string]*window{}}, counts: counts{calls: map[string]int{}},
	}
	s.web = &http.Server{Handler: s}
	s.routes()
	return s
}

// Serve takes connections from a listener until Close, and closes it.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	s.host = l.Addr().String()
	s.mu.Unlock()
	if err := s.web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close ends all connections, and waits for what they do. A second call does nothing.
func (s *Server) Close() {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	for k := range s.gate.sockets {
		_ = k.conn.Close()
	}
	s.mu.Unlock()
	if first {
		close(s.closing)
		_ = s.web.Close()
	}
	s.handlers.Wait()
}

// URL sets the address that /gateway gives, such as "ws://127.0.0.1:8080/gateway".
// Without it the address is made of the Host header.
func (s *Server) URL(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = base
}

// SetToken makes another token the right one: the old one was renewed.
func (s *Server) SetToken(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = token
}

// Changed gives a channel that is closed at the next change of anything that can be
// asked of the server.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// tell says that something changed. The caller holds the mutex.
func (s *Server) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// ServeHTTP implements [http.Handler]: REST below any prefix, the gateway for whoever
// asks for a websocket, and attachments.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter(r) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	defer s.handlers.Done()
	if websocket.IsWebSocketUpgrade(r) {
		s.serveGateway(w, r)
		return
	}
	r.URL.Path, r.URL.RawPath = withoutPrefix(r.URL.Path), ""
	s.mux.ServeHTTP(w, r)
}

func (s *Server) enter(r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.handlers.Add(1)
	s.host = r.Host
	return true
}

// withoutPrefix leaves out of a path what stands before the first known folder.
func withoutPrefix(path string) string {
	first := len(path)
	for _, folder := range []string{"gateway", "users", "oauth2", "applications", "channels", "interactions", "webhooks", "attachments"} {
		if i := strings.Index(path+"/", "/"+folder+"/"); i >= 0 {
			first = min(first, i)
		}
	}
	if first == len(path) {
		return path
	}
	return path[first:]
}
