package telegramtest

import (
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"

	"kintsugi/bot/bottest"
)

// laterBy is for how many seconds a send is put off.
const laterBy = 30

// Fault is what a call can meet with.
type Fault int

// The faults.
const (
	TooMany         Fault = iota + 1 // 429, with no effect
	ServerError                      // 500, with no effect
	BadGateway                       // 502 in HTML, with no effect
	ResetBefore                      // the connection is reset, with no effect
	Silence                          // no answer and no effect, until the client gives up
	Unauthorized                     // 401, with no effect
	Refused                          // 400, with no effect
	Blocked                          // 403, with no effect
	BadGatewayAfter                  // 502 in HTML, though it took effect
	ResetAfter                       // the connection is reset, though it took effect
	SilenceAfter                     // no answer, though it took effect
	GarbledAfter                     // an answer that can't be read, though it took effect
)

func (f Fault) takesEffect() bool { return f >= BadGatewayAfter }

// badGateway is what a proxy before the server answers.
const badGateway = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"

// faults are the faults to come.
type faults struct {
	random  *rand.Rand
	shares  map[Fault]float64
	next    map[string][]Fault // by method
	latency time.Duration
}

// FailAll lets a share of all calls from now on meet with a fault, at random but the same
// in each run. Shares of several faults add up. 0 ends it.
func (s *Server) FailAll(share float64, with Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.shares[with] = share
}

// FailNext lets the next n calls of a method meet with a fault, after those that were set
// before. "file" is fetching a file.
func (s *Server) FailNext(method string, with Fault, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults.next[method] = append(s.faults.next[method], with)
	}
}

// Latency lets all calls but getUpdates take so much longer from now on. A call whose
// client gives up takes effect all the same.
func (s *Server) Latency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.latency = d
}

// Mend takes back all faults that were not met, and the latency.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = newFaults()
	for _, c := range s.chats {
		c.ails = nil
	}
}

// Fail implements [bottest.Peer].
func (s *Server) Fail(person int, with bottest.Ability) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.open(person)
	c.ails = append(c.ails, with)
}

// Can implements [bottest.Peer]. No answer says that a message was not sent and is to be
// tried again at once.
func (s *Server) Can(a bottest.Ability) bool { return a != bottest.Temporary }

// meet gives the fault that a call meets with, or 0.
func (s *Server) meet(method string, c call) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next := s.faults.next[method]; len(next) > 0 {
		s.faults.next[method] = next[1:]
		return next[0]
	}
	if in, err := s.chat(c); err == nil && len(in.ails) > 0 && strings.HasPrefix(method, "send") {
		ails := in.ails[0]
		in.ails = in.ails[1:]
		return in.fault(ails)
	}
	return s.faults.draw()
}

// draw gives a fault at random, or 0.
func (f *faults) draw() Fault {
	if len(f.shares) == 0 {
		return 0
	}
	at := f.random.Float64()
	for fault := TooMany; fault <= GarbledAfter; fault++ {
		if at -= f.shares[fault]; at < 0 {
			return fault
		}
	}
	return 0
}

// fault gives what a send to this chat meets with. What arrives without anybody knowing
// ends with a reset and with the page of a proxy in turn.
func (c *chat) fault(a bottest.Ability) Fault {
	switch a {
	case bottest.Later:
		return TooMany
	case bottest.Refused:
		return Refused
	case bottest.Unreachable:
		return Blocked
	case bottest.AmbiguousLost:
		return ServerError
	case bottest.AmbiguousArrived:
		c.unsure++
		if c.unsure%2 == 1 {
			return ResetAfter
		}
		return BadGatewayAfter
	}
	panic("no such fault here: " + string(a))
}

// delay takes the time that a call takes.
func (s *Server) delay() {
	s.mu.Lock()
	d := s.faults.latency
	s.mu.Unlock()
	if d == 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.closed:
	}
}

// answerFault answers as a fault does.
func (s *Server) answerFault(w http.ResponseWriter, r *http.Request, f Fault) {
	switch f {
	case TooMany:
		writeError(w, errTooMany(laterBy))
	case ServerError:
		writeError(w, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error"})
	case Unauthorized:
		writeError(w, errUnauthorized())
	case Refused:
		writeError(w, badRequest("message text is empty"))
	case Blocked:
		writeError(w, forbidden(blockedByUser))
	case BadGateway, BadGatewayAfter:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		w.Write([]byte(badGateway))
	case GarbledAfter:
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"ok":true,"result":{"message_id":`))
	case ResetBefore, ResetAfter:
		reset(w)
	case Silence, SilenceAfter:
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		panic(http.ErrAbortHandler)
	}
}

// reset resets the connection of a call, so that its client does not know what became of
// it.
func reset(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	abrupt(conn)
}

// abrupt closes a connection without saying goodbye, where that can be done.
func abrupt(c net.Conn) {
	if l, ok := c.(interface{ SetLinger(seconds int) error }); ok {
		l.SetLinger(0)
	}
	c.Close()
}
