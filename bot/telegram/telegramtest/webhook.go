package telegramtest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

const (
	firstPause  = time.Second // before an update is delivered again
	longPause   = time.Minute
	hookTimeout = time.Minute
	mostAtOnce  = 40 // unless the call says otherwise
)

// hook is where updates are delivered. Those of one chat are delivered one after another.
type hook struct {
	url, target string // as it was set, and where it leads
	secret      string
	most        int
	slots       chan struct{}
	client      *http.Client
	end         context.CancelFunc
	ctx         context.Context
	chats       map[int64][]*update // those with a goroutine, and what it has to do
	errorDate   time.Time
	errorText   string
}

// DeliverTo says where the updates for webhooks go: base stands for the scheme and host
// of the address that the program sets, as a proxy before it would. Requests go through
// via, or through a transport of the server's own.
func (s *Server) DeliverTo(base string, via http.RoundTripper) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hookBase, s.hookVia = base, via
}

func (s *Server) setWebhook(c call) (any, error) {
	if c.params["url"] == "" {
		return s.deleteWebhook(c)
	}
	h, err := s.newHook(c)
	if err != nil {
		return nil, err
	}
	if err := s.allow(c); err != nil {
		return nil, err
	}
	s.dropHook()
	s.stopPoller(hookWasSet)
	s.dropPending(c)
	s.hook = h
	for _, u := range s.updates {
		h.take(s, u)
	}
	return true, nil
}

func (s *Server) newHook(c call) (*hook, error) {
	address, err := url.Parse(c.params["url"])
	secret := regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)
	switch {
	case err != nil || address.Scheme != "https" || address.Host == "":
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	case !secret.MatchString(c.params["secret_token"]):
		return nil, badRequest("secret token contains unallowed characters")
	}
	most := c.int("max_connections")
	if most < 1 || most > 100 {
		most = mostAtOnce
	}
	h := &hook{
		url: address.String(), target: address.String(), secret: c.params["secret_token"], most: most,
		slots: make(chan struct{}, most), chats: map[int64][]*update{},
		client: &http.Client{Timeout: hookTimeout, Transport: s.hookVia},
	}
	if h.client.Transport == nil {
		h.client.Transport = &http.Transport{MaxIdleConnsPerHost: most}
	}
	if s.hookBase != "" {
		h.target = s.hookBase + address.RequestURI()
	}
	h.ctx, h.end = context.WithCancel(context.Background())
	return h, nil
}

func (s *Server) deleteWebhook(c call) (any, error) {
	s.dropHook()
	s.dropPending(c)
	return true, nil
}

func (s *Server) dropPending(c call) {
	if c.isTrue("drop_pending_updates") {
		s.forget(len(s.updates))
	}
}

// dropHook ends the deliveries. Those under way end soon.
func (s *Server) dropHook() {
	if s.hook != nil {
		s.hook.end()
		s.hook.client.CloseIdleConnections()
		s.hook = nil
	}
}

// webhookInfo is what the API tells of a webhook.
type webhookInfo struct {
	URL         string   `json:"url"`
	Certificate bool     `json:"has_custom_certificate"`
	Pending     int      `json:"pending_update_count"`
	ErrorDate   int64    `json:"last_error_date,omitempty"`
	ErrorText   string   `json:"last_error_message,omitempty"`
	Most        int      `json:"max_connections,omitempty"`
	Allowed     []string `json:"allowed_updates,omitempty"`
}

func (s *Server) getWebhookInfo(call) (any, error) {
	info := webhookInfo{Pending: len(s.updates), Allowed: s.allowed}
	if h := s.hook; h != nil {
		info.URL, info.Most, info.ErrorText = h.url, h.most, h.errorText
		if h.errorText != "" {
			info.ErrorDate = h.errorDate.Unix()
		}
	}
	return info, nil
}

// take takes an update on, to be delivered when those before it in its chat are. The
// caller holds the mutex.
func (h *hook) take(s *Server, u *update) {
	waiting, works := h.chats[u.chat]
	h.chats[u.chat] = append(waiting, u)
	if !works && !s.isClosed {
		s.busy.Go(func() { h.work(s, u.chat) })
	}
}

// work delivers what there is for a chat.
func (h *hook) work(s *Server, chat int64) {
	for u := h.next(s, chat); u != nil; u = h.next(s, chat) {
		for pause := firstPause; !h.deliver(s, u); pause = min(2*pause, longPause) {
			select {
			case <-time.After(pause):
			case <-h.ctx.Done():
				return
			}
		}
	}
}

func (h *hook) next(s *Server, chat int64) *update {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := h.chats[chat]
	if len(waiting) == 0 {
		delete(h.chats, chat)
		return nil
	}
	h.chats[chat] = waiting[1:]
	return waiting[0]
}

// deliver delivers an update, and says whether that is done with.
func (h *hook) deliver(s *Server, u *update) bool {
	select {
	case h.slots <- struct{}{}:
	case <-h.ctx.Done():
		return false
	}
	defer func() { <-h.slots }()
	problem := h.post(u)
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.ctx.Err() != nil {
		return false
	}
	if problem != "" {
		h.errorDate, h.errorText = time.Now(), problem
		return false
	}
	if i := slices.Index(s.updates, u); i >= 0 {
		s.updates = slices.Delete(s.updates, i, i+1)
	}
	s.tell()
	return true
}

// post sends an update once, and gives what the API would tell of it if that failed.
func (h *hook) post(u *update) (problem string) {
	r, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.target, bytes.NewReader(u.body))
	if err != nil {
		return err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	answer, err := h.client.Do(r)
	if err != nil {
		return "Connection failed"
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	if answer.StatusCode/100 != 2 {
		return "Wrong response from the webhook: " + answer.Status
	}
	return ""
}
