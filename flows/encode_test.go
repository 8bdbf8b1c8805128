package flows_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"kintsugi/flows"
)

// drawSession gives any session: not only those that a conversation leads to.
func drawSession(t *rapid.T) flows.Session {
	s := flows.Session{
		Question: flows.Question{
			Serial: rapid.IntRange(0, 1<<40).Draw(t, "serial"), Form: drawText(t), Options: drawTexts(t),
		},
		Unplaced: drawText(t), Begun: rapid.Uint64().Draw(t, "begun"), Recorded: rapid.Int64().Draw(t, "recorded"),
	}
	if rapid.Bool().Draw(t, "front") {
		s.Front = drawConversation(t)
	}
	for range rapid.IntRange(0, 2).Draw(t, "parked") {
		s.Parked = append(s.Parked, drawConversation(t))
	}
	if rapid.Bool().Draw(t, "offer") {
		s.Offer = &flows.Offer{Kind: drawText(t), Flow: drawText(t), Text: drawText(t), About: drawText(t), Photos: drawTexts(t), Varied: rapid.Uint64().Draw(t, "varied"), Behind: rapid.Bool().Draw(t, "behind"), Late: rapid.Bool().Draw(t, "delayed")}
	}
	s.Fetched = rapid.Uint64().Draw(t, "fetched")
	s.Varied = rapid.Uint64().Draw(t, "asides")
	for range rapid.IntRange(0, 2).Draw(t, "pings") {
		s.Pings = append(s.Pings, flows.Ping{
			At: rapid.Int64().Draw(t, "at"), Nudge: drawText(t), About: drawText(t), Wording: rapid.IntRange(0, 99).Draw(t, "wording"), Again: rapid.Int64().Draw(t, "again"),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "queue") {
		s.Queue = append(s.Queue, flows.Queued{
			Nudge: drawText(t), About: drawText(t), Flow: drawText(t), At: rapid.Int64().Draw(t, "at"), Shown: rapid.Bool().Draw(t, "shown"),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "coming") {
		s.Coming = append(s.Coming, flows.Coming{
			ID: rapid.Uint64().Draw(t, "fetch"), Photo: drawText(t), Text: drawText(t), Note: rapid.Bool().Draw(t, "note"),
			Conversation: rapid.Uint64().Draw(t, "conversation"), Step: drawText(t), Late: rapid.Bool().Draw(t, "late"),
		})
	}
	return s
}

func drawConversation(t *rapid.T) *flows.Conversation {
	c := &flows.Conversation{
		ID: rapid.Uint64().Draw(t, "id"), Form: drawText(t), At: rapid.Int64().Draw(t, "at"),
		Misses: rapid.IntRange(0, 1000).Draw(t, "misses"), Partial: drawTexts(t), Sure: drawTexts(t),
		Interrupted: rapid.Bool().Draw(t, "interrupted"), Came: rapid.Bool().Draw(t, "came"),
	}
	for range rapid.IntRange(1, 3).Draw(t, "frames") {
		c.Frames = append(c.Frames, flows.Frame{
			Flow: drawText(t), Step: drawText(t), Vars: drawAnswers(t), Loops: drawCounts(t), Past: drawTexts(t),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "trail") {
		c.Trail = append(c.Trail, flows.Mark{
			Depth: rapid.IntRange(0, 9).Draw(t, "depth"), Step: drawText(t), Undo: drawAnswers(t), Made: drawCounts(t), Loops: drawCounts(t),
		})
	}
	return c
}

func drawText(t *rapid.T) string {
	if rapid.IntRange(0, 20).Draw(t, "long") == 0 { // lengths that take two and three bytes to write
		return strings.Repeat("long", rapid.SampledFrom([]int{31, 32, 33, 4095, 4096, 5000}).Draw(t, "times"))
	}
	return rapid.String().Draw(t, "text")
}

func drawTexts(t *rapid.T) []string { return rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "texts") }

func drawCounts(t *rapid.T) flows.Counts {
	var out flows.Counts
	for range rapid.IntRange(0, 2).Draw(t, "counts") {
		out = append(out, flows.Count{Name: drawText(t), N: rapid.Int64().Draw(t, "n")})
	}
	return out
}

// drawAnswers gives answers of every form, as a session that was kept would have them.
func drawAnswers(t *rapid.T) flows.Answers {
	var out flows.Answers
	for range rapid.IntRange(0, 3).Draw(t, "answers") {
		out = append(out, flows.Answer{Name: drawText(t), Value: flows.ValueForTest(
			rapid.IntRange(0, 4).Draw(t, "form"), drawText(t), rapid.Float64().Draw(t, "number"), drawTexts(t),
		)})
	}
	return out
}

func TestEverySessionComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t)
		data := encoded(t, s)
		again, err := flows.DecodeSession(data)
		if err != nil {
			t.Fatal(err)
		}
		if want, got := flows.ShapeForTest(s), flows.ShapeForTest(again); want != got {
			t.Fatalf("encoded\n%s\nand decoded\n%s", want, got)
		}
	})
}

func TestNoBytesAreTheSessionOfSomebodyNew(t *testing.T) {
	s, err := flows.DecodeSession(nil)
	if err != nil || s.Front != nil || s.Offer != nil || len(s.Parked) > 0 {
		t.Errorf("got %+v, %v", s, err)
	}
}

// What a newer program may have added, at any depth and of any wire type, is passed
// over.
func TestFieldsOfANewerProgramArePassedOver(t *testing.T) {
	c := newChat(t, everythingBook(t))
	for _, text := range []string{"/everything", "word", "7", "/gratitude", "/back"} {
		c.say(text)
	}
	var extra []byte
	extra = protowire.AppendVarint(protowire.AppendTag(extra, 900, protowire.VarintType), 7)
	extra = protowire.AppendString(protowire.AppendTag(extra, 901, protowire.BytesType), "newer")
	extra = protowire.AppendFixed32(protowire.AppendTag(extra, 902, protowire.Fixed32Type), 7)
	extra = protowire.AppendFixed64(protowire.AppendTag(extra, 903, protowire.Fixed64Type), 7)
	for name, data := range map[string][]byte{
		"before": append(bytes.Clone(extra), c.session...), "behind": append(bytes.Clone(c.session), extra...),
		"inside": withInside(c.session, extra),
	} {
		s, err := flows.DecodeSession(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(encoded(t, s), c.session) {
			t.Errorf("%s: decoded to something else", name)
		}
	}
}

// withInside adds to each message that a session holds on its first level.
func withInside(session, extra []byte) []byte {
	var out []byte
	for len(session) > 0 {
		num, typ, n := protowire.ConsumeTag(session)
		size := protowire.ConsumeFieldValue(num, typ, session[n:])
		if typ != protowire.BytesType {
			out = append(out, session[:n+size]...)
		} else {
			inner, _ := protowire.ConsumeBytes(session[n:])
			out = protowire.AppendBytes(protowire.AppendTag(out, num, typ), append(bytes.Clone(inner), extra...))
		}
		session = session[n+size:]
	}
	return out
}

func TestGarbageIsNoSession(t *testing.T) {
	c := newChat(t, everythingBook(t))
	c.say("/everything")
	for name, data := range map[string][]byte{
		"a lone byte":            {0xff},
		"a text":                 []byte("hello"),
		"JSON":                   []byte(`{"front":null}`),
		"cut off":                c.session[:len(c.session)-1],
		"a length beyond":        {0x0a, 0x7f, 0x00},
		"a group never ended":    {0x0b},
		"a conversation of none": {0x0a, 0x00},
		"field 0":                {0x00, 0x00},
	} {
		if _, err := flows.DecodeSession(data); !errors.Is(err, flows.ErrSession) {
			t.Errorf("%s: got %v, want ErrSession", name, err)
		}
	}
}

func FuzzDecodeSession(f *testing.F) {
	c := newChat(f, everythingBook(f))
	for _, text := range []string{"/everything", "word", "7", "7", "7", "red", "apple", "yes", "Ann\nBob", "/checkin", "/cancel"} {
		c.say(text)
		f.Add(c.session)
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := flows.DecodeSession(data)
		if err != nil {
			if !errors.Is(err, flows.ErrSession) {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		encoded(t, s)
	})
}

// FuzzLoad reads a file on its own: with all the content beside it, it would be read
// a hundred times slower.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		everything, inner, textFlow, manyMistakes, "language: de\nflow: test.text\ntexts:\n  a.ask: {of: x, is: y}\n",
		"phrases: {stale: \"{{.x}}\"}", "words: {yes: [a]}", "released: {journal: [read]}", "a: &a [*a]", "? a", "<<: *b",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		own := fstest.MapFS{"own.yaml": {Data: data}}
		book := flows.Read(own)
		for _, id := range book.IDs() {
			book.Flow(id).Graph()
		}
		if _, err := flows.Load(own); (err == nil) != (len(grave(book)) == 0) {
			t.Fatalf("Load gave %v where Read found %v", err, grave(book))
		}
	})
}

