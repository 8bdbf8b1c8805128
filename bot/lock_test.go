package bot

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"kintsugi/store"
)

func TestALockIsHeldByOne(t *testing.T) {
	l := newLocks()
	counts := map[store.PersonID]*int{1: new(int), 2: new(int)}
	var all sync.WaitGroup
	for range 200 {
		for p, n := range counts {
			all.Go(func() {
				unlock, err := l.person(context.Background(), p)
				if err != nil {
					t.Error(err)
					return
				}
				defer unlock()
				*n++
			})
		}
	}
	all.Wait()
	if *counts[1] != 200 || *counts[2] != 200 {
		t.Errorf("counted %d and %d, want 200", *counts[1], *counts[2])
	}
	if len(l.held) != 0 {
		t.Errorf("%d locks are left", len(l.held))
	}
}

func TestALockStaysTheSameWhileSomebodyWaitsForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLocks()
		var holders []func()
		take := func() {
			unlock, err := l.person(t.Context(), 1)
			if err != nil {
				t.Error(err)
			}
			holders = append(holders, unlock)
		}
		for range 3 {
			go take()
		}
		for n := 1; n <= 3; n++ {
			synctest.Wait()
			if len(holders) != n {
				t.Fatalf("%d hold the lock after %d freed it", len(holders)-n+1, n-1)
			}
			if n == 1 {
				go take()
			}
			holders[n-1]()
		}
		synctest.Wait()
		holders[3]()
	})
}

func TestWaitingForALockEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLocks()
		unlock, err := l.person(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() {
			_, err := l.person(ctx, 1)
			failed <- err
		}()
		synctest.Wait()
		cancel()
		if <-failed == nil {
			t.Error("the lock was given twice")
		}
		if _, err := l.lock(t.Context(), lockKey{address: store.Address{ID: "1"}}); err != nil {
			t.Error(err)
		}
		unlock()
		again, err := l.person(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		again()
	})
}
