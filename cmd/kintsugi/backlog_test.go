package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"kintsugi/bot/telegram/telegramtest"
)

// TestABacklogIsWorkedThroughInOrder lets thousands of messages wait for a program that
// was down. It takes them in order, and no more of them into memory for there being many.
func TestABacklogIsWorkedThroughInOrder(t *testing.T) {
	const people = 50
	waiting := 10_000
	if testing.Short() {
		waiting = 1_000
	}
	h := newHouse(t)
	each := waiting / people
	for n := range each {
		for person := range people {
			text := "word-" + strconv.Itoa(n)
			if n == 0 {
				text = "/words"
			}
			h.telegram.Say(person, text)
		}
	}
	watch := &memoryWatch{h: h, each: waiting / 20}
	h.telegram.OnSend(func(int, telegramtest.Sent) { watch.look() })
	h.start()
	watch.pid(h.cmd.Process.Pid)
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	if err := h.telegram.WaitFor(ctx, func() bool { return h.telegram.Arrived() >= waiting }); err != nil {
		t.Fatalf("%d replies of %d came", h.telegram.Arrived(), waiting)
	}
	h.stop()
	if n := h.telegram.Unconfirmed(); n != 0 {
		t.Errorf("%d messages are not confirmed", n)
	}
	kept := h.entries()
	for person := range people {
		entries := kept[h.telegram.Address(person)]
		if len(entries) != each-1 {
			t.Fatalf("person %d has %d entries, want %d", person, len(entries), each-1)
		}
		for i, e := range entries { // newest first
			n := len(entries) - i
			if want := fmt.Sprintf("%d=word-%d", n, n); e.Text != want {
				t.Fatalf("entry %d of person %d is %q", n, person, e.Text)
			}
		}
	}
	watch.check()
}

// memoryWatch looks now and then at the anonymous memory of the program.
type memoryWatch struct {
	h    *house
	each int // replies from one look to the next

	mu      sync.Mutex // guards what follows
	process int
	replies int
	seen    []int // KiB
}

func (m *memoryWatch) pid(process int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.process = process
}

func (m *memoryWatch) look() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.replies++
	if m.process == 0 || m.replies%m.each != 0 {
		return
	}
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(m.process), "status"))
	if err != nil {
		return // there is no such thing here
	}
	_, rest, _ := bytes.Cut(status, []byte("RssAnon:"))
	line, _, _ := bytes.Cut(rest, []byte("kB"))
	if kib, err := strconv.Atoi(string(bytes.TrimSpace(line))); err == nil {
		m.seen = append(m.seen, kib)
	}
}

// check wants the most memory of the second half to be hardly more than that of the first.
func (m *memoryWatch) check() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.seen) < 4 {
		m.h.t.Log("the memory of the program can't be seen here")
		return
	}
	half := len(m.seen) / 2
	first, second := slices.Max(m.seen[:half]), slices.Max(m.seen[half:])
	m.h.t.Logf("at most %d KiB in the first half, %d KiB in the second", first, second)
	if second > first*3/2 {
		m.h.t.Errorf("the memory grew from %d KiB to %d KiB", first, second)
	}
}
