package discordtest

import (
	"encoding/json"
	"time"
)

const (
	resumeWithin = 3 * time.Minute // a session that lost its connection can be resumed for as long
	mostKept     = 500             // events that a session keeps to be sent again
)

// Welcome is what a program meets with that connects to the gateway.
type Welcome string

// The unkind welcomes.
const (
	SilentWelcome    Welcome = "nothing is sent"
	ReconnectWelcome Welcome = "op 7 in place of HELLO"
	ReconnectReady   Welcome = "op 7 in place of READY"
	InvalidWelcome   Welcome = "op 9 in place of READY"
	RefusedWelcome   Welcome = "503 in place of a socket"
)

// gate is the gateway.
type gate struct {
	interval    time.Duration // of heartbeats
	starts      int           // sessions that may be started today
	startsAfter time.Duration // until there are all of them again
	sockets     map[*socket]bool
	sessions    map[string]*session
	welcomes    []Welcome
	closings    []int // codes with which the next IDENTIFYs are met
}

func newGate() gate {
	return gate{
		interval: 41250 * time.Millisecond, starts: 1000, startsAfter: 24 * time.Hour,
		sockets: map[*socket]bool{}, sessions: map[string]*session{},
	}
}

// dispatch sends an event to all sessions. The caller holds the mutex.
func (s *Server) dispatch(name string, body any) {
	data := encode(body)
	for id, x := range s.gate.sessions {
		if x.socket == nil && time.Since(x.lost) > resumeWithin {
			delete(s.gate.sessions, id)
			continue
		}
		x.push(name, data)
	}
	s.tell()
}

// PutRaw sends an event of any name and body, which must be JSON, to all sessions.
func (s *Server) PutRaw(name, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(name, json.RawMessage(body))
}

// Connected says how many sessions have a connection on which events go out.
func (s *Server) Connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, x := range s.gate.sessions {
		if x.socket != nil && !x.socket.dead {
			n++
		}
	}
	return n
}

// SetHeartbeat sets the interval of heartbeats for connections that are made from now
// on. Who lets two of them pass without one is closed with 4009.
func (s *Server) SetHeartbeat(interval time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.interval = interval
}

// SetStarts sets how many sessions may still be started, and for how long.
func (s *Server) SetStarts(remaining int, after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.starts, s.gate.startsAfter = remaining, after
}

// Greet lets the next connections meet with unkind welcomes, one after another.
func (s *Server) Greet(with ...Welcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.welcomes = append(s.gate.welcomes, with...)
}

// CloseNext closes the next connections that identify, with a code each.
func (s *Server) CloseNext(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.closings = append(s.gate.closings, codes...)
}

// AskHeartbeat asks all connections for a heartbeat at once (op 1).
func (s *Server) AskHeartbeat() { s.each(func(k *socket) { k.op(opHeartbeat, nil) }) }

// AskReconnect asks all connections to be made anew (op 7).
func (s *Server) AskReconnect() { s.each(func(k *socket) { k.op(opReconnect, nil) }) }

// Invalidate ends all sessions (op 9). Those that are resumable may be resumed.
func (s *Server) Invalidate(resumable bool) {
	s.each(func(k *socket) {
		if k.session != nil && !resumable {
			delete(s.gate.sessions, k.session.id)
			k.session = nil
		}
		k.op(opInvalid, resumable)
	})
}

// Hangup closes all connections with a code. Their sessions can be resumed.
func (s *Server) Hangup(code int) { s.each(func(k *socket) { k.close(code) }) }

// Drop breaks all connections. Their sessions can be resumed.
func (s *Server) Drop() {
	s.each(func(k *socket) {
		k.detach()
		breakOff(k.conn.UnderlyingConn())
	})
}

// Zombie lets all connections fall silent without closing: nothing is sent on them any
// more. What happens is kept for whoever resumes.
func (s *Server) Zombie() {
	s.each(func(k *socket) {
		k.dead = true
		_ = k.conn.SetReadDeadline(time.Time{})
	})
}

// Forget ends all sessions that have no connection, so that none can be resumed.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, x := range s.gate.sessions {
		if x.socket == nil {
			delete(s.gate.sessions, id)
		}
	}
}

func (s *Server) each(do func(*socket)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.gate.sockets {
		do(k)
	}
	s.tell()
}
