package flows_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/transcript"
)

var update = flag.Bool("update", false, "write the transcripts as they come out now")

// Every transcript in testdata comes out as it was written down, with the session
// encoded and decoded between every two steps.
func TestTranscripts(t *testing.T) {
	files, err := transcripts()
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { playFile(t, file) })
	}
}

// transcripts gives the files of all: those of the practices are in a folder of their own.
func transcripts() ([]string, error) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		return nil, err
	}
	practices, err := filepath.Glob("testdata/practices/*.txtar")
	return append(files, practices...), err
}

// bookFor gives the content with what a transcript brings along.
func bookFor(script *transcript.Transcript, systems []fs.FS) (*flows.Book, error) {
	own := script.Flows()
	if names, err := fs.Glob(own, "*"); err == nil && len(names) == 0 && len(systems) == 0 {
		return contentBook()
	}
	return flows.Load(slices.Concat([]fs.FS{content.FS}, systems, []fs.FS{own})...)
}

// playFile plays a transcript with the content, the systems given and its own flows.
func playFile(t *testing.T, file string, systems ...fs.FS) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, err := transcript.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	book, err := bookFor(script, systems)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := script.Play(book)
	if err != nil {
		t.Fatalf("%s\n%s", talk, err)
	}
	if *update {
		if err := os.WriteFile(file, script.With(talk), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if talk != script.Talk() {
		t.Errorf("the talk has changed (go test ./flows -update writes it anew):\n%s", talk)
	}
}
