package discordtest

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// What a payload is.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// Codes with which a connection is closed.
const (
	unknownOp       = 4001
	badPayload      = 4002
	notYet          = 4003
	wrongToken      = 4004
	alreadyIn       = 4005
	wrongSeq        = 4007
	sessionTimedOut = 4009
)

const (
	directMessages = 1 << 12
	mostPayload    = 4096
	leaveTime      = 2 * time.Second // for the other end to close as well
)

// socket is one connection to the gateway.
type socket struct {
	s        *Server
	conn     *websocket.Conn
	interval time.Duration
	welcome  Welcome
	more     chan struct{} // holds one while there is something to write
	done     chan struct{} // closed when nothing is read any more

	// The mutex of the server guards what follows.
	session *session
	out     [][]byte
	closing int  // the code to close with, once all is written
	dead    bool // nothing is written any more
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.checkQuery(r)
	k := &socket{s: s, interval: s.gate.interval, more: make(chan struct{}, 1), done: make(chan struct{})}
	if len(s.gate.welcomes) > 0 {
		k.welcome, s.gate.welcomes = s.gate.welcomes[0], s.gate.welcomes[1:]
	}
	s.mu.Unlock()
	if k.welcome == RefusedWelcome {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	k.conn = conn
	k.live()
}

func (s *Server) checkQuery(r *http.Request) {
	q := r.URL.Query()
	if q.Get("encoding") != "json" || q.Get("v") != "9" && q.Get("v") != "10" {
		s.violate("the gateway was asked for without v=9 and encoding=json")
	}
	if q.Get("compress") != "" {
		s.violate("the gateway was asked for compression")
	}
}

// live reads until the connection ends.
func (k *socket) live() {
	var writer sync.WaitGroup
	writer.Go(k.write)
	if k.enter() {
		k.read()
	}
	k.leave()
	close(k.done)
	_ = k.conn.Close()
	writer.Wait()
}

func (k *socket) enter() bool {
	k.s.mu.Lock()
	defer k.s.mu.Unlock()
	if k.s.closed {
		return false
	}
	k.s.gate.sockets[k] = true
	k.s.tell()
	switch k.welcome {
	case SilentWelcome:
		k.dead = true
	case ReconnectWelcome:
		k.op(opReconnect, nil)
	default:
		k.op(opHello, map[string]any{"heartbeat_interval": k.interval.Milliseconds(), "_trace": []any{}})
	}
	return true
}

func (k *socket) leave() {
	k.s.mu.Lock()
	defer k.s.mu.Unlock()
	delete(k.s.gate.sockets, k)
	k.detach()
	k.s.tell()
}

// detach leaves the session without a connection, to be resumed.
func (k *socket) detach() {
	if k.session != nil && k.session.socket == k {
		k.session.socket, k.session.lost = nil, time.Now()
	}
	k.session = nil
}

func (k *socket) read() {
	for {
		k.expectHeartbeat()
		_, data, err := k.conn.ReadMessage()
		k.s.mu.Lock()
		if err != nil {
			k.ended(err)
			k.s.mu.Unlock()
			return
		}
		k.take(data)
		k.s.mu.Unlock()
	}
}

// expectHeartbeat gives the other end two intervals for the next payload.
func (k *socket) expectHeartbeat() {
	k.s.mu.Lock()
	defer k.s.mu.Unlock()
	switch {
	case k.dead:
		_ = k.conn.SetReadDeadline(time.Time{})
	case k.closing == 0:
		_ = k.conn.SetReadDeadline(time.Now().Add(2 * k.interval))
	}
}

// ended notes how the connection ended. Whoever says goodbye ends the session too.
func (k *socket) ended(err error) {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() && k.closing == 0 && !k.dead {
		bye := websocket.FormatCloseMessage(sessionTimedOut, "Session timed out.")
		_ = k.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(leaveTime))
	}
	said := k.closing == 0 && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway)
	if said && k.session != nil {
		delete(k.s.gate.sessions, k.session.id)
	}
}

// send lets a payload be written. The caller holds the mutex.
func (k *socket) send(payload []byte) {
	if k.dead || k.closing != 0 {
		return
	}
	k.out = append(k.out, payload)
	k.wake()
}

func (k *socket) op(op int, data any) { k.send(encode(map[string]any{"op": op, "d": data})) }

// close lets the connection be closed with a code. The caller holds the mutex.
func (k *socket) close(code int) {
	if k.closing == 0 {
		k.closing = code
		k.detach()
		k.wake()
	}
}

func (k *socket) wake() {
	select {
	case k.more <- struct{}{}:
	default:
	}
}

// write writes what is to be written, until nothing is read any more.
func (k *socket) write() {
	for {
		select {
		case <-k.more:
		case <-k.done:
			return
		}
		k.s.mu.Lock()
		out, closing := k.out, k.closing
		k.out = nil
		k.s.mu.Unlock()
		for _, payload := range out {
			if k.conn.WriteMessage(websocket.TextMessage, payload) != nil {
				_ = k.conn.Close()
				return
			}
		}
		if closing != 0 {
			bye := websocket.FormatCloseMessage(closing, "")
			_ = k.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(leaveTime))
			_ = k.conn.SetReadDeadline(time.Now().Add(leaveTime))
			return
		}
	}
}

// take does what a payload asks for. The caller holds the mutex.
func (k *socket) take(data []byte) {
	var p struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if len(data) > mostPayload || json.Unmarshal(data, &p) != nil || p.Op == nil {
		k.close(badPayload)
		return
	}
	switch *p.Op {
	case opHeartbeat:
		k.op(opAck, nil)
	case opIdentify:
		k.identify(p.D)
	case opResume:
		k.resume(p.D)
	case 3, 4, 8: // presence, voice, members: nothing of ours
		if k.session == nil {
			k.close(notYet)
		}
	default:
		k.close(unknownOp)
	}
}
