package discord

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"kintsugi/bot"
	"kintsugi/flows"
)

const (
	aChat, aUser, aMessage = "1300000000000000001", "80351110224678912", "1310000000000000001"
	aPhoto                 = aChat + "/" + aMessage + "/1310000000000000077"
)

func payload(t testing.TB, name string) json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAMessageIsOneEvent(t *testing.T) {
	said := func(text string) flows.Event { return flows.Event{Kind: flows.Said, Text: text} }
	sent := func(thing string) flows.Event { return flows.Event{Kind: flows.Sent, Thing: thing} }
	for name, want := range map[string]flows.Event{
		"text":                said("we saw his office *today*"),
		"reply":               said("this one"),
		"photo":               {Kind: flows.Sent, Thing: "photo", Photo: aPhoto, Text: "the lake"},
		"photo-alone":         {Kind: flows.Sent, Thing: "photo", Photo: aPhoto},
		"voice":               sent("voice"),
		"video":               sent("video"),
		"video-text":          said("look"),
		"document":            sent("document"),
		"document-of-no-type": sent("document"),
		"sticker":             sent("sticker"),
		"forward":             sent("forward"),
		"poll":                sent("other"),
		"empty":               sent("other"),
		"space":               sent("other"),
	} {
		a, ok := arrivalOf(payload(t, "message-"+name))
		wanted := bot.Inbound{ID: "m" + aMessage, From: addressOf(aChat), User: aUser, Event: want}
		if want.Kind == flows.Said {
			wanted.Handle = "m:" + aMessage
		}
		if !ok || a.Inbound != wanted || len(a.more) != 0 || a.chat != aChat || a.message != aMessage {
			t.Errorf("%s: came as %+v, %t, want %+v", name, a, ok, wanted)
		}
	}
}

func TestEachPictureOfAnAlbumIsAnEvent(t *testing.T) {
	a, ok := arrivalOf(payload(t, "message-album"))
	photo := func(id, text string) flows.Event {
		return flows.Event{Kind: flows.Sent, Thing: "photo", Photo: aChat + "/" + aMessage + "/" + id, Text: text}
	}
	from := addressOf(aChat)
	want := []bot.Inbound{
		{ID: "m" + aMessage, From: from, User: aUser, Event: photo("1310000000000000077", "the lake")},
		{ID: "m" + aMessage + "-1310000000000000078", From: from, User: aUser, Event: photo("1310000000000000078", "")},
		{ID: "m" + aMessage + "-1310000000000000079", From: from, User: aUser, Event: photo("1310000000000000079", "")},
	}
	if !ok || !slices.Equal(a.events(), want) {
		t.Errorf("came as %+v, want %+v", a.events(), want)
	}
}

func TestAnAlbumIsHandledWhenAllOfItIs(t *testing.T) {
	in(t, func(w *world) {
		var open atomic.Bool
		p := w.run(func(_ context.Context, in bot.Inbound) error {
			if strings.Contains(in.ID, "-") && !open.Load() { // the second picture
				return errNotNow
			}
			return nil
		})
		w.Say(0, "hello")
		w.SendThing(0, "album")
		w.Say(0, "there")
		after(0)
		first, second := p.inbound()[1], p.inbound()[2]
		p.stop()
		p = w.run(nil)
		p.want("sent photo", "sent photo", "there")
		again := p.inbound()
		if again[0] != first || again[1] != second || first.Event.Photo == second.Event.Photo {
			t.Errorf("came as %+v, and before as %+v and %+v", again[:2], first, second)
		}
		for _, in := range again[:2] {
			if data, err := p.Fetch(w.t.Context(), in.Event.Photo, 100); err != nil || len(data) == 0 {
				t.Errorf("fetched %q, %v", data, err)
			}
		}
	})
}

