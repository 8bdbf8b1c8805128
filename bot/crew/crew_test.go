package crew_test

import (
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"kintsugi/bot/crew"
)

func TestEveryFunctionRunsOnceAndAlongside(t *testing.T) {
	synctest.Test(t, func(*testing.T) {
		var c crew.Crew
		var ran atomic.Int64
		for range 3 {
			gate := make(chan struct{})
			for range 1000 { // more than are kept
				c.Go(func() {
					<-gate
					ran.Add(1)
				})
			}
			synctest.Wait() // all of them stand at the gate
			close(gate)
			synctest.Wait()
		}
		if n := ran.Load(); n != 3000 {
			t.Errorf("%d functions ran, want 3000", n)
		}
		c.Wait()
	})
}

func TestWaitingWaitsForWhatAFunctionBegins(t *testing.T) {
	defer goleak.VerifyNone(t)
	var c crew.Crew
	var last atomic.Bool
	c.Go(func() {
		c.Go(func() {
			c.Go(func() { last.Store(true) })
		})
	})
	c.Wait()
	if !last.Load() {
		t.Error("waiting ended before the last function")
	}
}

func TestItWorksAfterWaiting(t *testing.T) {
	defer goleak.VerifyNone(t)
	var c crew.Crew
	for range 3 {
		var ran atomic.Bool
		c.Go(func() { ran.Store(true) })
		c.Wait()
		if !ran.Load() {
			t.Error("a function did not run")
		}
	}
}

func TestSomeGoroutinesAreKept(t *testing.T) {
	synctest.Test(t, func(*testing.T) {
		var c crew.Crew
		before := runtime.NumGoroutine()
		gate := make(chan struct{})
		for range 1000 {
			c.Go(func() { <-gate })
		}
		close(gate)
		synctest.Wait()
		kept := runtime.NumGoroutine() - before
		if kept < 1 || kept > 200 {
			t.Errorf("%d goroutines are kept", kept)
		}
		c.Go(func() {})
		synctest.Wait()
		if n := runtime.NumGoroutine() - before; n != kept {
			t.Errorf("%d goroutines are kept after one more function, and %d were before", n, kept)
		}
		c.Wait()
	})
}
