package bot_test

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

var (
	interference     = flag.Int("interference", 0, "how many pairs of lives to compare (0 for a few)")
	interferenceFrom = flag.Int("interference-from", 0, "with -interference: the pair to begin with, where a run before has ended")
)

const (
	// comparisons is how many lives of a long run are compared with the same one. What each
	// life finds out is the same as with one alone, and the one is lived for all of them.
	comparisons = 10
	// progress is after how many pairs a long run says how far it is.
	progress = 10_000
)

// seeds hands out those of a long run to its workers, until one is found that fails.
type seeds struct {
	mu     sync.Mutex // guards what follows
	next   int
	end    int
	under  map[int]bool // under way
	failed map[int]int  // what failed, with the life that differs from the first
}

func (s *seeds) take() (seed int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == s.end || len(s.failed) > 0 {
		return 0, false
	}
	s.next++
	s.under[s.next-1] = true
	return s.next - 1, true
}

// done notes that one holds, and says how far all is.
func (s *seeds) done(seed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.low()
	delete(s.under, seed)
	if now := s.low(); now*comparisons/progress > before*comparisons/progress {
		fmt.Fprintf(os.Stderr, "all pairs of lives before -interference-from %d are compared\n", now*comparisons)
	}
}

// low is the lowest seed that is not done.
func (s *seeds) low() int {
	low := s.next
	for seed := range s.under {
		low = min(low, seed)
	}
	return low
}

func (s *seeds) fail(seed, life int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed[seed] = life
}

// longRun compares many lives. It ends with the first ones that differ, made as short as
// they can be.
func longRun(t *testing.T, from, n int) {
	if _, err := realBook(); err != nil { // it is read outside of all bubbles
		t.Fatal(err)
	}
	s := &seeds{next: from, end: from + n, under: map[int]bool{}, failed: map[int]int{}}
	t.Run("all", func(t *testing.T) {
		for i := range runtime.GOMAXPROCS(0) {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				for seed, ok := s.take(); ok; seed, ok = s.take() {
					s.compare(t, seed)
				}
			})
		}
	})
	for seed, life := range s.failed {
		t.Run("shortest", func(t *testing.T) { shorten(t, seed, life) })
		return
	}
}

// compare compares the lives of a seed. They may also go wrong in a way that ends the test.
func (s *seeds) compare(t *testing.T, seed int) {
	life := 0
	defer func() {
		if life > 0 || t.Failed() {
			t.Errorf("the pairs that fail: -interference 1 -interference-from %d", seed*comparisons)
			s.fail(seed, life)
		}
	}()
	var err error
	if life, err = livesOf(comparisons+1).Example(seedOf(seed)).compare(t, nil); err != nil {
		t.Error(err)
		return
	}
	s.done(seed)
}

// seedOf is what rapid draws from: 0 would have it draw by lot.
func seedOf(seed int) int { return seed + 1 }

// shorten has rapid look for the shortest lives like these that differ.
func shorten(t *testing.T, seed, life int) {
	if life == 0 {
		return
	}
	// The test fails in any case: flags need not be set back.
	for name, value := range map[string]string{checksFlag: "1", "rapid.seed": strconv.Itoa(seedOf(seed)), "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	lives := livesOf(comparisons + 1)
	rapid.Check(t, func(rt *rapid.T) {
		if _, err := lives.Draw(rt, "lives").only(life).compare(t, nil); err != nil {
			rt.Fatal(err)
		}
	})
}
