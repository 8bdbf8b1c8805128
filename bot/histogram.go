package bot

import (
	"sync/atomic"
	"time"
)

// bounds are where the buckets of a [Histogram] end.
func bounds() [buckets - 1]time.Duration {
	return [...]time.Duration{
		time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond,
		10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond,
		100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond,
		time.Second, 2500 * time.Millisecond, 5 * time.Second,
		10 * time.Second, 30 * time.Second, time.Minute, 10 * time.Minute,
	}
}

// buckets is how many there are: the last is without end.
const buckets = 17

// Histogram tells how long something took how often.
type Histogram struct {
	Buckets []Bucket // in the order of Up
	Count   int64
	Sum     time.Duration
}

// Bucket is how often something took at most so long.
type Bucket struct {
	Up    time.Duration
	Count int64 // with those of all buckets before
}

// timings gathers a Histogram without a lock. It is safe for concurrent use.
type timings struct {
	counts [buckets]atomic.Int64
	sum    atomic.Int64 // nanoseconds
}

// add adds a time. One below zero, as by a clock that was set back, counts as none.
func (t *timings) add(d time.Duration) {
	d = max(d, 0)
	i := 0
	for _, up := range bounds() {
		if d <= up {
			break
		}
		i++
	}
	t.counts[i].Add(1)
	t.sum.Add(int64(d))
}

// snapshot gives what was gathered. Times that are added meanwhile may be in its sum and
// not in its counts.
func (t *timings) snapshot() Histogram {
	h := Histogram{Sum: time.Duration(t.sum.Load())}
	for i, up := range bounds() {
		h.Count += t.counts[i].Load()
		h.Buckets = append(h.Buckets, Bucket{up, h.Count})
	}
	h.Count += t.counts[buckets-1].Load()
	return h
}
