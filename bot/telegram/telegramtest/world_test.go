package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kintsugi/bot/telegram/telegramtest"
)

const token = "4711:AAtokenAAtoken"

// with are the parameters of a call.
type with map[string]string

// answer is what the server said.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
}

func newServer(t *testing.T) *telegramtest.Server {
	s := telegramtest.New(token)
	t.Cleanup(s.Close)
	return s
}

// serve answers a request without a network.
func serve(t *testing.T, s http.Handler, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Errorf("the answer %q can't be read: %v", w.Body, err)
	}
	if a.OK != (w.Code == http.StatusOK) || !a.OK && a.Code != w.Code {
		t.Errorf("status %d with %s", w.Code, w.Body)
	}
	return a
}

// call calls a method with a form.
func call(t *testing.T, s http.Handler, method string, p with) answer {
	t.Helper()
	values := url.Values{}
	for name, value := range p {
		values.Set(name, value)
	}
	r := httptest.NewRequest(http.MethodPost, "/bot"+token+"/"+method, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return serve(t, s, r)
}

// upload calls a method with a file.
func upload(t *testing.T, s http.Handler, method, field, name string, data []byte, p with) answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range p {
		w.WriteField(name, value)
	}
	part, _ := w.CreateFormFile(field, name)
	part.Write(data)
	w.Close()
	r := httptest.NewRequest(http.MethodPost, "/bot"+token+"/"+method, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return serve(t, s, r)
}

// must is call of what has to work.
func must(t *testing.T, s http.Handler, method string, p with) json.RawMessage {
	t.Helper()
	a := call(t, s, method, p)
	if !a.OK {
		t.Fatalf("%s: %s", method, a.Description)
	}
	return a.Result
}

// read reads a result.
func read[T any](t *testing.T, result json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(result, &v); err != nil {
		t.Fatalf("reading %s: %v", result, err)
	}
	return v
}

type update struct {
	ID      int `json:"update_id"`
	Message struct {
		Text string
		Date int64
	}
	Query struct {
		ID, Data string
		Message  map[string]json.RawMessage
	} `json:"callback_query"`
}

func updates(t *testing.T, s http.Handler, p with) []update {
	t.Helper()
	return read[[]update](t, must(t, s, "getUpdates", p))
}

// to gives parameters of a call about the chat of person 0.
func to(p with) with {
	all := with{"chat_id": "1000"}
	maps.Copy(all, p)
	return all
}

// send sends a message to person 0 and gives its number as text.
func send(t *testing.T, s http.Handler, p with) string {
	t.Helper()
	m := read[struct {
		ID int `json:"message_id"`
	}](t, must(t, s, "sendMessage", to(p)))
	return strconv.Itoa(m.ID)
}

// refusal is a call that is refused, and what with.
type refusal struct {
	method string
	p      with
	says   string // the end of it may be left out
}

func (r refusal) check(t *testing.T, s http.Handler) {
	t.Helper()
	if a := call(t, s, r.method, r.p); a.OK || !strings.HasPrefix(a.Description, r.says) {
		t.Errorf("%s is answered with %q, want %q", r.method, a.Description, r.says)
	}
}