func grave(book *flows.Book) []flows.Problem {
	var out []flows.Problem
	for _, p := range book.Problems() {
		if !p.Mild {
			out = append(out, p)
		}
	}
	return out
}

// FuzzStep lets bytes drive a conversation with the content: each two of them are an
// event. Whatever is said or pressed is answered.
func FuzzStep(f *testing.F) {
	f.Add([]byte("\x00\x14\x04\x00\x00\x03\x06\x02"))
	f.Add([]byte("\x00\x1a\x05\x01\x00\x08\x00\x16\x00\x13"))
	f.Add(bytes.Repeat([]byte{0, 26, 5, 3, 6, 0, 8, 0, 9, 0}, 6))
	book := everythingBook(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newChat(t, book)
		c.person.Met = len(data)%2 == 0
		for i := 0; i+1 < min(len(data), 400); i += 2 {
			e := eventOf(c, data[i], int(data[i+1]))
			effects := c.step(e)
			if (e.Kind == flows.Said || e.Kind == flows.Pressed) && len(effects) == 0 {
				t.Fatalf("event %d was met with silence: %+v", i/2, e)
			}
		}
	})
}

// eventOf makes an event of two bytes.
func eventOf(c *chat, kind byte, n int) flows.Event {
	switch kind % 10 {
	case 0, 1, 2, 3:
		return flows.Event{Kind: flows.Said, Text: sayings[n%len(sayings)]}
	case 4:
		return flows.Event{Kind: flows.Said, Text: strings.Repeat(string(rune(n*97)), n)}
	case 5, 6:
		return flows.Event{Kind: flows.Pressed, Token: nthToken(c, n)}
	case 7:
		c.now = c.now.Add(time.Duration(n) * time.Hour)
		return flows.Event{Kind: flows.Opened}
	case 8:
		for id := range c.waits {
			return flows.Event{Kind: flows.Lapsed, Wait: id}
		}
		return flows.Event{Kind: flows.Lapsed, Wait: "wait-1"}
	}
	if n%2 == 0 {
		return photoEvent(c, n/2)
	}
	return flows.Event{Kind: flows.Sent, Thing: []string{"photo", "edit", "sticker", "voice"}[n/2%4]}
}

// nthToken gives a button, counted from the newest.
func nthToken(c *chat, n int) string {
	for i := len(c.shown) - 1; i >= 0; i-- {
		buttons := c.shown[i].Buttons
		if n < len(buttons) {
			return buttons[n].Token
		}
		n -= len(buttons)
	}
	return "1.0"
}
