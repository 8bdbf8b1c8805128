package bot_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/schedule"
	"kintsugi/store"
	"kintsugi/store/bolt"
)

var reminded = flag.Int("reminded", 100_000, "how many people with two nudges each BenchmarkNudges has")

var benchZones = []string{"Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Sao_Paulo"}

// benchStart is after every nudge was set and before any is due.
var benchStart = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// BenchmarkNudges holds a store of many people with two nudges each, a daily and a
// weekly one, at minutes of their own.
//
//	called    nudges that fell due, armed anew and called to their turn, durably
//	changed   one person's time changed, durably
//	rest      the whole service at rest, in a process of its own: nothing is timed; its
//	          anonymous memory, its time to start and the CPU that ten idle seconds took
func BenchmarkNudges(b *testing.B) {
	if os.Getenv(restEnv) != "" {
		rest(b)
		return
	}
	path := filepath.Join(b.TempDir(), "nudges.db")
	key := store.NewMasterKey()
	fillReminded(b, path, key)
	b.Run("rest", func(b *testing.B) { benchRest(b, path, key) })
	b.Run("changed", func(b *testing.B) { benchChanged(b, path, key) })
	b.Run("called", func(b *testing.B) { benchCalled(b, path, key) })
}

func openReminded(b *testing.B, path string, key store.MasterKey) *store.Store {
	db, err := bolt.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(context.Background(), db, key)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func fillReminded(b *testing.B, path string, key store.MasterKey) {
	s := openReminded(b, path, key)
	defer s.Close()
	// Few commits: each rewrites pages all over the file and leaves the old ones free, and
	// bbolt writes down the list of free pages with every commit from then on.
	group := max(10_000, *reminded/10)
	for from := 0; from < *reminded; from += group {
		err := s.Update(context.Background(), func(r *store.Records) error {
			for i := from; i < min(from+group, *reminded); i++ {
				if err := addReminded(r, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func addReminded(r *store.Records, i int) error {
	p, err := r.AddPerson(store.Person{
		Name: "Somebody", Language: "en", Zone: benchZones[i%len(benchZones)], Role: "betrayed", Met: true,
		About:     map[string]string{"quiet_from": "22:00", "quiet_to": "07:00", "safety": "clear 2026-11-20"},
		Addresses: []store.Address{{Platform: "crowd", ID: strconv.Itoa(1_000_000_000 + i)}},
	})
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return err
	}
	minute := rand.IntN(24 * 60)
	for id, days := range map[string]string{"check-in": "*", "gratitude": strconv.Itoa(i % 7)} {
		n := store.Nudge{ID: id, Rule: fmt.Sprintf("%d %d * * %s", minute%60, minute/60, days), Flow: "recurring." + id}
		if err := r.PutNudge(p.ID, n, firstOf(n.Rule, zone)); err != nil {
			return err
		}
	}
	return nil
}

// firstOf gives the first time of a rule from the start on.
func firstOf(text string, zone *time.Location) time.Time {
	rule, err := schedule.Parse(text)
	if err != nil {
		panic(err)
	}
	o, _ := rule.Occasion(benchStart, zone)
	return o.Spread(rand.Uint64(), time.Minute)
}

// benchCalled lets day after day go by. What was called is taken away untimed, in the
// place of its turns.
func benchCalled(b *testing.B, path string, key store.MasterKey) {
	s := openReminded(b, path, key)
	defer s.Close()
	service := bot.New(bot.Options{Store: s, Steps: &book{}})
	now := benchStart
	b.ResetTimer()
	for done := 0; done < b.N; {
		n, err := service.CallDue(context.Background(), now)
		if err != nil {
			b.Fatal(err)
		}
		done += n
		b.StopTimer()
		takeCalled(b, s, now)
		if n == 0 {
			now = now.Add(3 * time.Hour) // as late as one may be that still comes
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "nudges/s")
}

func takeCalled(b *testing.B, s *store.Store, now time.Time) {
	err := s.Update(context.Background(), func(r *store.Records) error {
		due, err := r.DueBy(now.Add(12*time.Hour), 1<<20)
		for _, d := range due {
			if d.Called() {
				if err := r.DeleteDue(d.Person, d.ID); err != nil {
					return err
				}
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func benchChanged(b *testing.B, path string, key store.MasterKey) {
	s := openReminded(b, path, key)
	defer s.Close()
	for b.Loop() {
		p, minute := store.PersonID(1+rand.IntN(*reminded)), rand.IntN(24*60)
		n := store.Nudge{ID: "check-in", Rule: fmt.Sprintf("%d %d * * *", minute%60, minute/60), Flow: "recurring.check-in"}
		err := s.Update(context.Background(), func(r *store.Records) error {
			return r.PutNudge(p, n, firstOf(n.Rule, time.UTC))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// restEnv tells a process of its own which store to rest with, and the key to it.
const restEnv = "KINTSUGI_BENCH_REST"

func benchRest(b *testing.B, path string, key store.MasterKey) {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-test.run", "-", "-test.bench", "BenchmarkNudges$", "-test.benchtime", "1x")
	c.Env = append(os.Environ(), restEnv+"="+path+" "+key.Text())
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Run(); err != nil {
		b.Fatal(err)
	}
	for _, line := range strings.Split(out.String(), "\n") {
		var name string
		var value float64
		if n, _ := fmt.Sscanf(line, "rest: %s %g", &name, &value); n == 2 {
			b.ReportMetric(value, name)
		}
	}
	b.ReportMetric(float64(info.Size())/float64(*reminded), "file-B/person")
	b.ReportMetric(0, "ns/op")
}

// rest is the process at rest: the service with all conversations, on a platform where
// nobody says a word.
func rest(b *testing.B) {
	path, text, _ := strings.Cut(os.Getenv(restEnv), " ")
	key, err := store.ParseMasterKey(text)
	if err != nil {
		b.Fatal(err)
	}
	book, err := flows.Open(content.FS)
	if err != nil {
		b.Fatal(err)
	}
	started := time.Now()
	s := openReminded(b, path, key)
	defer s.Close()
	clock := &bot.Clock{}
	clock.Move(time.Until(benchStart.Add(-time.Hour)))
	service := bot.New(bot.Options{Store: s, Steps: book, Clock: clock, Platforms: []bot.Platform{bottest.NewFake("crowd", false).Connect()}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- service.Run(ctx) }()
	if err := service.CatchUp(ctx); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("\nrest: start-ms %g\n", float64(time.Since(started).Microseconds())/1000)
	before := cpu(b)
	<-time.After(10 * time.Second) // there is no other way to see what idle time costs
	fmt.Printf("rest: idle-cpu-ms %g\n", float64((cpu(b)-before).Microseconds())/1000)
	fmt.Printf("rest: anon-MB %g\n", anonymous(b)/1024)
	cancel()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

func cpu(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// anonymous is the process's memory that is no file's, in KiB, as Linux counts it.
func anonymous(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("only Linux tells how much memory is anonymous")
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		b.Fatal(err)
	}
	return kib
}
