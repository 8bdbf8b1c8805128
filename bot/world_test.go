package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/store"
	"kintsugi/store/memory"
	"kintsugi/store/storetest"
)

// book is a Stepper that does what people tell it to. Each event of text is
// recorded and, unless it says something else, answered.
type book struct {
	mu     sync.Mutex // guards what follows
	panics int        // how often the word panic still panics
	turns  []flows.Turn
}

func (b *book) Phrase(key, language string) string { return key + " in " + language }

func (b *book) Step(t flows.Turn) (flows.Session, []flows.Effect) {
	b.mu.Lock()
	b.turns = append(b.turns, t)
	b.mu.Unlock()
	s := t.Session
	s.Begun++
	switch t.Event.Kind {
	case flows.Lapsed:
		return s, b.lapsed(t)
	case flows.Nudged:
		b.panic()
		text := fmt.Sprintf("%s at %s", t.Event.Flow, t.Now.Format("2 15:04"))
		return s, []flows.Effect{flows.Say{Message: flows.Message{Text: text}, Unasked: true}}
	}
	if effects, ok := b.photo(t); ok {
		return s, effects
	}
	if t.Event.Kind == flows.Opened {
		return s, []flows.Effect{say("opened")}
	}
	verb, rest, _ := strings.Cut(t.Event.Text, " ")
	switch verb { // what leaves no trace
	case "code":
		return s, []flows.Effect{flows.MakeCode{Kind: rest, Until: t.Now.Add(time.Hour)}, flows.Meet{}}
	case "uncode":
		return s, []flows.Effect{flows.DropCode{Kind: rest}, say("no code")}
	case "hi":
		return s, []flows.Effect{say("hi")}
	}
	// Entries are kept by time: so they come back in the order of the turns.
	turn := time.Unix(int64(s.Begun), 0)
	kept := flows.Record{ID: t.Event.Text, At: turn, Kind: "said", Text: t.Event.Text}
	return s, append([]flows.Effect{kept}, b.do(t, verb, rest)...)
}

// Export lists what was said: in a document "fails" or "panics" that goes wrong.
func (b *book) Export(p flows.Person, facts flows.Facts, s flows.Session, now time.Time, document string) (flows.Document, error) {
	switch document {
	case "fails":
		return flows.Document{}, errors.New("a secret that somebody wrote")
	case "panics":
		panic("a secret that somebody wrote")
	}
	var said []string
	for _, e := range facts.Entries("", 0, facts.CountEntries("")) {
		said = append(said, e.Text)
	}
	text := fmt.Sprintf("%s after %d turns at %s: %s", p.Name, s.Begun, now.Format("15:04 MST"), strings.Join(said, ", "))
	return flows.Document{Name: document, Type: "text/plain", Data: []byte(text)}, nil
}

// Picture shows a garden: of a kind "fails" or "panics" that goes wrong.
func (b *book) Picture(_ flows.Person, facts flows.Facts, _ time.Time, spec flows.PictureSpec) (flows.Picture, error) {
	return b.garden(spec.Kind, facts.CountEntries(""))
}

// garden has a field for each thing that was said.
func (b *book) garden(kind string, fields int) (flows.Picture, error) {
	switch kind {
	case "fails":
		return flows.Picture{}, errors.New("a secret that somebody wrote")
	case "panics":
		panic("a secret that somebody wrote")
	}
	month := &flows.Calendar{Days: 28, Marked: map[int]bool{}}
	for day := range fields {
		month.Marked[day+1] = true
	}
	return flows.Picture{Name: kind, Title: kind, Calendar: month}, nil
}

func (b *book) lapsed(t flows.Turn) []flows.Effect {
	if t.Event.Wait == "panic" {
		b.panic()
	}
	return []flows.Effect{flows.Say{Message: flows.Message{Text: "lapsed " + t.Event.Wait}, Unasked: true}}
}

