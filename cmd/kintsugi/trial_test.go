package main

import (
	"bufio"
	"io"
	"os/exec"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// trial is a running program.
type trial struct {
	ts  *testscript.TestScript
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// startTrial starts `kintsugi try` in the script's own folder.
func startTrial(ts *testscript.TestScript, args ...string) *trial {
	p := &trial{ts: ts, cmd: exec.Command("kintsugi", append([]string{"try"}, args...)...)}
	p.cmd.Path, p.cmd.Err = lookPath(ts)
	p.cmd.Env = append(p.cmd.Environ(), "HOME="+ts.Getenv("WORK"), "LANG=C.UTF-8")
	var err error
	p.in, err = p.cmd.StdinPipe()
	ts.Check(err)
	out, err := p.cmd.StdoutPipe()
	ts.Check(err)
	p.out = bufio.NewScanner(out)
	ts.Check(p.cmd.Start())
	return p
}

// lookPath finds the program where testscript has put it.
func lookPath(ts *testscript.TestScript) (string, error) {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path, err := exec.LookPath(filepath.Join(dir, "kintsugi")); err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}
