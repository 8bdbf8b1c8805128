package telegram

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"kintsugi/bot"
	"kintsugi/bot/telegram/telegramtest"
	"kintsugi/flows"
)

// updates are what the files of testdata come to: a word for what is no event of a
// person, or the event.
func updates() map[string]any {
	said := func(text string) flows.Event { return flows.Event{Kind: flows.Said, Text: text} }
	thing := func(thing string) flows.Event { return flows.Event{Kind: flows.Sent, Thing: thing} }
	photo := func(id, text string) flows.Event {
		return flows.Event{Kind: flows.Sent, Thing: "photo", Photo: id, Text: text}
	}
	pressed := func(token string) flows.Event { return flows.Event{Kind: flows.Pressed, Token: token} }
	return map[string]any{
		"text":                said("Not so well, *really* <b> 🙂 שלום"),
		"command":             said("/start 7f3_a-B"),
		"text-lone-surrogate": said("a\uFFFDb"),
		"text-with-preview":   said("https://example.org"),
		"reply":               said("that one"),
		"via-bot":             said("Through another."),
		"without-sender":      said("hello"),
		"other-sender":        said("hello"),
		"video-with-words":    said("It was like this."),
		"photo-with-words":    said("by the river"),

		"forward":                thing("forward"),
		"forward-new":            thing("forward"),
		"photo":                  photo("AgAC-large", "by the river"),
		"photo-album":            photo("AgAC-large", ""),
		"photo-forwarded":        photo("AgAC-large", ""),
		"photo-too-large":        thing("other"),
		"picture-document":       photo("AgAC-doc", "as it is"),
		"picture-document-large": thing("document"),
		"picture-document-heic":  photo("AgAC-doc", ""),
		"document":               thing("document"),
		"voice":                  thing("voice"),
		"audio":                  thing("other"),
		"video":                  thing("video"),
		"video-note":             thing("video"),
		"video-forwarded":        thing("video"),
		"rich-message":           thing("other"),
		"sticker":                thing("sticker"),
		"location":               thing("location"),
		"venue":                  thing("location"),
		"contact":                thing("contact"),
		"animation":              thing("other"),
		"dice":                   thing("other"),
		"poll":                   thing("other"),
		"story":                  thing("other"),
		"edit":                   thing("edit"),

		"press":                 pressed("1.0"),
		"press-inaccessible":    pressed("1.0"),
		"press-without-message": pressed("1.0"),
		"press-unknown-form":    pressed("?"),
		"press-of-a-game":       pressed("?"),
		"blocked":               flows.Event{},

		"edit-live-location":        "nothing",
		"edit-in-group":             "nothing",
		"edit-of-nothing":           "nothing",
		"service-pinned":            "nothing",
		"service-timer":             "nothing",
		"service-unknown":           "nothing",
		"from-a-bot":                "nothing",
		"channel-chat":              "nothing",
		"press-in-group":            "nothing",
		"unblocked":                 "nothing",
		"unknown-kind":              "nothing",
		"group-made-administrator":  "nothing",
		"group-removed":             "nothing",
		"group-chatter":             "nothing",
		"group-command-for-another": "nothing",
		"group-mention-of-another":  "nothing",
		"group-entity-out-of-range": "nothing",

		"group-added":          "called",
		"group-command":        "called",
		"group-command-for-us": "called",
		"group-mention":        "called",

		"broken-type":    "unread",
		"broken-chat":    "unread",
		"broken-message": "unread",
	}
}

func TestUpdatesAreRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != len(updates()) {
		t.Fatalf("%d files for %d updates: %v", len(files), len(updates()), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := read(raw, telegramtest.Username)
			if got, want := outcomeOfReading(a, err), updates()[name]; got != want {
				t.Errorf("read %+v, want %+v", got, want)
			}
			checkArrival(t, name, a)
		})
	}
}

func outcomeOfReading(a arrival, err error) any {
	switch {
	case err != nil:
		return "unread"
	case a.group != nil:
		return "called"
	case a.in == nil:
		return "nothing"
	}
	return a.in.Event
}

// checkArrival checks what is not the event.
func checkArrival(t *testing.T, name string, a arrival) {
	t.Helper()
	if isPress := strings.HasPrefix(name, "press"); (a.query == "4815162342") != isPress {
		t.Errorf("the press to be answered is %q", a.query)
	}
	if a.in == nil {
		return
	}
	want := bot.Inbound{Event: a.in.Event, Language: "en-GB", Handle: "m42"}
	switch name {
	case "without-sender":
		want.Language = ""
	case "other-sender":
		want.User = "77"
	case "blocked":
		want.Gone, want.Handle = true, ""
	case "press-without-message", "edit":
		want.Handle = ""
	case "press", "press-inaccessible", "press-unknown-form", "press-of-a-game":
		want.Handle = "40"
	}
	if *a.in != want || a.chat != 1001 {
		t.Errorf("read %+v in chat %d, want %+v", *a.in, a.chat, want)
	}
}

func TestNothingIsKeptOfAGroupThatCannotBeRead(t *testing.T) {
	for _, chat := range []string{"private", "group", "supergroup", "channel"} {
		for _, raw := range []string{
			`{"message":{"message_id":"seven","chat":{"id":-7,"type":"` + chat + `"},"text":"a secret"}}`,
			`{"edited_message":{"chat":{"type":"` + chat + `","id":"x"},"text":"a secret"}}`,
			`{"callback_query":{"id":7,"message":{"chat":{"id":-7,"type":"` + chat + `"}}}}`,
			`{"my_chat_member":{"date":"x","chat":{"id":-7,"type":"` + chat + `"}}}`,
		} {
			_, in, ok := New(Options{Token: testToken, Words: testWords{}}).arrive([]byte(raw), 1)
			if want := chat == "private"; ok != want || (in.Unread != "") != want {
				t.Errorf("%s: handed over %+v, %t", raw, in, ok)
			}
		}
	}
}

func TestTheNumberOfAnUpdateIsReadHoweverItIsWritten(t *testing.T) {
	for raw, want := range map[string]int{
		`{"update_id":12,"message":{}}`:              12,
		`{"update_id":12}`:                           12,
		`{ "update_id" : 12, "message": 5}`:          12,
		`{"message":{"update_id":3},"update_id":12}`: 12,
		`{"update_id":1e1}`:                          0,
		`{"update_id":-4}`:                           -4,
		`{"update_id":"12"}`:                         0,
		`{"update_id":99999999999999999999}`:         0,
		`{}`:                                         0,
		`[12]`:                                       0,
		`null`:                                       0,
	} {
		if id, ok := updateID([]byte(raw)); id != want || ok != (want != 0) {
			t.Errorf("%s: read %d, %t, want %d", raw, id, ok, want)
		}
	}
}

func FuzzUpdate(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		updateID(raw)
		a, err := read(raw, telegramtest.Username)
		if err != nil || a.in == nil {
			return
		}
		if a.chat == 0 || a.group != nil {
			t.Errorf("an event in chat %d, called from a group: %t", a.chat, a.group != nil)
		}
		if e := a.in.Event; !utf8.ValidString(e.Text) || len(e.Token) > tokenBytes {
			t.Errorf("read %+v", e)
		}
		if len(a.in.Handle) > 1024 {
			t.Errorf("the handle has %d bytes", len(a.in.Handle))
		}
	})
}
