package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one call of a route.
type call struct {
	*http.Request
	s     *Server
	route string
	form  form
	open  bool // needs no token of the bot
}

// handler answers a call with what is sent as JSON, or with nil for no content. An error
// is a *refusal. The mutex is held.
type handler func(*call) (any, error)

// raw is an answer that is no JSON.
type raw struct {
	kind string
	data []byte
}

// refusal is an answer that is an error.
type refusal struct {
	status, code int
	message      string
	errors       any           // what is wrong with which field
	after        time.Duration // with 429
	global       bool
}

func (r *refusal) Error() string { return fmt.Sprintf("%d: %s", r.code, r.message) }

func refuse(status, code int, message string) error {
	return &refusal{status: status, code: code, message: message}
}

// handle adds a route. open ones need no token of the bot.
func (s *Server) handle(route string, open bool, h handler) {
	s.counts.calls[route] = 0
	s.mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, &call{Request: r, s: s, route: route, open: open}, h)
	})
}

func (s *Server) serve(w http.ResponseWriter, c *call, h handler) {
	form, formErr := readForm(w, c.Request)
	c.form = form
	if !s.delay(c.Request) {
		return
	}
	s.mu.Lock()
	s.counts.calls[c.route]++
	out, err := any(nil), s.admit(c)
	fault, met := Fault{}, false
	if err == nil {
		fault, met = s.meet(c)
	}
	if err == nil && (!met || fault.Arrives) {
		if err = formErr; err == nil {
			out, err = h(c)
		}
	}
	if met {
		err = fault.refusal()
	}
	s.countInvalid(err)
	header := s.limits.header(c)
	s.tell()
	s.mu.Unlock()
	switch {
	case met && fault.Silent:
		s.silence(c.Request)
	case met && fault.Reset:
		reset(w)
	default:
		answer(w, header, out, err)
	}
}

// admit checks who calls, and how fast.
func (s *Server) admit(c *call) error {
	if !c.open && c.Header.Get("Authorization") != "Bot "+s.token {
		return refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	if !c.open && !strings.HasPrefix(c.UserAgent(), "DiscordBot (") {
		s.violate("the User-Agent is not as Discord wants it: DiscordBot (url, version)")
	}
	err := s.limits.take(c)
	if err != nil {
		s.counts.limited++
	}
	return err
}

func (s *Server) countInvalid(err error) {
	if r, ok := err.(*refusal); ok && (r.status == 401 || r.status == 403 || r.status == 429) {
		s.counts.invalid++
	}
}

// answer writes what a handler gave.
func answer(w http.ResponseWriter, header http.Header, out any, err error) {
	for name, values := range header {
		w.Header()[name] = values
	}
	if r, ok := err.(*refusal); ok {
		r.write(w)
		return
	}
	switch out := out.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case raw:
		w.Header().Set("Content-Type", out.kind)
		_, _ = w.Write(out.data)
	default:
		writeJSON(w, http.StatusOK, out)
	}
}

func (r *refusal) write(w http.ResponseWriter) {
	if r.status >= http.StatusBadGateway && r.code == 0 {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(r.status)
		_, _ = fmt.Fprintf(w, "<html><head><title>%d</title></head><body>cloudflare</body></html>", r.status)
		return
	}
	body := map[string]any{"message": r.message, "code": r.code}
	if r.errors != nil {
		body["errors"] = r.errors
	}
	if r.status == http.StatusTooManyRequests {
		body = map[string]any{"message": "You are being rate limited.", "retry_after": r.after.Seconds(), "global": r.global}
		if r.code != 0 {
			body["code"] = r.code
		}
		r.head(w.Header())
	}
	writeJSON(w, r.status, body)
}

// head sets the headers of a 429.
func (r *refusal) head(h http.Header) {
	h.Set("Retry-After", strconv.Itoa(int((r.after+time.Second-1)/time.Second)))
	h.Set("X-RateLimit-Reset-After", seconds(r.after))
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Scope", "user")
	if r.global {
		h.Set("X-RateLimit-Global", "true")
		h.Set("X-RateLimit-Scope", "global")
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // whoever asked is gone
}
