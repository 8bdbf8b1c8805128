package store_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// claim claims an event and wants it to be fresh or not.
func claim(t *testing.T, s *store.Store, source, id string, now time.Time, want bool) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		fresh, err := r.Claim(source, id, now)
		if fresh != want {
			t.Errorf("claiming %s of %s at %v: fresh %t", id, source, now, fresh)
		}
		return err
	})
}

func TestAClaimIsFreshOnce(t *testing.T) {
	s, _ := openStore(t)
	claim(t, s, "telegram", "12", start, true)
	claim(t, s, "telegram", "12", start, false)
	claim(t, s, "discord", "12", start, true)
	claim(t, s, "telegram", "1", start, true)
	claim(t, s, "telegram1", "2", start, true)
	claim(t, s, "", "", start, true)
	claim(t, s, "", "", start, false)
}

func TestAClaimThatFailedIsFreshAgain(t *testing.T) {
	s, _ := openStore(t)
	mustFail(t, s, store.ErrNotFound, func(r *store.Records) error {
		if _, err := r.Claim("telegram", "12", start); err != nil {
			return err
		}
		return store.ErrNotFound
	})
	claim(t, s, "telegram", "12", start, true)
}

func TestAClaimIsRememberedForTwoDays(t *testing.T) {
	// Generations begin on Thursdays, as 1970 did.
	edge := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name        string
		first, then time.Time
		fresh       bool
	}{
		{"48 hours after the first moment of a generation", edge, edge.Add(48 * time.Hour), false},
		{"48 hours after the last moment of a generation", edge.Add(-1), edge.Add(48*time.Hour - 1), false},
		{"a moment later", edge.Add(-1), edge.Add(48 * time.Hour), true},
		{"two weeks after", edge, edge.Add(14 * 24 * time.Hour), true},
		{"a little before, in the generation before", edge, edge.Add(-time.Second), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := openStore(t)
			claim(t, s, "telegram", "12", c.first, true)
			do(t, s, func(r *store.Records) error {
				_, err := r.PruneClaims(c.then, 10)
				return err
			})
			claim(t, s, "telegram", "12", c.then, c.fresh)
		})
	}
}

func TestPruneClaimsForgetsTheOldOnly(t *testing.T) {
	s, b := openStore(t)
	empty := len(dump(t, b))
	for week := range 6 {
		for _, id := range []string{"1", "2"} {
			claim(t, s, "telegram", id+string(rune('a'+week)), start.AddDate(0, 0, 7*week), true)
		}
	}
	now := start.AddDate(0, 0, 7*5)
	for _, want := range []struct {
		limit, left int
		more        bool
	}{{0, 12, true}, {4, 8, true}, {1, 7, true}, {4, 3, true}, {1, 2, false}, {10, 2, false}} {
		do(t, s, func(r *store.Records) error {
			more, err := r.PruneClaims(now, want.limit)
			same(t, more, want.more)
			return err
		})
		same(t, len(dump(t, b))-empty, want.left)
	}
}

func TestClaimsWithinTwoDaysAreNeverFreshAgain(t *testing.T) {
	s, _ := openStore(t)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		source, now := "round "+string(rune(round)), start
		claimed := make(map[string]time.Time)
		for range rapid.IntRange(1, 30).Draw(rt, "events") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30).Draw(rt, "hours")) * time.Hour)
			id := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(rt, "id")
			var fresh bool
			err := s.Update(t.Context(), func(r *store.Records) (err error) {
				if _, err := r.PruneClaims(now, 3); err != nil {
					return err
				}
				fresh, err = r.Claim(source, id, now)
				return err
			})
			if err != nil {
				rt.Fatal(err)
			}
			last, seen := claimed[id]
			if fresh && seen && now.Sub(last) <= 48*time.Hour {
				rt.Fatalf("fresh again after %v", now.Sub(last))
			}
			if !fresh && !seen {
				rt.Fatal("not fresh, though never seen")
			}
			if fresh {
				claimed[id] = now
			}
		}
	})
}
