package main

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

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
