package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	pollSeconds = 50               // the server waits no longer
	callTimeout = 60 * time.Second // for an answer; a poll's own wait is in it
	answerLimit = 64 << 20         // bytes; 100 long messages are far below
	idleConns   = 512
	idleTimeout = 30 * time.Second // before the server hangs up by itself
	dialTimeout = 10 * time.Second
	keepAlive   = 30 * time.Second
	smallAnswer = 4 << 10
)

var errTooLong = errors.New("the answer is too long")

// wire carries calls to the Bot API.
type wire struct {
	token     string
	url       string
	transport http.RoundTripper
}

func newWire(token, url string, transport http.RoundTripper) *wire {
	return &wire{token: token, url: url, transport: transport}
}

// newTransport keeps many connections, each for one request at a time. It uses no proxy.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	return &http.Transport{
		DialContext:           dialer.DialContext,
		MaxIdleConns:          idleConns,
		MaxIdleConnsPerHost:   idleConns,
		IdleConnTimeout:       idleTimeout,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: callTimeout,
		DisableCompression:    true,
		Protocols:             protocols,
	}
}

// call makes a call and gives its result. Its error is a *failure.
func (w *wire) call(ctx context.Context, method string, params tgbotapi.Params) (json.RawMessage, error) {
	x := w.exchange(ctx)
	answer, err := x.api().MakeRequest(method, params)
	return x.result(method, answer, err)
}

// upload is call with a file in one of the fields.
func (w *wire) upload(ctx context.Context, method string, params tgbotapi.Params, file tgbotapi.RequestFile) (json.RawMessage, error) {
	x := w.exchange(ctx)
	answer, err := x.api().UploadFiles(method, params, []tgbotapi.RequestFile{file})
	return x.result(method, answer, err)
}

// exchange is one request and its answer. The library knows neither contexts nor
// whether a request has left: an exchange is its HTTP client for one call.
type exchange struct {
	*wire
	ctx    context.Context
	left   atomic.Int32 // how far the request got
	status int          // of the answer; 0 if none came
	date   string       // when it was given, by the server's clock
}

// How far a request got.
const (
	staying = iota // nothing of it was taken to be written
	leaving        // some of it was, and perhaps all
	failing        // it could not be written to its end
)

func (w *wire) exchange(ctx context.Context) *exchange { return &exchange{wire: w, ctx: ctx} }

func (x *exchange) api() *tgbotapi.BotAPI {
	api := &tgbotapi.BotAPI{Token: x.token, Client: x}
	api.SetAPIEndpoint(strings.ReplaceAll(x.url, "%", "%%") + "/bot%s/%s")
	return api
}

// Do implements tgbotapi.HTTPClient. It reads the answer to its end, so that the
// connection can be used again.
func (x *exchange) Do(r *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{WroteRequest: x.wrote}
	r = r.WithContext(httptrace.WithClientTrace(x.ctx, trace))
	x.watch(r)
	if r.Body != nil {
		// The library writes an upload in a goroutine, which ends with the body.
		defer r.Body.Close()
	}
	resp, err := x.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	x.status, x.date = resp.StatusCode, resp.Header.Get("Date")
	data, err := readAnswer(resp)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return resp, nil
}

func readAnswer(resp *http.Response) ([]byte, error) {
	size := resp.ContentLength
	if size > answerLimit {
		return nil, errTooLong
	}
	if size < 0 {
		size = smallAnswer
	}
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err := b.ReadFrom(io.LimitReader(resp.Body, answerLimit+1)); err != nil {
		return nil, err
	}
	if b.Len() > answerLimit {
		return nil, errTooLong
	}
	return b.Bytes(), nil
}

// watch notes when something of the request is taken to be written. One without a body
// changes nothing, and may be repeated.
func (x *exchange) watch(r *http.Request) {
	if r.Body == nil || r.Body == http.NoBody {
		return
	}
	r.Body = &departure{r.Body, x}
	again := r.GetBody
	if again == nil {
		return
	}
	r.GetBody = func() (io.ReadCloser, error) {
		body, err := again()
		return &departure{body, x}, err
	}
}

func (x *exchange) wrote(info httptrace.WroteRequestInfo) {
	if info.Err != nil {
		x.left.Store(failing)
	}
}

// departure is the body of a request as it leaves.
type departure struct {
	io.ReadCloser
	x *exchange
}

func (d *departure) Read(b []byte) (int, error) {
	d.x.left.Store(leaving)
	return d.ReadCloser.Read(b)
}
