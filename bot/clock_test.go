package bot

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestWaitingByTheClock(t *testing.T) {
	tests := map[string]struct {
		moves []time.Duration // one a second
		want  time.Duration   // of real time, for an hour by the clock
	}{
		"that is left alone":    {nil, time.Hour},
		"that is moved ahead":   {[]time.Duration{30 * time.Minute}, 30 * time.Minute},
		"that is moved past it": {[]time.Duration{time.Minute, 2 * time.Hour}, 2 * time.Second},
		"that is moved back":    {[]time.Duration{-time.Hour}, 2 * time.Hour},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c Clock
				start := time.Now()
				go func() {
					for _, d := range test.moves {
						<-time.After(time.Second)
						c.Move(d)
					}
				}()
				if err := c.Pause(t.Context(), time.Hour); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(start); took != test.want {
					t.Errorf("it took %v, want %v", took, test.want)
				}
			})
		})
	}
}

func TestWaitingByTheClockEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Clock
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if c.Pause(ctx, time.Hour) == nil {
			t.Error("it is no error")
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("it took %v", took)
		}
		if c.Pause(ctx, -time.Hour) == nil {
			t.Error("a time that has passed hides that the context ended")
		}
	})
}