func (b *book) do(t flows.Turn, verb, rest string) []flows.Effect {
	switch verb {
	case "say": // so many messages
		var effects []flows.Effect
		n, _ := strconv.Atoi(rest)
		for i := range n {
			effects = append(effects, say(strconv.Itoa(i+1)))
		}
		return effects
	case "await": // what and for how long
		id, long, _ := strings.Cut(rest, " ")
		d, err := time.ParseDuration(long)
		if err != nil {
			panic("no duration")
		}
		return []flows.Effect{flows.Await{ID: id, At: t.Now.Add(d)}}
	case "remind": // to eat, by a rule
		return []flows.Effect{flows.SetNudge{ID: "meal", Rule: rest, Flow: "eat"}}
	case "hint": // at eating, by a rule, at no time of their own
		return []flows.Effect{flows.SetNudge{ID: "meal", Rule: rest, Flow: "hint", Loose: true}}
	case "suggest": // to eat, by a rule, unasked
		return []flows.Effect{flows.SetNudge{ID: "meal", Rule: rest, Flow: "suggestion", Unrequested: true}}
	case "think": // of it, by a rule, unasked
		return []flows.Effect{flows.SetNudge{ID: "thought", Rule: rest, Flow: "thought", Unrequested: true}}
	case "hide":
		return []flows.Effect{flows.Hide{}, say("hidden")}
	case "forget":
		return []flows.Effect{flows.DropNudge{ID: "meal"}}
	case "snooze":
		d, err := time.ParseDuration(rest)
		if err != nil {
			panic("no duration")
		}
		return []flows.Effect{flows.Snooze{ID: "meal", Flow: "eat", At: t.Now.Add(d)}}
	case "wake": // it doesn't come again
		return []flows.Effect{flows.Snooze{ID: "meal", Flow: "eat"}}
	case "delete":
		return []flows.Effect{say("before"), flows.Delete{}, flows.Say{Message: flows.Message{Document: "all"}}, say("gone")}
	case "file": // of that name, and a word after it
		return []flows.Effect{
			flows.Say{Message: flows.Message{Text: "here", Document: rest}}, say("after"),
		}
	case "draw": // a picture of that kind, and a word after it
		return []flows.Effect{
			flows.Say{Message: flows.Message{Text: "here", Picture: &flows.PictureSpec{Kind: rest}}}, say("after"),
		}
	case "show": // the newest photo
		return []flows.Effect{flows.Say{Message: flows.Message{Text: "here", Photo: b.newest(t)}}}
	case "drop": // the newest photo
		return []flows.Effect{flows.DropPhoto{Photo: b.newest(t)}, say("dropped")}
	case "unawait":
		return []flows.Effect{flows.Unawait{ID: rest}}
	case "know":
		field, value, _ := strings.Cut(rest, " ")
		return []flows.Effect{flows.Know{Field: field, Value: value}, flows.Meet{}}
	case "panic":
		b.panic()
	case "ask":
		return []flows.Effect{flows.Say{Message: flows.Message{
			Text: "Well?", Buttons: []flows.Button{{Token: "t1", Label: "Yes"}},
		}}}
	}
	return []flows.Effect{say("re: " + t.Event.Text + t.Event.Token)}
}

func (b *book) panic() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.panics > 0 {
		b.panics--
		panic("a secret that somebody wrote")
	}
}

// last gives the last turn.
func (b *book) last() flows.Turn {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.turns[len(b.turns)-1]
}

func say(text string) flows.Effect { return flows.Say{Message: flows.Message{Text: text}} }

// mortal is the disk as one process sees it: dead once that was killed.
type mortal struct {
	store.Backend

	mu      sync.Mutex // guards what follows
	dead    bool
	commits int
	before  func(n int) // called before the nth update begins
	after   func(n int) // called after the nth update is committed
	last    int         // the update after which the process is killed, if not 0
	killed  func()      // called then
}

// killAfter kills the process right after so many more updates.
func (m *mortal) killAfter(n int, killed func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last, m.killed = m.commits+n, killed
}

func (m *mortal) kill() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dead = true
}

func (m *mortal) isDead() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dead
}

func (m *mortal) updates() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.commits
}

func (m *mortal) View(ctx context.Context, fn func(store.Tx) error) error {
	if m.isDead() {
		return store.ErrClosed
	}
	return m.Backend.View(ctx, fn)
}

func (m *mortal) Update(ctx context.Context, fn func(store.Tx) error) error {
	m.mu.Lock()
	m.commits++
	n := m.commits
	m.mu.Unlock()
	if m.before != nil {
		m.before(n)
	}
	if m.isDead() {
		return store.ErrClosed
	}
	err := m.Backend.Update(ctx, fn)
	if m.after != nil {
		m.after(n)
	}
	m.killIfLast(n)
	if m.isDead() {
		return store.ErrClosed
	}
	return err
}

func (m *mortal) killIfLast(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n == m.last {
		m.dead = true
		m.killed()
	}
}

// world is what outlives a process: the disk and the platform's server.
type world struct {
	t      *testing.T
	key    store.MasterKey
	disk   *storetest.Faulty
	server *bottest.Fake
	book   *book
	logs   lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Reset()
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// inWorld runs a test in a world of its own, in virtual time.
func inWorld(t *testing.T, dedups bool, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			t: t, key: store.NewMasterKey(),
			disk:   &storetest.Faulty{Backend: memory.New()},
			server: bottest.NewFake("fake", dedups),
			book:   &book{},
		}
		if _, err := store.Open(w.t.Context(), w.disk, w.key); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			storetest.Check(t, w.disk)
			w.checkLogs()
		})
		test(w)
	})
}

// checkLogs makes sure that no log line holds words or addresses.
func (w *world) checkLogs() {
	for _, secret := range []string{"secret", "person-", "event-", "re:"} {
		if strings.Contains(w.logs.String(), secret) {
			w.t.Errorf("the log holds %q:\n%s", secret, w.logs.String())
		}
	}
}

// process is a Service that runs.
type process struct {
	*bot.Service
	w     *world
	disk  *mortal
	clock *bot.Clock
	end   func()
	done  chan error
	ended bool
}

