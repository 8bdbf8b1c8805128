package bottest

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

// Fake is the server of a platform in memory, with people in front of it. Programs
// talk to it through [Fake.Connect]. It keeps events until they are acknowledged,
// and as on many a platform only all up to one can be: after a crash everything
// from the lowest that was not handled is handed over again.
type Fake struct {
	name   string
	dedups bool

	mu      sync.Mutex // guards what follows
	conn    *conn      // the one that counts
	log     []*happening
	closed  bool          // nothing more happens
	news    chan struct{} // closed when something happens
	arrived map[store.Address][]bot.Outbound
	faults  map[store.Address][]Ability
	holds   map[store.Address][]chan struct{}
	blocked map[store.Address]bool
	gone    int               // events that say that somebody is gone
	photos  map[string][]byte // by their reference
	fetches []error           // what the next fetches meet with
	slow    chan struct{}     // what fetches wait for, if not nil
	hanging int               // fetches that wait for it

	forgotten map[store.Address]int // how often a chat was to be
}

// happening is one event and whether it was handled.
type happening struct {
	in   bot.Inbound
	done bool
}

// NewFake makes a server. dedups says whether a message that is sent twice with
// the same ID arrives once.
func NewFake(name string, dedups bool) *Fake {
	return &Fake{
		name: name, dedups: dedups, news: make(chan struct{}),
		arrived: map[store.Address][]bot.Outbound{},
		faults:  map[store.Address][]Ability{},
		holds:   map[store.Address][]chan struct{}{},
		blocked: map[store.Address]bool{},
		photos:  map[string][]byte{},

		forgotten: map[store.Address]int{},
	}
}

// Connect gives a fresh connection. From now on the one before is as good as dead:
// what it acknowledges or sends comes to nothing.
func (f *Fake) Connect() bot.Platform {
	c := &conn{f: f}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.conn = c
	return c
}

// Crash cuts the connection off, as if its program had been killed.
func (f *Fake) Crash() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.conn = nil
}

// Close lets nothing more happen: Receive ends when all is handled.
func (f *Fake) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	f.tell()
}

// Address implements [Peer].
func (f *Fake) Address(person int) store.Address {
	return store.Address{Platform: f.name, ID: "person-" + strconv.Itoa(person)}
}

// Happen lets an event happen to a person, and gives its ID. Whoever does something has
// taken back that they blocked the program.
func (f *Fake) Happen(person int, e flows.Event) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.blocked, f.Address(person))
	id := f.nextID()
	f.add(bot.Inbound{ID: id, From: f.Address(person), Language: "en", Event: e})
	return id
}

// Bring hands over an event that is more than what happened to a person: one with a
// handle, or one that says that they are gone. Its ID and From are filled in.
func (f *Fake) Bring(person int, in bot.Inbound) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	in.ID, in.From = f.nextID(), f.Address(person)
	if in.Gone { // lots are drawn by what people do, and this is nothing that they do
		f.gone++
		in.ID = fmt.Sprintf("gone-%d", f.gone)
	}
	f.add(in)
	return in.ID
}

// Redeliver hands over an event once more, whether it was acknowledged or not.
func (f *Fake) Redeliver(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, h := range f.log {
		if h.in.ID == id {
			f.add(h.in)
			return
		}
	}
	panic("no such event")
}

// nextID gives the ID of what people do next. The caller holds the mutex.
func (f *Fake) nextID() string { return fmt.Sprintf("event-%d", len(f.log)-f.gone+1) }

func (f *Fake) add(in bot.Inbound) {
	f.log = append(f.log, &happening{in: in})
	f.tell()
}

// tell wakes those who wait for news. The caller holds the mutex.
func (f *Fake) tell() {
	close(f.news)
	f.news = make(chan struct{})
}

// Say implements [Peer].
func (f *Fake) Say(person int, text string) {
	f.Happen(person, flows.Event{Kind: flows.Said, Text: text})
}

// Send lets a person send something that is no text.
func (f *Fake) Send(person int, thing string) {
	f.Happen(person, flows.Event{Kind: flows.Sent, Thing: thing})
}

// Press implements [Peer].
func (f *Fake) Press(person int, label string) {
	f.Happen(person, flows.Event{Kind: flows.Pressed, Token: f.token(person, label)})
}

func (f *Fake) token(person int, label string) string {
	for _, m := range slices.Backward(f.Heard(person)) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return b.Token
			}
		}
		if len(m.Buttons) > 0 {
			break
		}
	}
	panic("no such button")
}

// Unacknowledged says how many events have not been handled.
func (f *Fake) Unacknowledged() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, h := range f.log {
		if !h.done {
			n++
		}
	}
	return n
}

// Arrived gives what arrived at a person, in order.
func (f *Fake) Arrived(person int) []bot.Outbound {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.arrived[f.Address(person)])
}

// Count gives how many messages arrived at a person.
func (f *Fake) Count(person int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.arrived[f.Address(person)])
}

// Heard implements [Peer].
func (f *Fake) Heard(person int) []flows.Message {
	var heard []flows.Message
	for _, m := range f.Arrived(person) {
		heard = append(heard, m.Message)
	}
	return heard
}

// Files implements [Peer].
func (f *Fake) Files(person int) []bot.File {
	var files []bot.File
	for _, m := range f.Arrived(person) {
		if m.File != nil {
			files = append(files, *m.File)
		}
	}
	return files
}

// Texts gives the texts of what arrived at a person.
func (f *Fake) Texts(person int) []string {
	texts := []string{}
	for _, m := range f.Heard(person) {
		texts = append(texts, m.Text)
	}
	return texts
}

// Can implements [Peer]: it can do everything.
func (f *Fake) Can(Ability) bool { return true }

// Restart implements [Peer].
func (f *Fake) Restart(*testing.T) bot.Platform { return f.Connect() }

// Fail implements [Peer]. Several faults are met one after another.
func (f *Fake) Fail(person int, with Ability) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.Address(person)
	f.faults[a] = append(f.faults[a], with)
}

// Block has a person block the program: nothing reaches them until they do something. The
// program is not told, but by what it sends; [Fake.Bring] can tell it.
func (f *Fake) Block(person int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blocked[f.Address(person)] = true
}

// Mend takes back the faults that were not met.
func (f *Fake) Mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.faults)
}

// Hold lets the next send to a person hang until it is released.
func (f *Fake) Hold(person int) (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.Address(person)
	hold := make(chan struct{})
	f.holds[a] = append(f.holds[a], hold)
	return sync.OnceFunc(func() { close(hold) })
}
