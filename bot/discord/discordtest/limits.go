package discordtest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// What the limits allow, where they are switched on.
const (
	perChannel    = 5
	channelWindow = 5 * time.Second
	inAll         = 50
	allWindow     = time.Second

	mostWindows = 2000
)

// limits are Discord's rate limits. They are off until switched on.
type limits struct {
	channels, all bool
	windows       map[string]*window // by route and channel
	whole         window
}

// window counts the calls until a time.
type window struct {
	used int
	ends time.Time
}

// take counts a call, unless the window is full.
func (w *window) take(now time.Time, most int, length time.Duration) bool {
	if !now.Before(w.ends) {
		*w = window{ends: now.Add(length)}
	}
	if w.used >= most {
		return false
	}
	w.used++
	return true
}

// LimitChannels switches the limit of 5 calls in 5 s on, for each route and channel.
func (s *Server) LimitChannels(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits.channels = on
}

// LimitAll switches the limit of 50 calls a second on, from which answers to
// interactions are exempt.
func (s *Server) LimitAll(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits.all = on
}

func (l *limits) take(c *call) error {
	now := time.Now()
	exempt := c.open
	if l.all && !exempt && !l.whole.take(now, inAll, allWindow) {
		return &refusal{status: http.StatusTooManyRequests, after: l.whole.ends.Sub(now), global: true}
	}
	if !l.channels || c.PathValue("channel") == "" || exempt {
		return nil
	}
	if w := l.window(c); !w.take(now, perChannel, channelWindow) {
		return &refusal{status: http.StatusTooManyRequests, after: w.ends.Sub(now)}
	}
	return nil
}

func (l *limits) window(c *call) *window {
	if len(l.windows) > mostWindows {
		clear(l.windows)
	}
	key := c.bucket()
	if l.windows[key] == nil {
		l.windows[key] = &window{}
	}
	return l.windows[key]
}

// bucket names what is limited together.
func (c *call) bucket() string { return c.route + " " + c.PathValue("channel") }

// header tells how much is left. Where nothing is limited, there is always more.
func (l *limits) header(c *call) http.Header {
	h := http.Header{}
	if c.open {
		return h
	}
	most, left, after := 1000, 999, time.Second
	if w := l.windows[c.bucket()]; l.channels && w != nil {
		most, left, after = perChannel, perChannel-w.used, max(0, time.Until(w.ends))
	}
	h.Set("X-RateLimit-Limit", strconv.Itoa(most))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(time.Now().Add(after).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(after))
	h.Set("X-RateLimit-Bucket", strings.ToLower(strings.Map(wordly, c.route)))
	return h
}

func wordly(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
