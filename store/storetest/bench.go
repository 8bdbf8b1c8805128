package storetest

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kintsugi/store"
)

// BenchTurns measures what one turn asks of the store, with that many people in an
// empty backend and that many turns at once: one Update that claims the event,
// reads the person and their session, and writes the session and a reply. Replies
// are settled in groups meanwhile. It reports turns in a second.
func BenchTurns(b *testing.B, backend store.Backend, people, writers int) {
	s := Populate(b, backend, people)
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	settled := make(chan store.Message, 4096)
	var settler, turns sync.WaitGroup
	settler.Go(func() { settleAll(b, s, settled) })
	var next atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	for range writers {
		turns.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				m, err := turn(s, n, people, now)
				if err != nil {
					b.Error(err)
					return
				}
				settled <- m
			}
		})
	}
	turns.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
	close(settled)
	settler.Wait()
}

func benchAddress(n int) store.Address {
	return store.Address{Platform: "telegram", ID: strconv.Itoa(1_000_000 + n)}
}

// Populate opens a store in an empty backend and adds that many people, each with
// an address and a session.
func Populate(t testing.TB, backend store.Backend, people int) *store.Store {
	s, err := store.Open(context.Background(), backend, store.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(context.Background(), func(r *store.Records) error {
		for i := range people {
			if err := addBenchPerson(r, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func addBenchPerson(r *store.Records, n int) error {
	p, err := r.AddPerson(store.Person{
		Name: "Somebody", Language: "en", Zone: "Europe/Berlin", Role: "betrayed",
		Addresses: []store.Address{benchAddress(n)}, Met: true,
	})
	if err != nil {
		return err
	}
	return r.PutSession(p.ID, bytes.Repeat([]byte("s"), 400))
}

// turn takes the nth turn, of one person after another in an order that jumps.
func turn(s *store.Store, n int64, people int, now time.Time) (m store.Message, err error) {
	address := benchAddress(int(n * 7919 % int64(people)))
	body := bytes.Repeat([]byte("b"), 300)
	err = s.Update(context.Background(), func(r *store.Records) error {
		id, found, err := r.FindPerson(address)
		if err != nil || !found {
			return fmt.Errorf("finding a person (%t): %w", found, err)
		}
		fresh, err := r.Claim("telegram", strconv.FormatInt(100_000_000+n, 10), now)
		if err != nil || !fresh {
			return fmt.Errorf("claiming (%t): %w", fresh, err)
		}
		if _, err := r.Person(id); err != nil {
			return err
		}
		session, err := r.Session(id)
		if err != nil {
			return err
		}
		if err := r.PutSession(id, session); err != nil {
			return err
		}
		m, err = r.Attempt(id, store.ReplyLane, body, now.Add(time.Duration(n)*time.Microsecond))
		return err
	})
	return m, err
}

// settleAll settles what comes, as much at a time as there is.
func settleAll(b *testing.B, s *store.Store, settled <-chan store.Message) {
	for m := range settled {
		group := []store.Message{m}
		for len(settled) > 0 {
			group = append(group, <-settled)
		}
		err := s.Update(context.Background(), func(r *store.Records) error {
			for _, m := range group {
				if err := r.Settle(m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Error(err)
		}
	}
}
