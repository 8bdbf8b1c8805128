package main

import (
	"io"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// resume says the lines of a file to `kintsugi try --data DATA`, kills it with -9
// after each, and wants the question that was in front to be there after the next
// start.
func resume(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.MkAbs(args[0])
	for _, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[1])), "\n") {
		said, over := strings.CutPrefix(line, "!")
		p := startTrial(ts, "--data", data)
		p.untilCaughtUp(":clock")
		before := inFront(p.untilCaughtUp(said + "\n:clock"))
		p.kill()
		if over {
			continue
		}
		p = startTrial(ts, "--data", data)
		if after := inFront(p.untilCaughtUp(":clock")); before != after {
			ts.Fatalf("after %q the question was\n%s\nand after the restart\n%s", said,
				before, after)
		}
		p.kill()
	}
}

// untilCaughtUp writes lines, the last of which asks what time it is, and gives what
// is shown up to the answer.
func (p *trial) untilCaughtUp(lines string) []string {
	_, err := io.WriteString(p.in, lines+"\n")
	p.ts.Check(err)
	var shown []string
	for p.out.Scan() {
		if clock.MatchString(p.out.Text()) {
			return shown
		}
		if p.out.Text() != "" {
			shown = append(shown, p.out.Text())
		}
	}
	p.ts.Fatalf("the program ended by itself")
	return nil
}

// inFront gives the question that was shown last: the last line that is no button.
func inFront(shown []string) string {
	for _, line := range slices.Backward(shown) {
		if !strings.HasPrefix(line, "[") && !strings.HasPrefix(line, "1   2") {
			return line
		}
	}
	return ""
}

func (p *trial) kill() {
	p.ts.Check(p.cmd.Process.Kill())
	_ = p.cmd.Wait()
}