// start starts a process. set may change its options and what its disk does.
func (w *world) start(set ...func(*bot.Options, *mortal)) *process {
	w.t.Helper()
	p := &process{w: w, disk: &mortal{Backend: w.disk}, clock: &bot.Clock{}, done: make(chan error, 1)}
	s, err := store.Open(w.t.Context(), p.disk, w.key)
	if err != nil {
		w.t.Fatal(err)
	}
	o := bot.Options{
		Store: s, Steps: w.book, Platforms: []bot.Platform{w.server.Connect()},
		Clock: p.clock, Log: slog.New(slog.NewTextHandler(&w.logs, nil)),
	}
	p.disk.commits = 0
	for _, f := range set {
		f(&o, p.disk)
	}
	p.Service = bot.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	p.end = cancel
	go func() { p.done <- p.Run(ctx) }()
	w.t.Cleanup(func() { p.stop() })
	synctest.Wait()
	return p
}

// stop ends a process as a signal would, and gives what Run returned.
func (p *process) stop() error {
	if p.ended {
		return nil
	}
	p.end()
	return p.wait()
}

// wait waits until a process has ended.
func (p *process) wait() error {
	p.ended = true
	return <-p.done
}

// kill ends a process at once: nothing that it does from now on has any effect.
func (p *process) kill() {
	p.w.server.Crash()
	p.disk.kill()
	_ = p.stop()
}

// settling is longer than it takes to settle what was delivered.
const settling = 40 * time.Millisecond

// pass lets time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// wantHeard makes sure that exactly these texts arrived at a person.
func (w *world) wantHeard(person int, want ...string) {
	w.t.Helper()
	if got := w.server.Texts(person); strings.Join(got, "|") != strings.Join(want, "|") {
		w.t.Errorf("person %d heard %q, want %q", person, got, want)
	}
}

// records reads from the disk.
func (w *world) records(fn func(*store.Records) error) {
	w.t.Helper()
	s, err := store.Open(context.Background(), w.disk, w.key)
	if err == nil {
		err = s.View(context.Background(), fn)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// startMet starts the service with the whole content, for somebody who has been greeted.
func (w *world) startMet() {
	w.t.Helper()
	book, err := flows.Open(content.FS)
	if err != nil {
		w.t.Fatal(err)
	}
	w.start(func(o *bot.Options, _ *mortal) { o.Steps = book })
	w.server.Say(0, "hello")
	synctest.Wait()
	id := w.person(0).ID
	w.change(func(r *store.Records) error {
		p, err := r.Person(id)
		p.Met = true
		return errors.Join(err, r.PutPerson(p), r.PutSession(p.ID, nil))
	})
}

// change writes to the disk behind the program's back.
func (w *world) change(fn func(*store.Records) error) {
	w.t.Helper()
	s, err := store.Open(context.Background(), w.disk, w.key)
	if err == nil {
		err = s.Update(context.Background(), fn)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// person reads a person from the disk.
func (w *world) person(person int) (p store.Person) {
	w.t.Helper()
	w.records(func(r *store.Records) error {
		id, found, err := r.FindPerson(w.server.Address(person))
		if err != nil || !found {
			return err
		}
		p, err = r.Person(id)
		return err
	})
	return p
}

// said reads what a person said, as it was recorded, the oldest first.
func (w *world) said(person int) (texts []string) {
	w.t.Helper()
	id := w.person(person).ID
	if id == 0 {
		return nil
	}
	w.records(func(r *store.Records) error {
		entries, err := r.Entries(id, "said", 0, 1000)
		for i := len(entries) - 1; i >= 0; i-- {
			texts = append(texts, entries[i].Text)
		}
		return err
	})
	return texts
}

func (w *world) wantSaid(person int, want ...string) {
	w.t.Helper()
	if got := w.said(person); strings.Join(got, "|") != strings.Join(want, "|") {
		w.t.Errorf("recorded of person %d: %q, want %q", person, got, want)
	}
}

// wantOutbox makes sure that so many messages are attempting, and whether any wait,
// after what was delivered could be settled.
func (w *world) wantOutbox(attempting int, waiting bool) {
	w.t.Helper()
	pass(settling)
	w.records(func(r *store.Records) error {
		found, err := r.Attempting(1000)
		if err != nil {
			return err
		}
		_, waits, err := r.NextWake()
		if len(found) != attempting || waits != waiting {
			w.t.Errorf("%d messages are attempting (waiting: %t), want %d (%t)", len(found), waits, attempting, waiting)
		}
		return err
	})
}

// puttingBackend counts the rows that are put.
type puttingBackend struct {
	store.Backend
	puts *int
}

func (b *puttingBackend) Update(ctx context.Context, fn func(store.Tx) error) error {
	return b.Backend.Update(ctx, func(tx store.Tx) error { return fn(puttingTx{tx, b.puts}) })
}

type puttingTx struct {
	store.Tx
	puts *int
}

func (t puttingTx) Put(table string, key, value []byte) error {
	*t.puts++
	return t.Tx.Put(table, key, value)
}
