package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/store"
)

const (
	stormNudges = 20_000
	stormGuests = 40 // who talk, one after another
	stormBeat   = 250 * time.Millisecond
	firstNudged = 1000 // persons from here on have a nudge due
)

// BenchmarkStorm runs the built program at its usual pace and lets people talk to it, one
// of them each quarter of a second: first while nothing is due, and then while 20,000
// nudges are. It tells the 99th percentiles of the time from a message to its reply.
//
//	go test ./cmd/kintsugi -run - -bench Storm -benchtime 200x
func BenchmarkStorm(b *testing.B) {
	for b.Loop() { // a run takes real time, most of it waiting: its length is what counts
	}
	h := newHouse(b)
	h.pace = "" // the usual one
	idle := time.Duration(b.N)*stormBeat + 5*time.Second
	h.fillStorm(time.Now().Add(idle))
	h.start()
	s := &stormTalk{h: h, replies: make(chan time.Time, 1)}
	h.telegram.OnSend(s.arrived)
	s.say(0, 3) // warm
	b.ReportMetric(s.p99(b.N), "idle-p99-ms")
	s.awaitNudges(50)
	before := h.telegram.Arrived()
	began := time.Now()
	b.ReportMetric(s.p99(b.N), "storm-p99-ms")
	b.ReportMetric(float64(h.telegram.Arrived()-before-b.N)/time.Since(began).Seconds(), "nudges/s")
	b.ReportMetric(0, "ns/op")
}

// fillStorm makes people who are met, and for whom it is noon, most of them with a nudge
// that is due in the minute after a time.
func (h *house) fillStorm(after time.Time) {
	h.t.Helper()
	due := after.Truncate(time.Minute).Add(time.Minute)
	rule := fmt.Sprintf("%d 12 * * *", due.Minute())
	zone := fmt.Sprintf("Etc/GMT%+d", due.UTC().Hour()-12) // the sign is the other way round
	env := func(string) string { return "" }
	ctx := context.Background()
	s, err := openStore(ctx, filepath.Join(h.dir, "data"), filepath.Join(h.dir, "kintsugi.key"), env, func(string) {})
	if err != nil {
		h.t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(ctx, func(r *store.Records) error {
		for n := range stormGuests {
			if _, err := h.addMet(r, n, zone); err != nil {
				return err
			}
		}
		for n := firstNudged; n < firstNudged+stormNudges; n++ {
			p, err := h.addMet(r, n, zone)
			if err != nil {
				return err
			}
			nudge := store.Nudge{ID: "gratitude", Rule: rule, Flow: "recurring.gratitude"}
			if err := r.PutNudge(p.ID, nudge, due); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) addMet(r *store.Records, person int, zone string) (store.Person, error) {
	h.telegram.Open(person)
	return r.AddPerson(store.Person{
		Language: "en", Zone: zone, Role: "betrayed", Met: true, Since: time.Now(),
		Addresses: []store.Address{h.telegram.Address(person)},
	})
}

// stormTalk is somebody after somebody who says something and waits for the reply.
type stormTalk struct {
	h       *house
	replies chan time.Time
	next    int
}

func (s *stormTalk) arrived(person int, _ telegramtest.Sent) {
	if person < stormGuests {
		s.replies <- time.Now()
	}
}

// say lets people say so many things, one each beat, and gives how long each reply took.
func (s *stormTalk) say(beat time.Duration, n int) []time.Duration {
	var took []time.Duration
	ticker := time.NewTicker(max(beat, time.Millisecond))
	defer ticker.Stop()
	for range n {
		<-ticker.C
		began := time.Now()
		s.h.telegram.Say(s.next%stormGuests, "/skip") // which has a short answer
		s.next++
		select {
		case at := <-s.replies:
			took = append(took, at.Sub(began))
		case <-time.After(patience):
			s.h.t.Fatal("a message got no reply")
		}
	}
	return took
}

// p99 gives the 99th percentile of n replies, in milliseconds.
func (s *stormTalk) p99(n int) float64 {
	took := s.say(stormBeat, n)
	slices.Sort(took)
	return float64(took[len(took)*99/100]) / float64(time.Millisecond)
}

// awaitNudges waits until so many nudges have come.
func (s *stormTalk) awaitNudges(n int) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	from := s.h.telegram.Arrived()
	if err := s.h.telegram.WaitFor(ctx, func() bool { return s.h.telegram.Arrived() >= from+n }); err != nil {
		s.h.t.Fatal("no nudges came")
	}
}
