package pace

import "time"

// bucket allows one message an interval, and after a rest some at once.
type bucket struct {
	interval time.Duration // 0 is no limit
	burst    int           // how many at once
	full     time.Time     // when that many may go at once again
}

// newBucket makes a bucket of so many messages a second, 0 being no limit.
func newBucket(perSecond float64, burst int) bucket {
	if perSecond <= 0 {
		return bucket{burst: 1}
	}
	return bucket{interval: time.Duration(float64(time.Second) / perSecond), burst: max(burst, 1)}
}

// at is when the next message may go. One that spares others waits until the bucket is
// full.
func (b *bucket) at(spares bool) time.Time {
	if spares {
		return b.full
	}
	return b.full.Add(-time.Duration(b.burst-1) * b.interval)
}

// take counts a message that goes now.
func (b *bucket) take(now time.Time) {
	b.full = latest(b.full, now).Add(b.interval)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
