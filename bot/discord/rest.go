package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"kintsugi/bot"
)

const (
	dialTime = 10 * time.Second
	callTime = 30 * time.Second // for one call
	fileTime = 2 * time.Minute  // for one that brings a file

	maxAnswer = 8 << 20 // bytes of an answer that are read
)

// rest makes calls of the REST API, each of them once.
type rest struct {
	base    string // without a slash at its end
	token   string
	client  *http.Client
	clock   *bot.Clock
	log     *slog.Logger
	breaker *breaker
	spare   *spare
}

func newRest(o Options, log *slog.Logger) *rest {
	return &rest{
		base: o.APIURL, token: o.Token, clock: o.Clock, log: log,
		client:  &http.Client{Transport: o.Transport, CheckRedirect: noRedirect},
		breaker: newBreaker(o.Clock, log),
		spare:   newSpare(),
	}
}

// noRedirect keeps the token from being sent anywhere else.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// call is one call. Its route is its name in logs and errors: it holds no id.
type call struct {
	route string // "POST channels/{id}/messages"
	url   string // one of discordgo's endpoints
	query url.Values
	body  any // is sent as JSON, nothing if nil
	file  *discordgo.File
	// spare names whatever shares a limit with the call: a chat. Calls that name none
	// wait for no limit.
	spare string
	// urgent calls are made even when the breaker is open.
	urgent bool
}

func (c *call) method() string {
	method, _, _ := strings.Cut(c.route, " ")
	return method
}

func (c *call) time() time.Duration {
	if c.file != nil {
		return fileTime
	}
	return callTime
}

// do makes a call and decodes its answer into out, unless that is nil. The error is a
// *callError, or that of ctx if the call was never begun.
func (r *rest) do(ctx context.Context, c call, out any) (http.Header, error) {
	if at, open := r.breaker.open(); open && !c.urgent {
		return nil, &callError{route: c.route, kind: notSent, later: at, reason: "too many refusals lately"}
	}
	ctx, cancel := context.WithTimeout(ctx, c.time())
	defer cancel()
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	req, err := r.request(ctx, c)
	if err != nil {
		return nil, &callError{route: c.route, kind: notSent, reason: "the request can't be made"}
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, failedCall(c.route, err, connected.Load())
	}
	defer resp.Body.Close()
	return resp.Header, r.read(c, resp, out)
}

func (r *rest) request(ctx context.Context, c call) (*http.Request, error) {
	body, kind, err := c.encode()
	if err != nil {
		return nil, err
	}
	address := r.base + "/" + strings.TrimPrefix(c.url, discordgo.EndpointAPI)
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, c.method(), address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("Authorization", "Bot "+r.token)
	req.Header.Set("User-Agent", "DiscordBot (https://github.com/bwmarrin/discordgo, v"+discordgo.VERSION+")")
	return req, nil
}

func (c *call) encode() (body []byte, kind string, err error) {
	switch {
	case c.body == nil:
		return nil, "", nil
	case c.file != nil:
		kind, body, err = discordgo.MultipartBodyWithJSON(c.body, []*discordgo.File{c.file})
		return body, kind, err
	}
	body, err = json.Marshal(c.body)
	return body, "application/json", err
}

// read takes in an answer.
func (r *rest) read(c call, resp *http.Response, out any) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	r.note(c, resp)
	if resp.StatusCode >= 300 {
		return r.refused(c, resp, body)
	}
	if err != nil {
		return failedCall(c.route, err, true)
	}
	if out == nil {
		return nil
	}
	if json.Unmarshal(body, out) != nil {
		return &callError{route: c.route, kind: unclear, status: resp.StatusCode, reason: "the answer can't be read"}
	}
	return nil
}

// note remembers what an answer says of limits. What a refusal for being too fast says
// stands in its body.
func (r *rest) note(c call, resp *http.Response) {
	r.breaker.note(resp.StatusCode)
	if c.spare == "" || resp.StatusCode == http.StatusTooManyRequests || resp.Header.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	if after, ok := seconds(resp.Header.Get("X-RateLimit-Reset-After")); ok {
		r.spare.set(c.bucket(), r.clock.Now().Add(after))
	}
}

func (c *call) bucket() string { return c.route + " " + c.spare }

// refused makes an error of an answer that is one.
func (r *rest) refused(c call, resp *http.Response, body []byte) error {
	e := &callError{route: c.route, kind: answered, status: resp.StatusCode}
	if resp.StatusCode >= http.StatusInternalServerError {
		e.kind = unclear
	}
	var said struct {
		Code       int     `json:"code"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	e.told = json.Unmarshal(body, &said) == nil
	e.code = said.Code
	if resp.StatusCode == http.StatusTooManyRequests {
		after, ok := seconds(strconv.FormatFloat(said.RetryAfter, 'f', -1, 64))
		if !ok || said.RetryAfter == 0 {
			after, _ = seconds(resp.Header.Get("Retry-After"))
		}
		e.later, e.global = r.clock.Now().Add(max(after, minRetry)), said.Global
		if c.spare != "" && !said.Global && e.code != codeTooManyEdits { // that is of one message
			r.spare.set(c.bucket(), e.later)
		}
	}
	r.log.Debug("call refused", "call", c.route, "status", e.status, "code", e.code)
	return e
}

const (
	minRetry = 100 * time.Millisecond
	maxRetry = time.Hour
)

// seconds reads a length of time as Discord writes it, in seconds with a fraction.
func seconds(s string) (time.Duration, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 0) {
		return 0, false
	}
	return time.Duration(min(f, maxRetry.Seconds()) * float64(time.Second)), true
}

// patiently makes a call that may be made twice until it is answered, or refused for a
// reason that stays, or ctx ends.
func (r *rest) patiently(ctx context.Context, c call, out any) error {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		if err := r.spare.wait(ctx, r.clock, c.bucket()); err != nil {
			return err
		}
		_, err := r.do(ctx, c, out)
		e := asCallError(err)
		if err == nil || e == nil || e.stays() {
			return err
		}
		if r.clock.Until(ctx, latest(e.later, r.clock.Now().Add(pause))) != nil {
			return err
		}
	}
}
