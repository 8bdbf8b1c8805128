package telegram

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	secretHeader   = "X-Telegram-Bot-Api-Secret-Token"
	maxConnections = "40"
	updateLimit    = 1 << 20 // bytes
	headerLimit    = 16 << 10
	handLimit      = 1_000 // updates in hand; Telegram brings more again later

	headerTimeout   = 5 * time.Second
	readTimeout     = 20 * time.Second
	handTimeout     = 50 * time.Second // before Telegram is told to come again
	shutdownTimeout = 5 * time.Second
	idleHook        = 2 * time.Minute
)

// hook takes what Telegram brings. A request is answered when its update was handled.
type hook struct {
	*Telegram
	ctx    context.Context
	path   string
	queues *queues

	mu   sync.Mutex // guards hand
	hand map[int]chan struct{}
}

// serve takes updates by a webhook until ctx ends.
func (t *Telegram) serve(ctx context.Context, cancel func(), q *queues) error {
	h, err := t.newHook(ctx, q)
	if err != nil {
		return err
	}
	l, err := t.listen(ctx, t.webhook.Listen)
	if err != nil {
		return fmt.Errorf("listening for the webhook: %w", err)
	}
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleHook,
		MaxHeaderBytes: headerLimit, ErrorLog: log.New(io.Discard, "", 0),
	}
	served := make(chan error, 1)
	var serving sync.WaitGroup
	serving.Go(func() { served <- s.Serve(l) })
	err = t.keepWebhook(ctx, served)
	cancel()
	h.shut(s)
	serving.Wait()
	q.workers.Wait()
	return err
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	return (&net.ListenConfig{}).Listen(ctx, "tcp", address)
}

// shut ends the server. What is not handled yet comes again.
func (h *hook) shut(s *http.Server) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(h.ctx), shutdownTimeout)
	defer cancel()
	if s.Shutdown(ctx) != nil {
		_ = s.Close()
	}
}

func (t *Telegram) newHook(ctx context.Context, q *queues) (*hook, error) {
	at, err := url.Parse(t.webhook.URL)
	if err != nil || at.Scheme != "https" || at.Host == "" {
		return nil, errors.New("the URL of the webhook has to begin with https:// and a host")
	}
	if t.webhook.Secret == "" {
		return nil, errors.New("the webhook needs a secret, by which Telegram is told from others")
	}
	path := at.Path
	if path == "" {
		path = "/"
	}
	return &hook{Telegram: t, ctx: ctx, path: path, queues: q, hand: map[int]chan struct{}{}}, nil
}

// keepWebhook sets the webhook, trying again until it is, and waits until ctx ends.
func (t *Telegram) keepWebhook(ctx context.Context, served <-chan error) error {
	for pause := firstTrouble; ; pause = min(2*pause, longTrouble) {
		err := t.setWebhook(ctx)
		if err == nil {
			break
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case is(err, http.StatusUnauthorized), is(err, http.StatusNotFound):
			return errToken(err)
		case is(err, http.StatusBadRequest):
			return fmt.Errorf("telegram does not take the webhook: its URL must be public, https, and on port 443, 80, 88 or 8443: %w", err)
		}
		f := (*failure)(nil)
		errors.As(err, &f)
		t.log.Warn("the webhook could not be set", "method", f.method, "status", f.code, "error", f)
		_ = t.clock.Pause(ctx, max(jitter(pause), f.retry))
	}
	t.health.set(true, t.clock.Now())
	select {
	case <-ctx.Done():
		return nil
	case err := <-served:
		return fmt.Errorf("serving the webhook: %w", err)
	}
}

func (t *Telegram) setWebhook(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := t.wire.call(ctx, "setWebhook", tgbotapi.Params{
		"url": t.webhook.URL, "secret_token": t.webhook.Secret, "allowed_updates": allowedUpdates,
		"max_connections": maxConnections, "drop_pending_updates": "false",
	})
	return err
}

// deleteWebhook takes away a webhook that stands in the way of polling. What waits stays.
func (t *Telegram) deleteWebhook(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := t.wire.call(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"})
	if err == nil {
		t.log.Warn("a webhook was set: it is taken away, since this program polls")
	}
	return err
}

func webhookIsSet(f *failure) bool {
	return strings.Contains(strings.ToLower(f.description), "webhook is active")
}

// ServeHTTP implements http.Handler. Others than Telegram learn nothing.
func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != h.path {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	secret := r.Header.Get(secretHeader)
	if subtle.ConstantTimeCompare([]byte(secret), []byte(h.webhook.Secret)) != 1 {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, updateLimit))
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(h.bring(r.Context(), raw))
}

// bring has an update handled and gives the status to answer with. One that can't even
// be told from others is let pass: it would come for ever.
func (h *hook) bring(ctx context.Context, raw []byte) int {
	id, ok := updateID(raw)
	if !ok {
		h.log.Error("update without a readable number, passed over")
		return http.StatusOK
	}
	handled, ok := h.take(raw, id)
	if !ok {
		return http.StatusServiceUnavailable
	}
	timer := time.NewTimer(handTimeout)
	defer timer.Stop()
	select {
	case <-handled:
		return http.StatusOK
	case <-timer.C:
	case <-ctx.Done():
	case <-h.ctx.Done():
	}
	return http.StatusServiceUnavailable
}

// take puts an update in hand, unless it is, and gives a channel that is closed when it
// was handled. It is not ok when there is too much in hand.
func (h *hook) take(raw []byte, id int) (handled <-chan struct{}, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if handled, ok := h.hand[id]; ok {
		return handled, true
	}
	if len(h.hand) >= handLimit || h.ctx.Err() != nil {
		return nil, false
	}
	done := make(chan struct{})
	chat, in, ok := h.arrive(raw, id)
	if !ok {
		close(done)
		return done, true
	}
	h.hand[id] = done
	h.queues.add(h.ctx, chat, task{id, in, func() { h.handled(id) }})
	return done, true
}

func (h *hook) handled(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.hand[id])
	delete(h.hand, id)
}
