package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"kintsugi/store"
)

// add adds one to the number at key.
func add(tx store.Tx, key string) error {
	v, err := tx.Get(table, []byte(key))
	if err != nil {
		return err
	}
	var n uint64
	if v != nil {
		n = binary.BigEndian.Uint64(v)
	}
	return tx.Put(table, []byte(key), binary.BigEndian.AppendUint64(nil, n+1))
}

// wantNumber makes sure of the number at key.
func wantNumber(t *testing.T, b store.Backend, key string, want int) {
	t.Helper()
	view(t, b, func(tx store.Tx) error {
		v, err := tx.Get(table, []byte(key))
		if err != nil {
			return err
		}
		got := 0
		if v != nil {
			got = int(binary.BigEndian.Uint64(v))
		}
		if got != want {
			t.Errorf("%s counts %d, want %d", key, got, want)
		}
		return nil
	})
}

func testCounters(t *testing.T, b store.Backend) {
	const writers, rounds = 32, 20
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			own := "writer " + strconv.Itoa(i)
			for range rounds {
				err := b.Update(context.Background(), func(tx store.Tx) error {
					return errors.Join(add(tx, "all"), add(tx, own))
				})
				if err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	wg.Wait()
	wantNumber(t, b, "all", writers*rounds)
	for i := range writers {
		wantNumber(t, b, "writer "+strconv.Itoa(i), rounds)
	}
}

// testNeighbours runs Updates of four kinds at once: good ones, and such as fail,
// panic or see their context ended. Some fail before they write and some after.
func testNeighbours(t *testing.T, b store.Backend) {
	const writers, rounds = 32, 10
	var good atomic.Int64
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for round := range rounds {
				if oneOfMany(t, b, i, round) {
					good.Add(1)
				}
			}
		})
	}
	wg.Wait()
	wantNumber(t, b, "good", int(good.Load()))
	wantNone(t, b, "bad")
	if want := int64(writers * rounds / 4); good.Load() != want {
		t.Errorf("%d Updates were good, want %d", good.Load(), want)
	}
}

// oneOfMany runs one Update and says whether it was to be good.
func oneOfMany(t *testing.T, b store.Backend, writer, round int) (good bool) {
	mine := fmt.Errorf("of %d in round %d", writer, round)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	kind := (writer + round) % 4
	if kind == 3 {
		cancel()
	}
	defer func() {
		if got := recover(); got != nil && got != mine || got == nil && kind == 2 {
			t.Errorf("panicked with %v, in an Update of kind %d", got, kind)
		}
	}()
	err := b.Update(ctx, func(tx store.Tx) error {
		if kind == 0 {
			return add(tx, "good")
		}
		if writer%2 == 0 {
			if err := errors.Join(tx.Put(table, []byte("bad"), nil), add(tx, "good")); err != nil {
				return err
			}
		}
		if kind == 2 {
			panic(mine)
		}
		return mine
	})
	wanted := []error{nil, mine, nil, context.Canceled}[kind]
	if err != wanted {
		t.Errorf("an Update of kind %d gives %v, want %v", kind, err, wanted)
	}
	return kind == 0
}

// testErrorsSeeCommitted has many Updates compete for one key, each failing if it
// is taken. Who is told that it is must find it taken ever after.
func testErrorsSeeCommitted(t *testing.T, b store.Backend) {
	taken := errors.New("taken")
	undecided := errors.New("undecided")
	var winners atomic.Int64
	var wg sync.WaitGroup
	for i := range 48 {
		wg.Go(func() {
			err := b.Update(context.Background(), func(tx store.Tx) error {
				v, err := tx.Get(table, []byte("prize"))
				if err != nil {
					return err
				}
				if v != nil {
					return taken
				}
				if err := tx.Put(table, []byte("prize"), []byte(strconv.Itoa(i))); err != nil {
					return err
				}
				if i%2 == 0 {
					return undecided // the prize is free again
				}
				return nil
			})
			switch err {
			case nil:
				winners.Add(1)
			case taken:
				view(t, b, func(tx store.Tx) error {
					v, err := tx.Get(table, []byte("prize"))
					if v == nil {
						t.Error("an Update was told of a row that was never committed")
					}
					return err
				})
			case undecided:
			default:
				t.Errorf("Update: %v", err)
			}
		})
	}
	wg.Wait()
	if winners.Load() != 1 {
		t.Errorf("%d Updates won, want 1", winners.Load())
	}
}

func testClose(t *testing.T, b store.Backend) {
	put(t, b, "a", "1")
	for range 2 {
		if err := b.Close(); err != nil {
			t.Fatalf("closing: %v", err)
		}
		nothing := func(store.Tx) error { return nil }
		if err := b.View(context.Background(), nothing); !errors.Is(err, store.ErrClosed) {
			t.Errorf("View when closed gives %v", err)
		}
		if err := b.Update(context.Background(), nothing); !errors.Is(err, store.ErrClosed) {
			t.Errorf("Update when closed gives %v", err)
		}
	}
}

func testCloseWaits(t *testing.T, b store.Backend) {
	var begun sync.WaitGroup
	begun.Add(2)
	ended := new(atomic.Int64)
	release := make(chan struct{})
	var wg sync.WaitGroup
	fn := func(store.Tx) error {
		begun.Done()
		<-release
		ended.Add(1)
		return nil
	}
	wg.Go(func() { view(t, b, fn) })
	wg.Go(func() { update(t, b, fn) })
	begun.Wait()
	wg.Go(func() {
		if err := b.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
		if ended.Load() != 2 {
			t.Error("closed before what was under way had ended")
		}
	})
	for range 100 {
		runtime.Gosched() // gives a Close that does not wait the time to show it
	}
	close(release)
	wg.Wait()
}
