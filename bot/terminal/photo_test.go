package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/bot/terminal"
	"kintsugi/flows"
)

// eventsOf gives what the lines of a chat lead to, without its opening.
func eventsOf(t *testing.T, in string, o terminal.Options) (events []flows.Event) {
	t.Helper()
	chat := terminal.New(strings.NewReader(in), &bytes.Buffer{}, o)
	err := chat.Receive(t.Context(), func(_ context.Context, in bot.Inbound) error {
		if in.Event.Kind != flows.Opened {
			events = append(events, in.Event)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestALineSendsAFileAsAPhoto(t *testing.T) {
	path := filepath.Join(t.TempDir(), "the lake.jpg")
	if err := os.WriteFile(path, []byte("picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	events := eventsOf(t, ":photo "+path+"\n:photo\n:photos of us\n", terminal.Options{Photos: true})
	if len(events) != 3 || events[0] != (flows.Event{Kind: flows.Sent, Thing: "photo", Photo: path}) {
		t.Fatalf("the events are %+v", events)
	}
	if events[1].Kind != flows.Said || events[2].Kind != flows.Said {
		t.Errorf("other lines are %+v", events[1:])
	}
	chat := terminal.New(strings.NewReader(""), &bytes.Buffer{}, terminal.Options{Photos: true})
	for limit, want := range map[int64]string{100: "picture", 7: "picture", 3: "pict"} {
		if got, err := chat.Fetch(t.Context(), path, limit); err != nil || string(got) != want {
			t.Errorf("up to %d it is %q (%v)", limit, got, err)
		}
	}
	for _, none := range []string{filepath.Dir(path), path + ".png", ""} {
		if _, err := chat.Fetch(t.Context(), none, 100); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("the error is %v", err)
		}
	}
}

// Where people other than whoever runs the program sit at the terminal, no line reads
// the files of the computer.
func TestNoFileIsSentUnlessThatIsWanted(t *testing.T) {
	events := eventsOf(t, ":photo lake.jpg\n", terminal.Options{})
	if len(events) != 1 || events[0] != (flows.Event{Kind: flows.Said, Text: ":photo lake.jpg"}) {
		t.Errorf("the events are %+v", events)
	}
}
