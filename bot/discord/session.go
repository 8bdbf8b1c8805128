package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	openTime  = 20 * time.Second // for the connection, and for HELLO
	readyTime = 30 * time.Second // from HELLO to READY or RESUMED
	readSlack = 10 * time.Second // beyond a heartbeat's interval, until silence is the end
	writeTime = 10 * time.Second

	maxFrame    = 16 << 20 // bytes
	maxInterval = 10 * time.Minute
)

// The gateway's operations.
const (
	opDispatch     = 0
	opHeartbeat    = 1
	opIdentify     = 2
	opResume       = 6
	opReconnect    = 7
	opInvalid      = 9
	opHello        = 10
	opHeartbeatAck = 11
)

// session is one connection to the gateway. Every frame pushes its read deadline on, so
// that a connection which is dead without saying so ends after about one interval.
type session struct {
	g        *gateway
	socket   *websocket.Conn
	interval time.Duration // of heartbeats
	ready    bool          // READY or RESUMED came; live alone uses it

	writing sync.Mutex // guards writing to the socket

	mu    sync.Mutex // guards what follows
	seq   int64      // of the last event
	acked bool       // the last heartbeat was answered
}

// open connects and waits for HELLO.
func (g *gateway) open(ctx context.Context, address string) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	dialer := websocket.Dialer{NetDialContext: g.dial, Proxy: http.ProxyFromEnvironment}
	socket, resp, err := dialer.DialContext(ctx, withVersion(address), nil)
	if err != nil {
		return nil, fmt.Errorf("connecting to the gateway: %s", dialReason(err, resp))
	}
	socket.SetReadLimit(maxFrame)
	s := &session{g: g, socket: socket, seq: g.seq, acked: true}
	stop := afterwards(ctx, s.close)
	defer stop()
	if err := s.hello(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// withVersion adds what we speak to the gateway's address. One that can't be read is
// refused by the dialer.
func withVersion(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.RawQuery = "v=" + discordgo.APIVersion + "&encoding=json"
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// dialReason says why there is no socket, without the address.
func dialReason(err error, resp *http.Response) string {
	if resp != nil {
		return fmt.Sprintf("status %d", resp.StatusCode)
	}
	return reasonOf(err)
}

// hello takes the first frame, which is HELLO unless the server would rather not.
func (s *session) hello() error {
	_ = s.socket.SetReadDeadline(time.Now().Add(openTime))
	e, err := s.read()
	if err != nil {
		return err
	}
	if e.Operation != opHello {
		return fmt.Errorf("the gateway began with operation %d", e.Operation)
	}
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if json.Unmarshal(e.RawData, &h) != nil || h.Interval <= 0 {
		return errors.New("the gateway's beginning can't be read")
	}
	s.interval = min(time.Duration(h.Interval)*time.Millisecond, maxInterval)
	return nil
}

// live identifies or resumes, and takes frames until the connection ends.
func (s *session) live(take func(*discordgo.Event)) error {
	if err := s.begin(); err != nil {
		return err
	}
	done := make(chan struct{})
	var beating sync.WaitGroup
	beating.Go(func() { s.beat(done) })
	defer beating.Wait()
	defer s.close() // so that a heartbeat that is being written ends
	defer close(done)
	begun := time.Now()
	for {
		if s.ready {
			_ = s.socket.SetReadDeadline(time.Now().Add(s.interval + readSlack))
		} else {
			_ = s.socket.SetReadDeadline(begun.Add(readyTime))
		}
		e, err := s.read()
		if err != nil {
			return s.ended(err)
		}
		if err := s.frame(e, take); err != nil {
			return err
		}
	}
}

func (s *session) begin() error {
	if s.g.session == "" {
		return s.write(opIdentify, discordgo.Identify{
			Token:          s.g.token,
			Properties:     discordgo.IdentifyProperties{OS: runtime.GOOS, Browser: "kintsugi", Device: "kintsugi"},
			LargeThreshold: 50,
			Presence:       discordgo.GatewayStatusUpdate{Status: "online"},
			Intents:        discordgo.IntentsDirectMessages,
		})
	}
	return s.write(opResume, map[string]any{
		"token": s.g.token, "session_id": s.g.session, "seq": s.g.seq,
	})
}

// frame deals with one frame. An error ends the connection.
func (s *session) frame(e *discordgo.Event, take func(*discordgo.Event)) error {
	switch e.Operation {
	case opDispatch:
		return s.dispatch(e, take)
	case opHeartbeat:
		return s.heartbeat()
	case opHeartbeatAck:
		s.setAcked(true)
	case opReconnect:
		return errors.New("the gateway asks to reconnect")
	case opInvalid:
		return s.invalid(e)
	}
	return nil
}

func (s *session) dispatch(e *discordgo.Event, take func(*discordgo.Event)) error {
	switch e.Type {
	case "READY":
		if err := s.g.ready(e); err != nil {
			return err
		}
		s.isReady()
	case "RESUMED":
		s.isReady()
	}
	take(e)
	s.g.seq = e.Sequence
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq = e.Sequence
	return nil
}

func (s *session) isReady() {
	s.ready, s.g.misses = true, 0
	s.g.health.up()
	s.g.log.Info("connected to the gateway")
}

// invalid deals with a session that the server does not take.
func (s *session) invalid(e *discordgo.Event) error {
	if string(e.RawData) != "true" {
		s.g.forget()
	}
	return errInvalid
}

func (s *session) write(op int, data any) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	_ = s.socket.SetWriteDeadline(time.Now().Add(writeTime))
	err := s.socket.WriteJSON(struct {
		Op   int `json:"op"`
		Data any `json:"d"`
	}{op, data})
	if err != nil {
		return fmt.Errorf("writing to the gateway: %s", reasonOf(err))
	}
	return nil
}

// read gives the next frame.
func (s *session) read() (*discordgo.Event, error) {
	_, data, err := s.socket.ReadMessage()
	if err != nil {
		return nil, readError(err)
	}
	e := new(discordgo.Event)
	if json.Unmarshal(data, e) != nil {
		return nil, errors.New("a frame of the gateway can't be read")
	}
	return e, nil
}

// ended takes in why reading ended.
func (s *session) ended(err error) error {
	if e := (*closedError)(nil); errors.As(err, &e) && e.forgets() {
		s.g.forget()
	}
	return err
}

// bye ends the session at the server too.
func (s *session) bye() {
	text := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = s.socket.WriteControl(websocket.CloseMessage, text, time.Now().Add(time.Second))
	s.close()
}

// close closes the socket. The session can be resumed.
func (s *session) close() { _ = s.socket.Close() }
