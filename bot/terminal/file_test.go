package terminal_test

import (
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

func send(t *testing.T, p *person, name, data string) error {
	t.Helper()
	return p.Send(context.Background(), bot.Outbound{
		To: terminal.Address(), ID: name, Message: flows.Message{Text: "For you."},
		File: &bot.File{Name: name, Type: "text/plain", Data: []byte(data)},
	})
}

func TestAFileIsWrittenAndItsPlaceIsSaidInOnePiece(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep ", 10), strings.Repeat("down ", 10))
	p := sit(t, terminal.Options{Files: dir, Saved: "It is here:"})
	for range 3 {
		if err := send(t, p, "notes.txt", "words"); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"notes.txt", "notes-2.txt", "notes-3.txt"} {
		path := filepath.Join(dir, name)
		if data, err := os.ReadFile(path); string(data) != "words" {
			t.Errorf("%s holds %q: %v", name, data, err)
		}
		if !strings.Contains(p.screen(), "For you.\n\nIt is here: "+path+"\n") {
			t.Errorf("%s is not named:\n%s", name, p.screen())
		}
		wantMode(t, path, 0o600)
	}
	wantMode(t, dir, 0o700)
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has the mode %o, want %o", filepath.Base(path), got, want)
	}
}

func TestAFileThatWasThereStaysAsItIs(t *testing.T) {
	dir := t.TempDir()
	was := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(was, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := send(t, sit(t, terminal.Options{Files: dir}), "notes.txt", "other"); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(was); string(data) != "mine" {
		t.Errorf("it holds %q now", data)
	}
}

func TestAFileThatHasNoPlaceIsRefused(t *testing.T) {
	dir := t.TempDir()
	tests := map[string]struct{ folder, name string }{
		"without a folder":   {"", "notes.txt"},
		"outside the folder": {dir, "../notes.txt"},
		"in another folder":  {dir, "a/notes.txt"},
		"without a name":     {dir, ""},
		"the folder itself":  {dir, "."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := sit(t, terminal.Options{Files: test.folder})
			if err := send(t, p, test.name, "words"); !errors.Is(err, bot.ErrRefused) {
				t.Errorf("got %v, want it refused", err)
			}
			if p.screen() != "" {
				t.Errorf("the screen shows %q", p.screen())
			}
		})
	}
}

func TestAFileThatCanNotBeWrittenIsToBeTriedAgain(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := sit(t, terminal.Options{Files: secret}) // a file stands where the folder should
	err := send(t, p, "notes.txt", "words")
	if err == nil || errors.Is(err, bot.ErrRefused) || p.screen() != "" {
		t.Errorf("got %v, and the screen shows %q", err, p.screen())
	}
	if err != nil && strings.Contains(err.Error(), "secret") {
		t.Errorf("the error tells the folder: %v", err)
	}
}
