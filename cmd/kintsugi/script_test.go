package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kintsugi/bot"
	"kintsugi/store"
	"kintsugi/store/bolt"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kintsugi": mainAhead})
}

// aheadVariable is by how much the clock of the service is ahead, so that a test need not
// wait for weeks.
const aheadVariable = "TEST_AHEAD"

func mainAhead() {
	ahead, err := time.ParseDuration(os.Getenv(aheadVariable))
	if err != nil {
		main()
	}
	clock := &bot.Clock{}
	clock.Move(ahead)
	os.Exit(runBy(clock))
}

// TestScripts runs the built program as people do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			e.Setenv("LANG", "C.UTF-8")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"hold":    hold,
			"absent":  absent,
			"people":  people,
			"bare":    bare,
			"status":  status,
			"age":     age,
			"survive": survive,
			"resume":  resume,
			"takeout": takeout,
			"noon":    noon,
			"serve":   serveScript,
			"occupy":  occupy,
			"picture": picture,
		},
		RequireExplicitExec: true,
	})
}

// hold opens the data in a folder, as another process would, until the script ends.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bolt.Open(filepath.Join(ts.MkAbs(args[0]), dataFile))
	ts.Check(err)
	ts.Defer(func() { ts.Check(db.Close()) })
}

// noon writes, in place of NOON in a file, a time of day with the minute that it is now:
// whoever says that their clock shows it has a zone in which it is past two in the afternoon.
func noon(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	data, err := os.ReadFile(name)
	ts.Check(err)
	clock := []byte("14:" + time.Now().Format("04"))
	ts.Check(os.WriteFile(name, bytes.ReplaceAll(data, []byte("NOON"), clock), 0o600))
}

// age gives the data in a folder another schema version.
func age(ts *testscript.TestScript, _ bool, args []string) {
	version, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	db, err := bolt.Open(filepath.Join(ts.MkAbs(args[0]), dataFile))
	ts.Check(err)
	ts.Check(db.Update(context.Background(), func(tx store.Tx) error {
		return tx.Put("meta", []byte("version"), binary.BigEndian.AppendUint64(nil, version))
	}))
	ts.Check(db.Close())
}

// picture makes a file with a picture.
func picture(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	ts.Check(png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 100))))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// short says whether the test is run in short mode; scripts see no *testing.T.
func short() bool { return testing.Short() || os.Getenv("KINTSUGI_SHORT") != "" }

// status runs a program that has to end with the given exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("ended with %d and not with %d", got, want)
	}
}

// absent says that none of the given texts stands in a file.
func absent(ts *testscript.TestScript, _ bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, text := range args[1:] {
		if bytes.Contains(data, []byte(text)) {
			ts.Fatalf("%q can be read in %s", text, args[0])
		}
	}
}
