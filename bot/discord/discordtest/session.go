package discordtest

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// session is what a program has identified for: events come in order, each with a
// number.
type session struct {
	id     string
	seq    int
	events []event
	socket *socket // nil while it has no connection
	lost   time.Time
}

// event is one that was sent, and can be sent again.
type event struct {
	seq  int
	name string
	data json.RawMessage
}

func (e event) frame() []byte {
	return encode(map[string]any{"op": opDispatch, "s": e.seq, "t": e.name, "d": e.data})
}

func (x *session) push(name string, data json.RawMessage) {
	x.seq++
	e := event{x.seq, name, data}
	x.events = append(x.events, e)
	if len(x.events) > 2*mostKept {
		x.events = append([]event(nil), x.events[mostKept:]...)
	}
	if x.socket != nil {
		x.socket.send(e.frame())
	}
}

// since gives the events after a number; false if some are no longer kept.
func (x *session) since(seq int) ([]event, bool) {
	first := x.seq - len(x.events)
	if seq < first || seq > x.seq {
		return nil, false
	}
	return x.events[seq-first:], true
}

func (k *socket) identify(data json.RawMessage) {
	var p struct {
		Token      string            `json:"token"`
		Intents    int               `json:"intents"`
		Compress   bool              `json:"compress"`
		Properties map[string]string `json:"properties"`
	}
	s := k.s
	s.counts.identifies++
	s.tell()
	switch err := json.Unmarshal(data, &p); {
	case k.session != nil:
		k.close(alreadyIn)
	case err != nil:
		k.close(badPayload)
	case len(s.gate.closings) > 0:
		k.close(s.gate.closings[0])
		s.gate.closings = s.gate.closings[1:]
	case !s.isToken(p.Token):
		k.close(wrongToken)
	case k.welcome == ReconnectReady:
		k.op(opReconnect, nil)
	case k.welcome == InvalidWelcome:
		k.op(opInvalid, false)
	case s.gate.starts <= 0:
		s.violate("a session was started though none was left for today")
		k.op(opInvalid, false)
	default:
		k.judge(p.Intents, p.Compress, p.Properties)
		k.begin()
	}
}

func (s *Server) isToken(token string) bool { return strings.TrimPrefix(token, "Bot ") == s.token }

func (k *socket) judge(intents int, compress bool, properties map[string]string) {
	if intents != directMessages {
		k.s.violate("the intents are not direct messages alone")
	}
	if compress {
		k.s.violate("the gateway was asked for compression")
	}
	if len(properties) == 0 {
		k.s.violate("a session was started without properties")
	}
}

// begin starts a session.
func (k *socket) begin() {
	s := k.s
	s.gate.starts--
	x := &session{id: "session" + text(s.ids.next()), socket: k}
	k.session = x
	s.gate.sessions[x.id] = x
	ready := map[string]any{
		"v": 9, "user": botUser(), "guilds": []any{}, "private_channels": []any{}, "session_id": x.id,
		"resume_gateway_url": s.gatewayURL() + "/resume", "shard": []int{0, 1},
		"application": map[string]any{"id": appID, "flags": 0},
	}
	x.push("READY", encode(ready))
	s.tell()
}

// resume takes a session up again, and sends what was missed.
func (k *socket) resume(data json.RawMessage) {
	var p struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	err := json.Unmarshal(data, &p)
	x := k.s.gate.sessions[p.Session]
	switch {
	case k.session != nil:
		k.close(alreadyIn)
	case err != nil:
		k.close(badPayload)
	case !k.s.isToken(p.Token):
		k.close(wrongToken)
	case x == nil || x.socket == nil && time.Since(x.lost) > resumeWithin:
		k.op(opInvalid, false)
	case p.Seq > x.seq:
		k.close(wrongSeq)
	default:
		k.takeUp(x, p.Seq)
	}
}

func (k *socket) takeUp(x *session, seq int) {
	events, ok := x.since(seq)
	if !ok {
		delete(k.s.gate.sessions, x.id)
		k.op(opInvalid, false)
		return
	}
	if x.socket != nil {
		x.socket.close(websocket.CloseNormalClosure)
	}
	k.s.counts.resumes++
	x.socket, k.session = k, x
	for _, e := range events {
		k.send(e.frame())
	}
	x.push("RESUMED", json.RawMessage("{}"))
	k.s.tell()
}
