package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"kintsugi/store"
)

// Run runs the suite of the [store.Backend] contract. open gives an empty backend
// each time; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) store.Backend) {
	for name, test := range map[string]func(*testing.T, store.Backend){
		"gives back what was put":                      testPut,
		"an empty value is not the same as none":       testEmptyValue,
		"an empty key is refused":                      testEmptyKey,
		"deleting removes one key":                     testDelete,
		"tables are apart":                             testTables,
		"scans a range":                                testScan,
		"a scan ends when told":                        testScanEnds,
		"scans past what was just deleted":             testScanAfterDelete,
		"a View may not write":                         testViewWrites,
		"a View sees nothing of a later Update":        testViewSnapshot,
		"an error is returned as it is":                testErrors,
		"a failed Update leaves nothing":               testFailedLeavesNothing,
		"a panic comes out and leaves nothing":         testPanic,
		"an ended context begins nothing":              testContext,
		"many Updates at once add up":                  testCounters,
		"failed Updates leave their neighbours unhurt": testNeighbours,
		"an error tells only of what was committed":    testErrorsSeeCommitted,
		"closing ends it, also twice":                  testClose,
		"closing waits for what is under way":          testCloseWaits,
		"does what a map does":                         testModel,
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			t.Cleanup(func() {
				if err := b.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			})
			test(t, b)
		})
	}
}

const table = "table"

