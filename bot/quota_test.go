package bot

import (
	"strconv"
	"testing"
	"time"

	"kintsugi/store"
)

func TestAQuotaIsOfAnAddressForAnHour(t *testing.T) {
	q := newQuota(2, 100)
	now := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	ada, bob := store.Address{Platform: "fake", ID: "a"}, store.Address{Platform: "fake", ID: "b"}
	for i, want := range []bool{true, true, false, false} {
		if got := q.left(ada, now); got != want {
			t.Errorf("use %d: %t, want %t", i+1, got, want)
		}
		if want {
			q.use(ada, now)
		}
	}
	if !q.left(bob, now) {
		t.Error("another one has used it up")
	}
	if q.left(ada, now.Add(time.Hour-time.Second)) {
		t.Error("it comes back early")
	}
	if !q.left(ada, now.Add(time.Hour)) {
		t.Error("it does not come back")
	}
}

func TestAQuotaIsOfAllTogether(t *testing.T) {
	q := newQuota(5, 3)
	now := time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)
	for i := range 3 {
		a := store.Address{Platform: "fake", ID: strconv.Itoa(i)}
		if !q.left(a, now) {
			t.Errorf("nothing is left for the %d.", i+1)
		}
		q.use(a, now)
	}
	late := store.Address{Platform: "fake", ID: "late"}
	if q.left(late, now.Add(time.Minute)) {
		t.Error("there is more than for all together")
	}
	if !q.left(late, now.Add(time.Hour)) || len(q.used) != 0 {
		t.Errorf("an hour later %d addresses are remembered", len(q.used))
	}
}
