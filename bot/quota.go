package bot

import (
	"sync"
	"time"

	"kintsugi/store"
)

// quotaTime is how long a use of a quota counts.
const quotaTime = time.Hour

// quota is how often something is done for an address, and for all of them together,
// before it rests. It forgets with the program.
type quota struct {
	each int // uses of an address, with less than a quotaTime between them
	all  int // uses of everybody in a quotaTime; it bounds the memory as well

	mu    sync.Mutex // guards what follows
	began time.Time  // of the time that total is of
	total int
	used  map[store.Address]uses
}

type uses struct {
	n    int
	last time.Time
}

func newQuota(each, all int) *quota {
	return &quota{each: each, all: all, used: map[store.Address]uses{}}
}

// left says whether there is a use left for an address.
func (q *quota) left(a store.Address, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forget(now)
	u := q.used[a]
	return q.total < q.all && (u.n < q.each || u.over(now))
}

// use takes a use of an address.
func (q *quota) use(a store.Address, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.forget(now)
	u := q.used[a]
	if u.over(now) {
		u.n = 0
	}
	q.total++
	q.used[a] = uses{u.n + 1, now}
}

// forget begins a new time if the last one is over. The caller holds the mutex.
func (q *quota) forget(now time.Time) {
	if now.Sub(q.began) < quotaTime {
		return
	}
	q.began, q.total = now, 0
	for a, u := range q.used {
		if u.over(now) {
			delete(q.used, a)
		}
	}
}

func (u uses) over(now time.Time) bool { return now.Sub(u.last) >= quotaTime }