// update is an Update that must succeed.
func update(t testing.TB, b store.Backend, fn func(store.Tx) error) {
	t.Helper()
	if err := b.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// view is a View that must succeed.
func view(t testing.TB, b store.Backend, fn func(store.Tx) error) {
	t.Helper()
	if err := b.View(context.Background(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// put puts one row.
func put(t testing.TB, b store.Backend, key, value string) {
	t.Helper()
	update(t, b, func(tx store.Tx) error { return tx.Put(table, []byte(key), []byte(value)) })
}

// want makes sure that key has that value.
func want(t testing.TB, b store.Backend, key, value string) {
	t.Helper()
	view(t, b, func(tx store.Tx) error { return wantIn(tx, key, value) })
}

// wantNone makes sure that key has no value.
func wantNone(t testing.TB, b store.Backend, key string) {
	t.Helper()
	view(t, b, func(tx store.Tx) error {
		got, err := tx.Get(table, []byte(key))
		if got != nil {
			return fmt.Errorf("%q has the value %q, want none", key, got)
		}
		return err
	})
}

func wantIn(tx store.Tx, key, value string) error {
	got, err := tx.Get(table, []byte(key))
	if err != nil {
		return err
	}
	if got == nil || string(got) != value {
		return fmt.Errorf("%q has the value %q (nil: %t), want %q", key, got, got == nil, value)
	}
	return nil
}

func testPut(t *testing.T, b store.Backend) {
	wantNone(t, b, "a")
	update(t, b, func(tx store.Tx) error {
		return errors.Join(
			tx.Put(table, []byte("a"), []byte("1")),
			tx.Put(table, []byte{0}, []byte("zero")),
			tx.Put(table, bytes.Repeat([]byte{0xff}, 100), bytes.Repeat([]byte("x"), 100_000)),
			wantIn(tx, "a", "1"),
		)
	})
	want(t, b, "a", "1")
	want(t, b, "\x00", "zero")
	want(t, b, string(bytes.Repeat([]byte{0xff}, 100)), string(bytes.Repeat([]byte("x"), 100_000)))
	put(t, b, "a", "2")
	want(t, b, "a", "2")
}

func testEmptyValue(t *testing.T, b store.Backend) {
	update(t, b, func(tx store.Tx) error {
		return errors.Join(
			tx.Put(table, []byte("empty"), []byte{}),
			tx.Put(table, []byte("nil"), nil),
			wantIn(tx, "empty", ""),
			wantIn(tx, "nil", ""),
		)
	})
	want(t, b, "empty", "")
	want(t, b, "nil", "")
	view(t, b, func(tx store.Tx) error {
		return tx.Scan(table, store.Range{}, func(k, v []byte) bool {
			if v == nil {
				t.Errorf("a scan gives nil for the empty value of %q", k)
			}
			return true
		})
	})
}

func testEmptyKey(t *testing.T, b store.Backend) {
	err := b.Update(context.Background(), func(tx store.Tx) error { return tx.Put(table, nil, []byte("v")) })
	if err == nil {
		t.Error("putting at an empty key succeeded")
	}
}

func testDelete(t *testing.T, b store.Backend) {
	put(t, b, "a", "1")
	put(t, b, "b", "2")
	update(t, b, func(tx store.Tx) error {
		return errors.Join(
			tx.Delete(table, []byte("a")),
			tx.Delete(table, []byte("never there")),
			tx.Delete("no such table", []byte("a")),
		)
	})
	wantNone(t, b, "a")
	want(t, b, "b", "2")
}

func testTables(t *testing.T, b store.Backend) {
	put(t, b, "a", "1")
	update(t, b, func(tx store.Tx) error {
		return errors.Join(tx.Put("other", []byte("a"), []byte("2")), wantIn(tx, "a", "1"))
	})
	update(t, b, func(tx store.Tx) error { return tx.Delete("other", []byte("a")) })
	want(t, b, "a", "1")
}

func testViewWrites(t *testing.T, b store.Backend) {
	put(t, b, "a", "1")
	view(t, b, func(tx store.Tx) error {
		if tx.Put(table, []byte("a"), []byte("2")) == nil {
			t.Error("a View could put")
		}
		if tx.Put("new table", []byte("a"), []byte("2")) == nil {
			t.Error("a View could put into a new table")
		}
		if tx.Delete(table, []byte("a")) == nil {
			t.Error("a View could delete")
		}
		return nil
	})
	want(t, b, "a", "1")
}

func testViewSnapshot(t *testing.T, b store.Backend) {
	put(t, b, "a", "old")
	view(t, b, func(tx store.Tx) error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			put(t, b, "a", "new")
			put(t, b, "b", "new")
		}()
		<-done
		got, err := tx.Get(table, []byte("b"))
		if got != nil {
			t.Error("a View sees a row that came later")
		}
		return errors.Join(err, wantIn(tx, "a", "old"))
	})
	want(t, b, "a", "new")
}

func testErrors(t *testing.T, b store.Backend) {
	mine := errors.New("mine")
	if err := b.View(context.Background(), func(store.Tx) error { return mine }); err != mine {
		t.Errorf("View gives %v, want the very error of its function", err)
	}
	if err := b.Update(context.Background(), func(store.Tx) error { return mine }); err != mine {
		t.Errorf("Update gives %v, want the very error of its function", err)
	}
}

func testFailedLeavesNothing(t *testing.T, b store.Backend) {
	put(t, b, "kept", "old")
	mine := errors.New("mine")
	err := b.Update(context.Background(), func(tx store.Tx) error {
		return errors.Join(
			tx.Put(table, []byte("kept"), []byte("new")),
			tx.Put(table, []byte("added"), []byte("new")),
			tx.Put("new table", []byte("a"), []byte("new")),
			mine,
		)
	})
	if !errors.Is(err, mine) {
		t.Errorf("Update gives %v, want the error of its function", err)
	}
	want(t, b, "kept", "old")
	wantNone(t, b, "added")
	put(t, b, "after", "1")
	want(t, b, "after", "1")
}

func testPanic(t *testing.T, b store.Backend) {
	put(t, b, "kept", "old")
	value := &struct{ a int }{1}
	for name, run := range map[string]func(context.Context, func(store.Tx) error) error{
		"View": b.View, "Update": b.Update,
	} {
		func() {
			defer func() {
				if got := recover(); got != value {
					t.Errorf("%s panics with %v, want the very value", name, got)
				}
			}()
			run(context.Background(), func(tx store.Tx) error {
				_ = tx.Put(table, []byte("kept"), []byte("new"))
				panic(value)
			})
		}()
	}
	want(t, b, "kept", "old")
	put(t, b, "after", "1")
	want(t, b, "after", "1")
}

func testContext(t *testing.T, b store.Backend) {
	cause := errors.New("cause")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	for name, run := range map[string]func(context.Context, func(store.Tx) error) error{
		"View": b.View, "Update": b.Update,
	} {
		ran := false
		err := run(ctx, func(store.Tx) error {
			ran = true
			return nil
		})
		if !errors.Is(err, context.Canceled) || ran {
			t.Errorf("%s of an ended context: %v, and its function ran: %t", name, err, ran)
		}
	}
}
