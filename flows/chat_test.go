package flows_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/schedule"
)

// failer is what tests, benchmarks and properties have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// chat is one person's conversation with a book. It keeps what a service would keep,
// and holds every step to what is true of all of them.
type chat struct {
	t       failer
	book    *flows.Book
	person  flows.Person
	now     time.Time
	session []byte
	turns   uint64
	shown   []flows.Message
	entries []flows.Record // newest first
	waits   map[string]time.Time
	items   []flows.Item // in the order first kept
	nudges  []flows.Nudge
	fetches []flows.Fetch // that nothing has come of
	photos  []string      // kept
	couple  flows.Couple
	news    []flows.News

	exchanges []flows.Exchange
}

func newChat(t failer, book *flows.Book) *chat {
	return &chat{
		t: t, book: book, person: flows.Person{Name: "Ann", Met: true},
		now: time.Date(2026, 5, 7, 20, 0, 0, 0, time.UTC), waits: map[string]time.Time{},
	}
}

// bookOf loads the small content with one more file of flows laid over it.
func bookOf(t failer, flow string) *flows.Book {
	t.Helper()
	return loadOver(t, smallContent(), flow)
}

// wholeBook is the content as it is.
func wholeBook(t failer) *flows.Book {
	t.Helper()
	book, err := contentBook()
	if err != nil {
		t.Fatalf("%s", err)
	}
	return book
}

// wholeBookOf loads all content with it.
func wholeBookOf(t failer, flow string) *flows.Book {
	t.Helper()
	return loadOver(t, content.FS, flow)
}

func loadOver(t failer, base fs.FS, flow string) *flows.Book {
	t.Helper()
	book, err := flows.Load(base, files("own.yaml", flow))
	if err != nil {
		t.Fatalf("%s", err)
	}
	return book
}

func (c *chat) turn(e flows.Event) flows.Turn {
	c.t.Helper()
	session, err := flows.DecodeSession(c.session)
	if err != nil {
		c.t.Fatalf("the session kept is none: %v", err)
	}
	return flows.Turn{Session: session, Person: c.person, Event: e, Now: c.now, Seed: c.turns * 0x9e3779b97f4a7c15, Facts: c}
}

// step takes one event and does what it asks for.
func (c *chat) step(e flows.Event) []flows.Effect {
	c.t.Helper()
	c.turns++
	c.now = c.now.Add(time.Second)
	after, effects := c.book.Step(c.turn(e))
	c.session = encoded(c.t, after)
	for _, e := range effects {
		c.do(e)
	}
	return effects
}

func encoded(t failer, s flows.Session) []byte {
	t.Helper()
	data, err := s.Encode()
	if err != nil {
		t.Fatalf("encoding: %v", err)
	}
	again, err := flows.DecodeSession(data)
	if err != nil {
		t.Fatalf("decoding what was encoded: %v", err)
	}
	if twice, _ := again.Encode(); !bytes.Equal(data, twice) {
		t.Fatalf("a session encodes differently once it was decoded")
	}
	return data
}

func (c *chat) do(e flows.Effect) {
	c.t.Helper()
	switch e := e.(type) {
	case flows.Say:
		c.checkMessage(e.Message)
		c.shown = append(c.shown, e.Message)
	case flows.Record:
		c.entries = slices.DeleteFunc(c.entries, func(r flows.Record) bool { return r.ID == e.ID && r.At.Equal(e.At) })
		c.entries = append([]flows.Record{e}, c.entries...)
		slices.SortStableFunc(c.entries, func(a, b flows.Record) int { return b.At.Compare(a.At) })
	case flows.Know:
		c.person = c.person.With(e)
	case flows.Keep:
		c.keep(e.Item)
	case flows.SetNudge:
		if _, err := schedule.Parse(e.Rule); err != nil {
			c.t.Fatalf("a rule that nobody can read: %q", e.Rule)
		}
		c.dropNudge(e.ID, e.About)
		c.nudges = append(slices.Clone(c.nudges), flows.Nudge(e))
	case flows.Fetch:
		c.fetches = append(slices.Clip(c.fetches), e)
	case flows.KeepPhoto:
		c.photos = append(c.photos, e.Photo)
	case flows.DropPhoto:
		c.photos = slices.DeleteFunc(slices.Clone(c.photos), func(p string) bool { return p == e.Photo })
	case flows.DropNudge:
		c.dropNudge(e.ID, e.About)
	case flows.Meet:
		c.person.Met = true
	case flows.Await:
		c.waits[e.ID] = e.At
	case flows.Unawait:
		delete(c.waits, e.ID)
	}
}

var tokenForm = regexp.MustCompile(`^[a-z0-9.]{1,64}$`)

