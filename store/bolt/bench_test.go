package bolt_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"

	"kintsugi/store"
	"kintsugi/store/bolt"
	"kintsugi/store/storetest"
)

// The benchmarks put values of 200 bytes at keys of 8 bytes, 20,000 of which are
// there. All report operations in a second. They need a disk that is a disk: run
// them with TMPDIR on one, and with -benchtime=3s at least.

const (
	benchKeys  = 20_000
	benchTable = "bench"
)

var benchValue = make([]byte, 200)

func benchKey(n int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// perSecond reports operations in a second.
func perSecond(b *testing.B) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

// parallel has exactly n writers call fn b.N times between them.
func parallel(b *testing.B, n int, fn func() error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range n {
		wg.Go(func() {
			for next.Add(1) <= int64(b.N) {
				if err := fn(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	perSecond(b)
}

// BenchmarkFsync is what the disk can do: 4 KiB and a sync, at one place.
func BenchmarkFsync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 4096)
	for b.Loop() {
		if _, err := f.WriteAt(page, 0); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b)
}

// BenchmarkBarePut is bbolt as it comes, with one writer.
func BenchmarkBarePut(b *testing.B) {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte(benchTable))
		for i := 0; i < benchKeys && err == nil; i++ {
			err = bucket.Put(benchKey(i), benchValue)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	parallel(b, 1, func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte(benchTable)).Put(benchKey(rand.IntN(benchKeys)), benchValue)
		})
	})
}

// BenchmarkGroupedPut is the same through the backend, with many writers.
func BenchmarkGroupedPut(b *testing.B) {
	for _, writers := range []int{1, 64, 256} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			db := openBench(b)
			err := db.Update(context.Background(), func(tx store.Tx) error {
				for i := range benchKeys {
					if err := tx.Put(benchTable, benchKey(i), benchValue); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			parallel(b, writers, func() error {
				key := benchKey(rand.IntN(benchKeys))
				return db.Update(context.Background(), func(tx store.Tx) error {
					return tx.Put(benchTable, key, benchValue)
				})
			})
		})
	}
}

func openBench(b *testing.B) *bolt.DB {
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

// BenchmarkRecordsTurn is what a turn asks of the store, with 20,000 people.
func BenchmarkRecordsTurn(b *testing.B) {
	for _, writers := range []int{1, 64, 256} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			storetest.BenchTurns(b, openBench(b), 20_000, writers)
		})
	}
}

// BenchmarkOpen opens a file with 20,000 people.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "people.db")
	db, err := bolt.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	storetest.Populate(b, db, 20_000)
	db.Close()
	for b.Loop() {
		db, err := bolt.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		db.Close()
	}
}
