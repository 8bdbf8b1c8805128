package bottest

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"kintsugi/bot"
	"kintsugi/flows"
)

// sentFiles are files as they come: two have the same name, as on the same day.
func sentFiles() []bot.File {
	text, data := "text/plain; charset=utf-8", "application/json"
	return []bot.File{
		{Name: "notes-2026-11-23.txt", Type: text, Data: []byte("Notes\n=====\n\n*so* <b> 七 🙂\r\n\x00 end")},
		{Name: "notes-2026-11-23.json", Type: data, Data: []byte("{}\n")},
		{Name: "notes-2026-11-23.txt", Type: text, Data: bytes.Repeat([]byte("more, and more\n"), 70_000)},
	}
}

func testFiles(t *testing.T, s *side) {
	s.listen(handled)
	for i, f := range sentFiles() {
		before := len(s.Heard(0))
		s.sendFile(0, "file-"+f.Name+string(rune('a'+i)), "This *one* is to read.", f)
		if got := s.heardSince(0, before); !strings.Contains(squeeze(got), squeeze("This *one* is to read.")) {
			t.Errorf("the text with file %d arrived as %.200q", i, got)
		}
	}
	got := s.Files(0)
	if len(got) != len(sentFiles()) {
		t.Fatalf("%d files arrived, want %d", len(got), len(sentFiles()))
	}
	for i, want := range sentFiles() {
		if !bytes.Equal(got[i].Data, want.Data) {
			t.Errorf("file %d arrived with %d bytes %.60q, want %d bytes %.60q", i, len(got[i].Data), got[i].Data, len(want.Data), want.Data)
		}
		if i < 2 && got[i].Name != want.Name || filepath.Ext(got[i].Name) != filepath.Ext(want.Name) {
			t.Errorf("file %d arrived as %q, want %q", i, got[i].Name, want.Name)
		}
	}
}

// sendFile sends a message with a file that must arrive.
func (s *side) sendFile(person int, id, text string, f bot.File) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	m := flows.Message{Text: text, Document: "export.txt"}
	if f.Type == "image/jpeg" {
		m = flows.Message{Text: text, Photo: "photo"}
	}
	if err := s.p.Send(ctx, bot.Outbound{To: s.Address(person), ID: id, Message: m, File: &f}); err != nil {
		s.t.Fatalf("sending a file: %v", err)
	}
}
