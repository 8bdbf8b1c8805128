package bot

import (
	"testing"
	"time"
)

func TestATimeStandsInItsBucketAndInAllAfterIt(t *testing.T) {
	var gathered timings
	for _, d := range []time.Duration{-time.Second, time.Millisecond, 3 * time.Millisecond, time.Hour} {
		gathered.add(d)
	}
	h := gathered.snapshot()
	if h.Count != 4 || h.Sum != time.Hour+4*time.Millisecond {
		t.Errorf("%d times, %v in all", h.Count, h.Sum)
	}
	for i, want := range []int64{2, 2, 3, 3} {
		if h.Buckets[i].Count != want {
			t.Errorf("%d times up to %v, want %d", h.Buckets[i].Count, h.Buckets[i].Up, want)
		}
	}
	if last := h.Buckets[len(h.Buckets)-1]; last.Count != 3 {
		t.Errorf("%d times up to %v, want 3", last.Count, last.Up)
	}
}

func BenchmarkTiming(b *testing.B) {
	var gathered timings
	began := time.Now()
	for b.Loop() {
		gathered.add(time.Since(began) % time.Second)
	}
}
