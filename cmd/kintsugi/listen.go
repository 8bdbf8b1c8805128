package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kintsugi/bot"
	"kintsugi/store"
)

// watched is what the listener tells of.
type watched struct {
	service *bot.Service
	store   *store.Store
}

// The times that a request may take.
const (
	headerTime  = 5 * time.Second
	requestTime = 15 * time.Second
	storeTime   = 2 * time.Second
)

// listen serves /healthz and /metrics at an address, if there is one, until the function
// that it gives is called.
func listen(ctx context.Context, address string, w watched, log *slog.Logger) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %q is taken or can't be listened at; set listen (KINTSUGI_LISTEN) to another address: %w", address, listenCause(err))
	}
	if !isLoopback(l.Addr()) {
		log.Warn("the health and the figures can be read from other machines: listen is no loopback address")
	}
	server := &http.Server{
		Handler: w.handler(), ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime,
		MaxHeaderBytes: 8 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	log.Info("listening", "address", l.Addr().String())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("health and figures are no longer served", "error", err)
		}
	}()
	return func() {
		_ = server.Close() // whoever asks meanwhile asks again
		<-done
	}, nil
}

// listenCause leaves out the address, which was named already.
func listenCause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

func isLoopback(a net.Addr) bool {
	t, ok := a.(*net.TCPAddr)
	return ok && t.IP.IsLoopback()
}

func (w watched) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", w.healthz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(newRegistry(w), promhttp.HandlerOpts{}))
	return mux
}

// health is what /healthz says.
type health struct {
	OK        bool                      `json:"ok"`
	Store     bool                      `json:"store"` // can be read
	Platforms map[string]platformHealth `json:"platforms"`
}

type platformHealth struct {
	Up         bool       `json:"up"`
	Since      *time.Time `json:"since,omitempty"`
	Reconnects int64      `json:"reconnects"`
}

// healthz answers 200 if all is well, and 503 if not.
func (w watched) healthz(to http.ResponseWriter, r *http.Request) {
	h := w.health(r.Context())
	to.Header().Set("Content-Type", "application/json")
	to.Header().Set("Cache-Control", "no-store")
	if !h.OK {
		to.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(to).Encode(h) // whoever asked may be gone
}

func (w watched) health(ctx context.Context) health {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	_, _, err := w.nextDue(ctx)
	h := health{OK: err == nil, Store: err == nil, Platforms: map[string]platformHealth{}}
	for _, p := range w.service.Platforms() {
		is := platformHealth{Up: p.Health.Up, Reconnects: p.Health.Reconnects}
		if !p.Health.Since.IsZero() {
			is.Since = &p.Health.Since
		}
		h.Platforms[p.Name] = is
		if !p.Health.Up && !cameToItsEnd(p) {
			h.OK = false
		}
	}
	return h
}

// cameToItsEnd says of a platform that nothing is wrong with it: as of a terminal that
// was closed.
func cameToItsEnd(p bot.PlatformStats) bool { return p.Ended && !p.Failed }

// nextDue gives the earliest time at which anything is due for anybody.
func (w watched) nextDue(ctx context.Context) (at time.Time, found bool, err error) {
	err = w.store.View(ctx, func(r *store.Records) (err error) {
		at, found, err = r.NextDue()
		return err
	})
	return at, found, err
}
