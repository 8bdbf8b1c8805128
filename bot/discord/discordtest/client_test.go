package discordtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"kintsugi/bot/bottest"
	"kintsugi/bot/discord/discordtest"
)

const (
	token    = "right"
	app      = "100000000000001000"
	messages = "/channels/300000000000003000/messages"
	nobody   = `"allowed_mentions":{"parse":[]}`
)

// world is a server and a program that calls it.
type world struct {
	*discordtest.Server
	t    *testing.T
	pipe *bottest.Pipe
	web  *http.Client
}

// in lets something happen in a bubble, at a server.
func in(t *testing.T, do func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		pipe := bottest.NewPipe()
		transport := &http.Transport{DialContext: pipe.Dial}
		w := &world{discordtest.New(token), t, pipe, &http.Client{Transport: transport}}
		served := make(chan error, 1)
		go func() { served <- w.Serve(pipe) }()
		do(w)
		w.Close()
		transport.CloseIdleConnections()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
	json   map[string]any
}

func (a answer) code() int {
	code, _ := a.json["code"].(float64)
	return int(code)
}

func (a answer) id() string { id, _ := a.json["id"].(string); return id }

func (w *world) request(method, path, kind string, body []byte) *http.Request {
	w.t.Helper()
	r, err := http.NewRequest(method, "http://discord.test/api/v9"+path, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+token)
	r.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	r.Header.Set("Content-Type", kind)
	return r
}

func (w *world) try(r *http.Request) (answer, error) {
	resp, err := w.web.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(resp.Body)
	_ = json.Unmarshal(a.body, &a.json) // a list is not looked into
	return a, err
}

func (w *world) call(method, path, body string) answer {
	w.t.Helper()
	a, err := w.try(w.request(method, path, "application/json", []byte(body)))
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// say sends a message that must be taken, and gives its id. more stands in its JSON.
func (w *world) say(content, more string) string {
	w.t.Helper()
	a := w.call("POST", messages, `{"content":`+quote(content)+`,`+nobody+more+`}`)
	if a.status != http.StatusOK {
		w.t.Fatalf("sending: %d %s", a.status, a.body)
	}
	return a.id()
}

func quote(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

// buttons are components with a button for each label, each with its custom id.
func buttons(labels ...string) string {
	var list []string
	for _, label := range labels {
		list = append(list, `{"type":2,"style":2,"label":`+quote(label)+`,"custom_id":`+quote("id."+label)+`}`)
	}
	return `,"components":[{"type":1,"components":[` + strings.Join(list, ",") + `]}]`
}

// upload sends a message with a file.
func (w *world) upload(name string, data []byte) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	payload := `{"content":"for you",` + nobody + `,"attachments":[{"id":0,"filename":` + quote(name) + `}]}`
	_ = form.WriteField("payload_json", payload)
	part, _ := form.CreateFormFile("files[0]", name)
	_, _ = part.Write(data)
	_ = form.Close()
	a, err := w.try(w.request("POST", messages, form.FormDataContentType(), body.Bytes()))
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// payload is one of the gateway's.
type payload struct {
	Op int             `json:"op"`
	S  int             `json:"s"`
	T  string          `json:"t"`
	D  json.RawMessage `json:"d"`
}

func (p payload) get(name string) string {
	var d map[string]any
	_ = json.Unmarshal(p.D, &d)
	text, _ := d[name].(string)
	return text
}

// line is a connection to the gateway.
type line struct {
	*websocket.Conn
	t *testing.T
}

// dial connects to the gateway.
func (w *world) dial() *line {
	w.t.Helper()
	d := websocket.Dialer{NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		return w.pipe.Dial(ctx, network, addr)
	}}
	conn, _, err := d.Dial("ws://discord.test/gateway?v=9&encoding=json", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = conn.Close() })
	return &line{conn, w.t}
}

func (l *line) next() payload {
	l.t.Helper()
	_ = l.SetReadDeadline(time.Now().Add(time.Hour))
	var p payload
	if err := l.ReadJSON(&p); err != nil {
		l.t.Fatal(err)
	}
	return p
}

// want reads a payload that must be an event of a name, or an op.
func (l *line) want(op int, name string) payload {
	l.t.Helper()
	p := l.next()
	if p.Op != op || p.T != name {
		l.t.Fatalf("got op %d %s, want op %d %s", p.Op, p.T, op, name)
	}
	return p
}

// wantClose waits until the connection is closed with a code.
func (l *line) wantClose(code int) {
	l.t.Helper()
	for {
		_, _, err := l.ReadMessage()
		if err == nil {
			continue
		}
		if !websocket.IsCloseError(err, code) {
			l.t.Errorf("it ended with %v, want code %d", err, code)
		}
		return
	}
}

func (l *line) send(text string) {
	l.t.Helper()
	if err := l.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		l.t.Fatal(err)
	}
}

const identify = `{"op":2,"d":{"token":"right","intents":4096,"properties":{"os":"linux"}}}`

// identified is a connection with a session, and the id of that.
func (w *world) identified() (*line, string) {
	w.t.Helper()
	l := w.dial()
	l.want(10, "")
	l.send(identify)
	return l, l.want(0, "READY").get("session_id")
}

// wantViolation checks that there is one, and that it is about something.
func (w *world) wantViolation(about string) {
	w.t.Helper()
	if v := w.Violations(); len(v) != 1 || !strings.Contains(v[0], about) {
		w.t.Errorf("the violations are %q, want one about %q", v, about)
	}
}
