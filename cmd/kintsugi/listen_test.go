package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
	"kintsugi/store/memory"
)

// line is a platform whose connection is as the test says.
type line struct {
	bot.Platform
	health bot.Health
	end    chan error // ends Receive
}

func (l *line) Health() bot.Health { return l.health }

func (l *line) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	if l.end != nil {
		return <-l.end
	}
	return l.Platform.Receive(ctx, handle)
}

// watchedBubble runs a service with one platform, in virtual time.
func watchedBubble(t *testing.T, l *line, test func(w watched, server *bottest.Fake, db *store.Store)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		db, err := store.Open(t.Context(), memory.New(), store.NewMasterKey())
		if err != nil {
			t.Fatal(err)
		}
		server := bottest.NewFake("fake", false)
		l.Platform = server.Connect()
		other := bottest.NewFake("other", false).Connect()
		service := bot.New(bot.Options{Store: db, Steps: ours(t), Platforms: []bot.Platform{l, other}})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- service.Run(ctx) }()
		synctest.Wait()
		test(watched{service, db}, server, db)
		cancel()
		<-done
	})
}

// ours gives our own flows.
func ours(t *testing.T) *flows.Book {
	t.Helper()
	book, err := flows.Open(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// onlyOurs gives the figures that are not the process's.
func onlyOurs(metrics string) string {
	return strings.Join(regexp.MustCompile(`(?m)^kintsugi_.*$`).FindAllString(metrics, -1), "\n")
}

func get(w watched, path string) (status int, body string) {
	r := httptest.NewRecorder()
	w.handler().ServeHTTP(r, httptest.NewRequest(http.MethodGet, path, nil))
	return r.Code, r.Body.String()
}

func wantHealth(t *testing.T, w watched, status int, want string) {
	t.Helper()
	got, body := get(w, "/healthz")
	if got != status || !strings.Contains(body, want) {
		t.Errorf("%d %s, want %d and %s", got, body, status, want)
	}
}

func TestHealthIsThatOfTheStoreAndOfEachPlatform(t *testing.T) {
	up := &line{health: bot.Health{Up: true, Since: time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC), Reconnects: 2}}
	watchedBubble(t, up, func(w watched, _ *bottest.Fake, db *store.Store) {
		wantHealth(t, w, http.StatusOK,
			`{"ok":true,"store":true,"platforms":{"fake":{"up":true,"since":"2026-11-23T04:00:00Z","reconnects":2},"other":{"up":true,"reconnects":0}}}`)
		up.health.Up = false
		wantHealth(t, w, http.StatusServiceUnavailable, `"fake":{"up":false,`)
		up.health.Up = true
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		wantHealth(t, w, http.StatusServiceUnavailable, `"ok":false,"store":false`)
		if status, body := get(w, "/metrics"); status != http.StatusOK || strings.Contains(body, "waiting_queues") {
			t.Errorf("%d for the figures without the store:\n%s", status, body)
		}
	})
}

func TestAPlatformThatFailedIsIllAndOneThatCameToItsEndIsNot(t *testing.T) {
	for name, test := range map[string]struct {
		err    error
		status int
	}{
		"came to its end": {nil, http.StatusOK},
		"failed":          {errors.New("the token was taken back"), http.StatusServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			l := &line{health: bot.Health{Up: true}, end: make(chan error, 1)}
			l.end <- test.err
			watchedBubble(t, l, func(w watched, _ *bottest.Fake, _ *store.Store) {
				wantHealth(t, w, test.status, `"fake":{"up":false`)
			})
		})
	}
}

func TestFiguresTellWhatHappensAndOfNobody(t *testing.T) {
	watchedBubble(t, &line{health: bot.Health{Up: true}}, func(w watched, server *bottest.Fake, _ *store.Store) {
		server.Say(0, "hello from Mara")
		synctest.Wait()
		release := server.Hold(1)
		defer release()
		server.Say(1, "me too")
		synctest.Wait()
		<-time.After(2 * time.Second)
		status, body := get(w, "/metrics")
		if status != http.StatusOK {
			t.Fatalf("status %d:\n%s", status, body)
		}
		for _, want := range []string{
			`kintsugi_turns_total{platform="fake"} 2`,
			`kintsugi_turn_seconds_count{platform="fake"} 2`,
			`kintsugi_turn_seconds_bucket{platform="fake",le="0.001"} 2`,
			`kintsugi_reply_seconds_bucket{platform="fake",le="+Inf"} `,
			`kintsugi_outbox_in_hand_oldest_seconds{lane="reply",platform="fake"} 2`,
			`kintsugi_platform_up{platform="other"} 1`,
			`kintsugi_turns_total{platform="other"} 0`,
			`kintsugi_outbox_overdue_seconds{lane="nudge"} 0`,
			`kintsugi_nudges_total{found="left_out"} 0`,
		} {
			if !strings.Contains(body, "\n"+want) {
				t.Errorf("%s is missing in:\n%s", want, onlyOurs(body))
			}
		}
		for _, secret := range []string{"Mara", "person-", "event-"} {
			if strings.Contains(body, secret) {
				t.Errorf("the figures hold %q", secret)
			}
		}
	})
}

func TestAListenerEndsWhenItIsTold(t *testing.T) {
	defer goleak.VerifyNone(t)
	db, err := store.Open(t.Context(), memory.New(), store.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	var logs bytes.Buffer
	w := watched{bot.New(bot.Options{Store: db}), db}
	stop, err := listen(t.Context(), "127.0.0.1:0", w, slog.New(slog.NewTextHandler(&logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	address := listening.FindStringSubmatch(logs.String())[1]
	if _, err := listen(t.Context(), address, w, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "set listen") {
		t.Errorf("a second one at the same address: %v", err)
	}
	stop()
	if strings.Contains(logs.String(), "other machines") {
		t.Errorf("a loopback address is warned of: %s", logs.String())
	}
	again, err := listen(t.Context(), address, w, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatalf("the address is not free again: %v", err)
	}
	again()
}
