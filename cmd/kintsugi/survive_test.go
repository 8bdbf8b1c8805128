package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kintsugi/store"
	"kintsugi/store/bolt"
)

// survive talks to `kintsugi try --flows FLOWS --data DATA`, kills it with -9 at
// random moments after a line was written to it, starts it again and goes on. The
// flow asks "Word N?" for N from 1 and records "N=word". In the end each answer has
// to be there exactly once.
func survive(ts *testscript.TestScript, _ bool, args []string) {
	kills := 50
	if short() {
		kills = 8
	}
	seed := uint64(time.Now().UnixNano())
	ts.Logf("%d kills, seed %d", kills, seed)
	t := &talk{ts: ts, flows: ts.MkAbs(args[0]), data: ts.MkAbs(args[1]), random: rand.New(rand.NewPCG(seed, 1))}
	t.start()
	t.send("/words")
	t.await(1)
	for killed := 0; killed < kills; {
		if t.answer(t.random.IntN(3) == 0) {
			killed++
		}
	}
	t.answer(false)
	ts.Check(t.in.Close())
	ts.Check(t.cmd.Wait())
	t.checkEntries()
}

// talk is a conversation with a program that dies now and then.
type talk struct {
	ts          *testscript.TestScript
	flows, data string
	random      *rand.Rand
	cmd         *exec.Cmd
	in          io.WriteCloser
	asked       chan int // the N of each question as it appears; closed at the end of the output
	at          int      // the question in front
}

var (
	question = regexp.MustCompile(`^Word (\d+)\?$`)
	clock    = regexp.MustCompile(`^It is .* in the trial\.$`)
)

// caughtUp stands among the questions for the answer to ":clock", which comes after
// everything that was owed before it.
const caughtUp = 0

func (t *talk) start() {
	p := startTrial(t.ts, "--flows", t.flows, "--data", t.data)
	t.cmd, t.in = p.cmd, p.in
	t.asked = make(chan int, 1000)
	go readQuestions(p.out, t.asked)
}

func readQuestions(lines *bufio.Scanner, asked chan<- int) {
	defer close(asked)
	for lines.Scan() {
		if m := question.FindStringSubmatch(lines.Text()); m != nil {
			n, _ := strconv.Atoi(m[1])
			asked <- n
		} else if clock.MatchString(lines.Text()) {
			asked <- caughtUp
		}
	}
}

func (t *talk) send(line string) {
	_, _ = io.WriteString(t.in, line+"\n") // a program just killed takes nothing
}

// await reads questions up to the n-th. It says whether the program lived to ask it.
func (t *talk) await(n int) bool {
	for got := range t.asked {
		if got == n {
			t.at = n
			return true
		}
	}
	return false
}

// answer answers the question in front; if told to, it kills the program at a random
// moment meanwhile, starts it again and finds out where it stands. It says whether it
// was killed.
func (t *talk) answer(kill bool) bool {
	t.send(fmt.Sprintf("word-%d", t.at))
	if !kill {
		if !t.await(t.at + 1) {
			t.ts.Fatalf("the program ended by itself after question %d", t.at)
		}
		return false
	}
	t.kill(4 * time.Millisecond)
	was := t.at
	t.start()
	for t.random.IntN(4) == 0 { // now and then it doesn't even get to its feet
		t.kill(60 * time.Millisecond)
		t.start()
	}
	t.resume(was)
	return true
}

// kill kills the program at a random moment within a span from now.
func (t *talk) kill(within time.Duration) {
	process := t.cmd.Process
	time.AfterFunc(time.Duration(t.random.Int64N(int64(within))), func() { _ = process.Kill() })
	for range t.asked { // until its output ends
	}
	_ = t.cmd.Wait()
}

// resume finds out which question is in front after a restart: the one that was, or
// the next if the answer had been kept. Questions of which nobody knew whether they
// had been shown come again first, in order.
func (t *talk) resume(was int) {
	t.send(":clock")
	now := 0
	for n := range t.asked {
		if n == caughtUp {
			break
		}
		if n < now {
			t.ts.Fatalf("question %d came after question %d", n, now)
		}
		now = n
	}
	if now != was && now != was+1 {
		t.ts.Fatalf("after question %d the program went on at %d", was, now)
	}
	t.at = now
}

func (t *talk) checkEntries() {
	key, err := store.ReadKeyFile(filepath.Join(t.data, trialKey))
	t.ts.Check(err)
	db, err := bolt.Open(filepath.Join(t.data, dataFile))
	t.ts.Check(err)
	s, err := store.Open(context.Background(), db, key)
	t.ts.Check(err)
	defer s.Close()
	t.ts.Check(s.View(context.Background(), func(r *store.Records) error {
		entries, err := r.Entries(1, "word", 0, t.at+10)
		if err != nil {
			return err
		}
		if len(entries) != t.at-1 {
			t.ts.Fatalf("%d entries for %d answers", len(entries), t.at-1)
		}
		for i, e := range entries { // newest first
			n := len(entries) - i
			if want := fmt.Sprintf("%d=word-%d", n, n); e.Text != want {
				t.ts.Fatalf("entry %d is %q", n, e.Text)
			}
		}
		return nil
	}))
	t.ts.Logf("%d answers, each kept once", t.at-1)
}
