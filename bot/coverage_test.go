package bot_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kintsugi/flows"
	"kintsugi/flows/content"
	"kintsugi/flows/transcript"
)

// gone is what a step is called for what comes back about something that is gone. It goes by
// itself; the step is for a conversation that was left open, which no story has.
const gone = " gone"

// unvisited are the other steps of practices that no story goes to, and why. They are there in
// case something of what the reason says changes.
var unvisited = map[string]string{
	"communication.ground-rules-agree nothing": newsDropped,
	"help.couples-therapy-who rests":           newsDropped,
	"empathy.vulnerabilities-reply over":       newsDropped,
	"intimacy.rediscover-answer rest":          newsDropped,
	"accountability.weekly-meeting-agree none": newsDropped,
	"time.pace-stands over":                    newsDropped,
	"vision.goals-answer rest":                 newsDropped,
	"accountability.weekly-meeting-eve self":   offerDropped,
	"gratitude.journal-both alone":             offerDropped,
	"consistency.rough-day-card none":          "a card is kept before its day is asked for, and is never let go by itself",
}

const (
	newsDropped  = "it is led to by answers of both alone, which sleep while this is closed; leaving, and the private check, end the question whether to go on"
	offerDropped = "it comes by itself, and not while this is closed; leaving, and the private check, end what was offered"
)

// Every step of every practice, and of what belongs to it, is visited by some story: by a
// transcript of one person, or a life of two.
func TestEveryStepOfThePracticesIsInAStory(t *testing.T) {
	if testing.Short() {
		t.Skip("all stories are played for it")
	}
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	visited := map[string]bool{}
	watch := func(flow, step string) { visited[flow+" "+step] = true }
	playAll(t, book, watch)
	liveAll(t, watch)
	for _, id := range book.IDs() {
		if !ofPractice(book, id) {
			continue
		}
		for _, step := range book.Steps(id) {
			at := id + " " + step
			if !visited[at] && unvisited[at] == "" && !strings.HasSuffix(at, gone) {
				t.Errorf("no story comes to %s", at)
			}
			if visited[at] && unvisited[at] != "" {
				t.Errorf("a story comes to %s, which is said to be unvisited", at)
			}
		}
	}
}

// ofPractice says whether a flow is a practice or belongs to one: its id begins with the same
// word.
func ofPractice(book *flows.Book, id string) bool {
	first, _, _ := strings.Cut(id, ".")
	for _, practice := range book.Practices() {
		if word, _, _ := strings.Cut(practice, "."); word == first {
			return true
		}
	}
	return false
}

// playAll plays the stories of one person.
func playAll(t *testing.T, book *flows.Book, watch func(flow, step string)) {
	t.Helper()
	files, err := filepath.Glob("../flows/testdata/practices/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		story, err := transcript.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		played := book
		if own, _ := fs.Glob(story.Flows(), "*"); len(own) > 0 {
			if played, err = flows.Load(content.FS, story.Flows()); err != nil {
				t.Fatal(err)
			}
		}
		_, err = story.Play(played.Watched(watch))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
}

// liveAll lives the stories of two.
func liveAll(t *testing.T, watch func(flow, step string)) {
	t.Helper()
	files, err := filepath.Glob("testdata/lives/practice-*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range archive.Files {
			way{watch: watch}.live(t, string(section.Data))
		}
	}
}
