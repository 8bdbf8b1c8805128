package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// takeout says that a folder holds just so many pairs of exported files, one to read
// and one in JSON, for the owner alone, and that each holds the given texts; or with !,
// none of them.
func takeout(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: [!] takeout DIR NAMES [texts...]")
	}
	dir := ts.MkAbs(args[0])
	wantPrivate(ts, dir, 0o700)
	found, err := os.ReadDir(dir)
	ts.Check(err)
	if names := strings.Fields(args[1]); len(found) != len(names) {
		ts.Fatalf("%d files are there, and not %d", len(found), len(names))
	}
	for _, pattern := range strings.Fields(args[1]) {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		ts.Check(err)
		if len(paths) != 1 {
			ts.Fatalf("%d files are named %s", len(paths), pattern)
		}
		wantPrivate(ts, paths[0], 0o600)
		data, err := os.ReadFile(paths[0])
		ts.Check(err)
		if filepath.Ext(pattern) == ".json" {
			var document map[string]any
			ts.Check(json.Unmarshal(data, &document))
		}
		for _, text := range args[2:] {
			if strings.Contains(string(data), text) == neg {
				ts.Fatalf("%s: it is %t that it holds %q", pattern, neg, text)
			}
		}
	}
}

func wantPrivate(ts *testscript.TestScript, path string, want os.FileMode) {
	info, err := os.Stat(path)
	ts.Check(err)
	if got := info.Mode().Perm(); got != want {
		ts.Fatalf("%s has the mode %o, and not %o", path, got, want)
	}
}
