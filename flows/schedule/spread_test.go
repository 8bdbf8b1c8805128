package schedule_test

import (
	"testing"
	"time"

	"kintsugi/flows/schedule"
)

func TestTheSpreadIsEvenAndAlwaysTheSame(t *testing.T) {
	const window, people = 10 * time.Minute, 60000
	var perMinute [10]int
	for seed := range uint64(people) {
		d := schedule.Spread(seed, window)
		if d < 0 || d >= window || d%time.Second != 0 {
			t.Fatalf("seed %d gives %v", seed, d)
		}
		if again := schedule.Spread(seed, window); again != d {
			t.Fatalf("seed %d gives %v, then %v", seed, d, again)
		}
		perMinute[d/time.Minute]++
	}
	for minute, n := range perMinute {
		if n < people/10*9/10 || n > people/10*11/10 {
			t.Errorf("%d of %d are in minute %d", n, people, minute)
		}
	}
}

func TestWithoutAWindowNothingIsSpread(t *testing.T) {
	for _, window := range []time.Duration{-time.Hour, 0, time.Second - 1, time.Second} {
		if d := schedule.Spread(42, window); d != 0 {
			t.Errorf("a window of %v gives %v", window, d)
		}
	}
}
