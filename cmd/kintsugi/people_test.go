package main

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"go.etcd.io/bbolt"

	"kintsugi/store"
)

// people says how many people the data in a folder holds. Where there are none, nothing
// is due and nothing owed either.
func people(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	dir := ts.MkAbs(args[0])
	env := func(string) string { return "" }
	s, err := openStore(context.Background(), dir, filepath.Join(dir, trialKey), env, func(string) {})
	ts.Check(err)
	defer func() { ts.Check(s.Close()) }()
	ts.Check(s.View(context.Background(), func(r *store.Records) error {
		n, err := r.CountPeople()
		if err != nil {
			return err
		}
		due, err := r.DueBy(time.Now().AddDate(10, 0, 0), 10)
		if err != nil {
			return err
		}
		if n != want || n == 0 && len(due) > 0 {
			ts.Fatalf("%d people with %d things due, want %d people", n, len(due), want)
		}
		return nil
	}))
}

// bare makes sure that a data file holds nobody: that every table is empty but those
// that are about no one.
func bare(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bbolt.Open(filepath.Join(ts.MkAbs(args[0]), dataFile), 0o600, &bbolt.Options{ReadOnly: true})
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	aboutNobody := []string{"kintsugi.file", "meta", "claims", "cursors"}
	tables := 0
	ts.Check(db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(table []byte, rows *bbolt.Bucket) error {
			tables++
			if n := rows.Stats().KeyN; n > 0 && !slices.Contains(aboutNobody, string(table)) {
				ts.Fatalf("%d rows are left in %s", n, table)
			}
			return nil
		})
	}))
	if tables < 8 {
		ts.Fatalf("there are only %d tables", tables)
	}
}
