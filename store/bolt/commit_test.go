package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	berrors "go.etcd.io/bbolt/errors"

	"kintsugi/store"
)

func openTest(t *testing.T) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "kintsugi.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// commits tells how many commits there were.
func commits(t *testing.T, db *DB) int {
	t.Helper()
	tx, err := db.bolt.Begin(false)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	return tx.ID()
}

func putKey(key string) func(store.Tx) error {
	return func(tx store.Tx) error { return tx.Put("table", []byte(key), []byte("v")) }
}

func has(t *testing.T, db *DB, key string) (found bool) {
	t.Helper()
	err := db.View(context.Background(), func(tx store.Tx) error {
		v, err := tx.Get("table", []byte(key))
		found = v != nil
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// together runs Updates as one group, in order, and gives their errors.
func together(t *testing.T, db *DB, fns ...func(store.Tx) error) []error {
	t.Helper()
	begun, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { // keeps the committer busy, and writes nothing
		err := db.Update(context.Background(), func(store.Tx) error {
			close(begun)
			<-release
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	errs := make([]error, len(fns))
	for i, fn := range fns {
		wg.Go(func() { errs[i] = db.Update(context.Background(), fn) })
		for db.queue.len() <= i {
			runtime.Gosched()
		}
	}
	close(release)
	wg.Wait()
	return errs
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

func TestUpdatesThatWaitShareACommit(t *testing.T) {
	db := openTest(t)
	var fns []func(store.Tx) error
	for i := range 100 {
		fns = append(fns, putKey(fmt.Sprint(i)))
	}
	before := commits(t, db)
	for i, err := range together(t, db, fns...) {
		if err != nil || !has(t, db, fmt.Sprint(i)) {
			t.Errorf("update %d: %v", i, err)
		}
	}
	if n := commits(t, db) - before; n != 1 {
		t.Errorf("there were %d commits", n)
	}
}

func TestAGroupHasALimit(t *testing.T) {
	db := openTest(t)
	var fns []func(store.Tx) error
	for i := range groupMax + 1 {
		fns = append(fns, putKey(fmt.Sprint(i)))
	}
	before := commits(t, db)
	for _, err := range together(t, db, fns...) {
		if err != nil {
			t.Error(err)
		}
	}
	if n := commits(t, db) - before; n != 2 {
		t.Errorf("there were %d commits", n)
	}
}

func TestWhatWritesNothingIsNotCommitted(t *testing.T) {
	db := openTest(t)
	before := commits(t, db)
	mine := errors.New("mine")
	errs := together(t, db,
		func(tx store.Tx) error { _, err := tx.Get("table", []byte("k")); return err },
		func(tx store.Tx) error { return mine },
		func(tx store.Tx) error { return errors.Join(putKey("k")(tx), mine) },
	)
	if errs[0] != nil || errs[1] != mine || !errors.Is(errs[2], mine) {
		t.Errorf("errors %v", errs)
	}
	if n := commits(t, db) - before; n != 0 {
		t.Errorf("there were %d commits", n)
	}
}

func TestOnlyTheFailedOnesFail(t *testing.T) {
	db := openTest(t)
	mine := errors.New("mine")
	before := commits(t, db)
	errs := together(t, db,
		putKey("a"),
		func(tx store.Tx) error { return errors.Join(putKey("bad")(tx), mine) },
		putKey("b"),
		func(tx store.Tx) error { return mine },
		putKey("c"),
	)
	for i, want := range []error{nil, mine, nil, mine, nil} {
		if !errors.Is(errs[i], want) {
			t.Errorf("update %d: %v", i, errs[i])
		}
	}
	if has(t, db, "bad") || !has(t, db, "a") || !has(t, db, "b") || !has(t, db, "c") {
		t.Error("the wrong ones were written")
	}
	if n := commits(t, db) - before; n != 1 {
		t.Errorf("there were %d commits", n)
	}
}

// TestAnErrorIsFinalOnlyAfterTheCommit has one Update fail for what another wrote,
// which then is not committed.
func TestAnErrorIsFinalOnlyAfterTheCommit(t *testing.T) {
	db := openTest(t)
	taken, mine := errors.New("taken"), errors.New("mine")
	runs := 0
	errs := together(t, db,
		func(tx store.Tx) error {
			runs++
			if runs > 1 {
				return mine
			}
			return putKey("prize")(tx)
		},
		func(tx store.Tx) error {
			v, err := tx.Get("table", []byte("prize"))
			if v != nil {
				return taken
			}
			return errors.Join(err, putKey("prize")(tx))
		},
		func(tx store.Tx) error { return errors.Join(putKey("bad")(tx), mine) },
	)
	if !errors.Is(errs[0], mine) || errs[1] != nil || !errors.Is(errs[2], mine) {
		t.Errorf("errors %v", errs)
	}
	if !has(t, db, "prize") || has(t, db, "bad") {
		t.Error("the wrong ones were written")
	}
}

func TestAFunctionThatEndsItsGoroutineEndsItsCallersOnly(t *testing.T) {
	db := openTest(t)
	returned := false
	done := make(chan struct{})
	go func() {
		defer close(done)
		errs := together(t, db, putKey("a"), putKey("b"))
		returned = errs[0] == nil && errs[1] == nil
		db.Update(context.Background(), func(tx store.Tx) error {
			if err := putKey("bad")(tx); err != nil {
				t.Error(err)
			}
			runtime.Goexit()
			return nil
		})
		returned = false
	}()
	<-done
	if !returned {
		t.Error("the goroutine of the caller went on")
	}
	if err := db.Update(t.Context(), putKey("after")); err != nil {
		t.Error(err)
	}
	if has(t, db, "bad") || !has(t, db, "after") {
		t.Error("the wrong ones were written")
	}
}

func TestAFailedCommitFailsTheGroupAndNothingElse(t *testing.T) {
	o := options()
	o.MaxSize, o.InitialMmapSize = 1<<20, 0
	db, err := open(filepath.Join(t.TempDir(), "kintsugi.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(t.Context(), putKey("before")); err != nil {
		t.Fatal(err)
	}
	big := func(tx store.Tx) error { return tx.Put("table", []byte("big"), make([]byte, 4<<20)) }
	for i, err := range together(t, db, putKey("a"), big, putKey("b")) {
		if !errors.Is(err, store.ErrCommit) || !errors.Is(err, berrors.ErrMaxSizeReached) {
			t.Errorf("update %d: %v", i, err)
		}
	}
	if !has(t, db, "before") || has(t, db, "a") || has(t, db, "b") || has(t, db, "big") {
		t.Error("the wrong ones were written")
	}
	if err := db.Update(t.Context(), putKey("after")); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestAContextThatEndsInTheQueueBeginsNothing(t *testing.T) {
	db := openTest(t)
	ctx, cancel := context.WithCancel(context.Background())
	begun, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		db.Update(context.Background(), func(store.Tx) error {
			close(begun)
			<-release
			return nil
		})
	})
	<-begun
	wg.Go(func() {
		if err := db.Update(ctx, putKey("k")); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
	for db.queue.len() == 0 {
		runtime.Gosched()
	}
	cancel()
	close(release)
	wg.Wait()
	if has(t, db, "k") {
		t.Error("it was written")
	}
}

func TestClosingFinishesTheQueue(t *testing.T) {
	db := openTest(t)
	path := db.bolt.Path()
	begun, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		db.Update(context.Background(), func(store.Tx) error {
			close(begun)
			<-release
			return nil
		})
	})
	<-begun
	wg.Go(func() {
		if err := db.Update(context.Background(), putKey("k")); err != nil {
			t.Error(err)
		}
	})
	for db.queue.len() == 0 {
		runtime.Gosched()
	}
	for range 3 {
		wg.Go(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	wg.Wait()
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if !has(t, again, "k") {
		t.Error("what waited was not committed")
	}
}