// checkMessage holds a message to what every platform relies on.
func (c *chat) checkMessage(m flows.Message) {
	c.t.Helper()
	if strings.TrimSpace(m.Text) == "" {
		c.t.Fatalf("a message without a text: %+v", m)
	}
	c.checkStrong(m)
	if len(m.Buttons) > 25 {
		c.t.Fatalf("%d buttons under %q", len(m.Buttons), m.Text)
	}
	seen := map[string]bool{}
	for _, b := range m.Buttons {
		if utf8.RuneCountInString(b.Label) > 80 || strings.ContainsAny(b.Label, "\ufdd0\ufdd1") {
			c.t.Fatalf("a button with the label %q", b.Label)
		}
		if !tokenForm.MatchString(b.Token) {
			c.t.Fatalf("token %q", b.Token)
		}
		if seen[b.Token] {
			c.t.Fatalf("two buttons have the token %q", b.Token)
		}
		if strings.TrimSpace(b.Label) == "" {
			c.t.Fatalf("a button without a label under %q", m.Text)
		}
		seen[b.Token] = true
	}
}

// checkStrong holds what stands out to the text, and the text to having no marks.
func (c *chat) checkStrong(m flows.Message) {
	c.t.Helper()
	at := 0
	for _, s := range m.Strong {
		if s.From < at || s.To <= s.From || s.To > len(m.Text) || !utf8.ValidString(m.Text[s.From:s.To]) {
			c.t.Fatalf("%v stands out of %q", m.Strong, m.Text)
		}
		at = s.To
	}
	if strings.ContainsAny(m.Text, "\ufdd0\ufdd1") {
		c.t.Fatalf("a mark is left in %q", m.Text)
	}
}

// say says something and gives what comes back, the messages one below the other.
func (c *chat) say(text string) string {
	c.t.Helper()
	return c.answer(flows.Event{Kind: flows.Said, Text: text})
}

// press presses that button of the newest message that has it.
func (c *chat) press(label string) string {
	c.t.Helper()
	return c.answer(flows.Event{Kind: flows.Pressed, Token: c.token(label)})
}

func (c *chat) token(label string) string {
	c.t.Helper()
	for _, m := range slices.Backward(c.shown) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return b.Token
			}
		}
	}
	c.t.Fatalf("no message has had a button %q", label)
	return ""
}

func (c *chat) answer(e flows.Event) string {
	c.t.Helper()
	before := len(c.shown)
	c.step(e)
	var texts []string
	for _, m := range c.shown[before:] {
		texts = append(texts, m.Text)
	}
	return strings.Join(texts, "\n")
}

// last is the newest message.
func (c *chat) last() flows.Message { return c.shown[len(c.shown)-1] }

// kept gives the texts of the entries of a kind, newest first.
func (c *chat) kept(kind string) []string {
	var out []string
	for _, e := range c.Entries(kind, 0, len(c.entries)) {
		out = append(out, e.Text)
	}
	return out
}

// Entries is part of [flows.Facts].
func (c *chat) Entries(kind string, skip, limit int) []flows.Entry {
	var out []flows.Entry
	for _, r := range c.entries {
		if kind == "" || r.Kind == kind {
			out = append(out, flows.Entry(r))
		}
	}
	out = out[min(skip, len(out)):]
	return out[:min(limit, len(out))]
}

// Items is part of [flows.Facts].
func (c *chat) Items(kind string) []flows.Item {
	var out []flows.Item
	for _, i := range slices.Backward(c.items) {
		if kind == "" || i.Kind == kind {
			out = append(out, i)
		}
	}
	return out
}

// Couple is part of [flows.Facts].
func (c *chat) Couple() flows.Couple {
	if c.couple.Invitation == "" {
		c.couple.Invitation = flows.NoInvitation
	}
	return c.couple
}

// News is part of [flows.Facts].
func (c *chat) News() []flows.News { return c.news }

// Relay is part of [flows.Facts].
func (c *chat) Relay() flows.Relay { return flows.Relay{Stage: flows.NoRelay} }

// Exchanges is part of [flows.Facts].
func (c *chat) Exchanges() []flows.Exchange { return c.exchanges }

// Nudges is part of [flows.Facts].
func (c *chat) Nudges() []flows.Nudge { return c.nudges }

func (c *chat) dropNudge(id, about string) {
	c.nudges = slices.DeleteFunc(c.nudges, func(n flows.Nudge) bool { return n.ID == id && n.About == about })
}

// keep keeps an item in its place, with its values as they are once they were JSON.
func (c *chat) keep(i flows.Item) {
	c.t.Helper()
	data, err := json.Marshal(i.Values)
	if err != nil {
		c.t.Fatalf("values that can't be kept: %v", err)
	}
	i.Values = nil
	if err := json.Unmarshal(data, &i.Values); err != nil {
		c.t.Fatalf("values that can't be read again: %v", err)
	}
	at := slices.IndexFunc(c.items, func(had flows.Item) bool { return had.ID == i.ID })
	if at < 0 {
		c.items = append(c.items, i)
		return
	}
	if !c.items[at].At.Equal(i.At) {
		c.t.Fatalf("an item that is changed has another time")
	}
	c.items[at] = i
}

// CountEntries is part of [flows.Facts].
func (c *chat) CountEntries(kind string) int { return len(c.Entries(kind, 0, len(c.entries))) }

// files makes a file system of names and what stands in them, in turn.
func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}