func TestWhatIsDoneOfAnAlbumIsNotDoneAgain(t *testing.T) {
	in(t, func(w *world) {
		failed := false
		p := w.run(func(_ context.Context, in bot.Inbound) error {
			if strings.Contains(in.ID, "-") && !failed {
				failed = true
				return errNotNow
			}
			return nil
		})
		w.SendThing(0, "album")
		after(time.Second)
		w.Say(0, "there")
		p.want("sent photo", "sent photo", "sent photo", "there")
		if got := p.inbound(); got[1] != got[2] || got[0] == got[1] {
			t.Errorf("came as %+v", got)
		}
	})
}

func TestWhatNobodySaidIsNoEvent(t *testing.T) {
	for _, name := range []string{
		"message-by-the-bot", "message-pin", "message-call", "message-in-a-guild", "message-by-the-bot-of-a-shape-unknown",
	} {
		if a, ok := arrivalOf(payload(t, name)); ok {
			t.Errorf("%s: came as %+v", name, a)
		}
	}
	for _, name := range []string{"edit-preview", "edit-by-the-bot", "edit-partial"} {
		if a, ok := editOf(payload(t, name)); ok {
			t.Errorf("%s: came as %+v", name, a)
		}
	}
}

func TestAnEditIsAThing(t *testing.T) {
	a, ok := editOf(payload(t, "edit"))
	want := flows.Event{Kind: flows.Sent, Thing: "edit"}
	if !ok || a.Event != want || !strings.HasPrefix(a.ID, "e"+aMessage+"-") || a.message != "" {
		t.Errorf("came as %+v, %t", a, ok)
	}
}

func TestWhatCantBeReadIsPutAside(t *testing.T) {
	raw := payload(t, "message-of-a-shape-unknown")
	a, ok := arrivalOf(raw)
	want := bot.Inbound{ID: "m" + aMessage, Unread: string(raw)}
	if !ok || a.Inbound != want || a.chat != aChat || a.message != aMessage {
		t.Errorf("came as %+v, %t", a, ok)
	}
	a, ok = arrivalOf(json.RawMessage(`{"id":7}`))
	again, _ := arrivalOf(json.RawMessage(`{"id":7}`))
	if !ok || a.Unread != `{"id":7}` || a.ID == "" || a.ID != again.ID {
		t.Errorf("came as %+v, %t", a, ok)
	}
}

func TestWhatCantBeReadHoldsUpNothing(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		w.PutRaw("MESSAGE_CREATE", `{"id":7}`)
		w.PutRaw("INTERACTION_CREATE", `[1]`)
		w.Say(0, "hello")
		after(0)
		counts := map[string]int{}
		for _, e := range p.events() {
			counts[e]++
		}
		if counts[`unread {"id":7}`] != 1 || counts["unread [1]"] != 1 || counts["hello"] != 1 {
			t.Errorf("handed over %v", counts)
		}
	})
}

func TestThingsComeAsWhatTheyAre(t *testing.T) {
	in(t, func(w *world) {
		p := w.run(nil)
		for _, thing := range []string{"voice", "video", "document", "sticker", "forward", "poll", "empty", "reply", "pin", "call", "album"} {
			w.SendThing(0, thing)
		}
		w.Say(0, "teh lake")
		w.Unfurl(0)
		w.Edit(0, "the lake")
		w.Unfurl(0)
		w.Unsay(0)
		p.want("sent voice", "sent video", "sent document", "sent sticker", "sent forward", "sent other", "sent other",
			"a reply", "sent photo", "sent photo", "teh lake", "sent edit")
	})
}

func FuzzMessage(f *testing.F) {
	names, _ := filepath.Glob("testdata/[em]*.json")
	for _, name := range names {
		f.Add([]byte(payload(f, strings.TrimSuffix(filepath.Base(name), ".json"))))
	}
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func(json.RawMessage) (arrival, bool){arrivalOf, editOf} {
			a, ok := read(data)
			if !ok {
				continue
			}
			if a.ID == "" || (a.Unread == "") != (a.Event.Kind != 0) || a.Unread == "" && !isID(a.From.ID) {
				t.Errorf("came as %+v", a)
			}
			if utf8.Valid(data) && !utf8.ValidString(a.Event.Text) {
				t.Errorf("came with the text %q", a.Event.Text)
			}
		}
	})
}
