package discordtest

import (
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"kintsugi/bot/bottest"
)

// LaterBy is the retry_after of a send that meets with [bottest.Later].
const LaterBy = 350 * time.Millisecond

// Fault is what a call meets with.
type Fault struct {
	Arrives bool // the call takes effect all the same
	// Status is that of the answer. From 502 on, the answer is a page of HTML.
	Status     int
	Code       int           // Discord's own, in the JSON
	RetryAfter time.Duration // with 429
	Global     bool          // with 429: it is meant for every call
	Reset      bool          // the connection breaks in place of an answer
	Silent     bool          // nothing comes until the caller gives up
}

func (f Fault) refusal() error {
	return &refusal{status: f.Status, code: f.Code, message: http.StatusText(f.Status), after: f.RetryAfter, global: f.Global}
}

type faults struct {
	random  *rand.Rand
	share   float64
	all     []Fault
	routes  map[string][]Fault
	latency time.Duration
	odd     bool // the next ambiguous failure is a reset
}

func newFaults() faults {
	return faults{random: rand.New(rand.NewPCG(1, 2)), routes: map[string][]Fault{}}
}

// FailAll lets a share of all calls meet with one of some faults. The same calls meet
// with the same ones in each run. No fault at all ends it.
func (s *Server) FailAll(share float64, with ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.share, s.faults.all = share, with
}

// FailNext lets the next n calls of a route meet with a fault. It panics if there is no
// such route.
func (s *Server) FailNext(route string, with Fault, n int) {
	s.Calls(route)
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults.routes[route] = append(s.faults.routes[route], with)
	}
}

// Latency lets each call but the gateway's take some time longer.
func (s *Server) Latency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.latency = d
}

// Fail implements [bottest.Peer]. Several faults are met one after another. A send is a
// message to the person, or an edit that changes the words of one.
func (s *Server) Fail(person int, with bottest.Ability) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chat(person)
	c.faults = append(c.faults, s.faults.of(with))
}

// of gives the fault that stands for an ability.
func (f *faults) of(a bottest.Ability) Fault {
	switch a {
	case bottest.Later:
		return Fault{Status: http.StatusTooManyRequests, RetryAfter: LaterBy}
	case bottest.Temporary:
		return Fault{Status: http.StatusForbidden, Code: 50001}
	case bottest.Refused:
		return Fault{Status: http.StatusBadRequest, Code: 50035}
	case bottest.Unreachable:
		return Fault{Status: http.StatusForbidden, Code: 50007}
	case bottest.AmbiguousArrived:
		f.odd = !f.odd
		if f.odd {
			return Fault{Arrives: true, Reset: true}
		}
		return Fault{Arrives: true, Status: http.StatusBadGateway}
	case bottest.AmbiguousLost:
		f.odd = !f.odd
		if f.odd {
			return Fault{Status: http.StatusBadGateway}
		}
		return Fault{Status: http.StatusInternalServerError}
	}
	panic("no such fault: " + a)
}

// meet gives the fault that a call meets with, if any.
func (s *Server) meet(c *call) (Fault, bool) {
	if queue := s.faults.routes[c.route]; len(queue) > 0 {
		s.faults.routes[c.route] = queue[1:]
		return queue[0], true
	}
	if person, ok := s.sendsTo(c); ok && len(s.chat(person).faults) > 0 {
		to := s.chat(person)
		fault := to.faults[0]
		to.faults = to.faults[1:]
		return fault, true
	}
	if n := len(s.faults.all); n > 0 && s.faults.random.Float64() < s.faults.share {
		return s.faults.all[s.faults.random.IntN(n)], true
	}
	return Fault{}, false
}

// sendsTo gives the person to whom a call brings words, if it does.
func (s *Server) sendsTo(c *call) (int, bool) {
	if c.form.Content == nil && len(c.form.files) == 0 {
		return 0, false
	}
	switch c.route {
	case postMessage, patchMessage:
		return personOf(c.PathValue("channel"), channelBase)
	case patchAnswer, postFollowUp:
		a := s.acts.open[c.PathValue("token")]
		if a != nil {
			return a.person, true
		}
	}
	return 0, false
}

// delay waits for as long as calls take; false if the caller or the server is gone.
func (s *Server) delay(r *http.Request) bool {
	s.mu.Lock()
	d := s.faults.latency
	s.mu.Unlock()
	if d == 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.closing:
	}
	return false
}

// silence waits until the caller gives up, and breaks the connection.
func (s *Server) silence(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.closing:
	}
	panic(http.ErrAbortHandler)
}

// reset breaks a connection.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	breakOff(conn)
}

// breakOff closes a connection in the rudest way that it knows.
func breakOff(conn net.Conn) {
	if c, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = c.SetLinger(0)
	}
	_ = conn.Close()
}
