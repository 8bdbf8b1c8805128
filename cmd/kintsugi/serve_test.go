package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// stopTime is within what a program that is told to stop has to end.
const stopTime = 10 * time.Second

var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

// serveScript runs `kintsugi run` with the given arguments until it serves, reads /healthz
// and /metrics into files of these names and tells it to stop. What it writes goes into
// the file log.
func serveScript(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command("kintsugi", append([]string{"run"}, args...)...)
	cmd.Path, cmd.Err = lookPath(ts)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("WORK"))
	for _, name := range variableNames() {
		if value := ts.Getenv(name); value != "" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	errs, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	var log bytes.Buffer
	lines := bufio.NewScanner(io.TeeReader(errs, &log))
	address := addressIn(ts, lines, &log)
	for _, page := range []string{"healthz", "metrics"} {
		status, body := fetch(ts, "http://"+address+"/"+page)
		write(ts, page, strconv.Itoa(status)+"\n"+body)
	}
	ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	late := time.AfterFunc(stopTime, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	for lines.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		ts.Fatalf("it ended with %v:\n%s", err, log.String())
	}
	write(ts, "log", log.String())
}

// addressIn reads the log until it says what address is listened at.
func addressIn(ts *testscript.TestScript, lines *bufio.Scanner, log *bytes.Buffer) string {
	for lines.Scan() {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			return m[1]
		}
	}
	ts.Fatalf("it does not listen:\n%s", log.String())
	return ""
}

func fetch(ts *testscript.TestScript, url string) (status int, body string) {
	resp, err := http.Get(url)
	ts.Check(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	ts.Check(err)
	return resp.StatusCode, string(data)
}

func write(ts *testscript.TestScript, name, text string) {
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
}

// occupy listens at an address until the script ends, and sets a variable to it.
func occupy(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { ts.Check(l.Close()) })
	ts.Setenv(args[0], l.Addr().String())
}
