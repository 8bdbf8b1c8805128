package bot_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/tools/txtar"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/flows/content"
)

var updateLives = flag.Bool("update", false, "write the lives as they come out now")

// A life is a transcript over weeks, with the whole service and all conversations, in
// virtual time: what comes by itself comes when it does. The section "life" holds both
// sides. Lines that begin so are what the person does:
//
//	@ 2026-03-02 19:40   that time comes, where the program runs
//	> some words         they say it
//	> [Now]              they press that button, of the last message that has any
//	> (opened)           the chat comes into view
//
// All other lines are worked out; what came by itself has its time before it.
func TestLives(t *testing.T) {
	files, err := filepath.Glob("testdata/lives/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no lives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { liveFile(t, file) })
	}
}

func liveFile(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil || len(archive.Files) != 1 || archive.Files[0].Name != "life" {
		t.Fatal("a life has one section: life", err)
	}
	section := &archive.Files[0]
	var out string
	inWorld(t, false, func(w *world) { out = w.live(string(section.Data)) })
	if *updateLives {
		section.Data = []byte(out)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if out != string(section.Data) {
		t.Errorf("the life has changed (go test ./bot -run Lives -update writes it anew):\n%s", out)
	}
}

// lifeForm is how times stand in a life.
const lifeForm = "2006-01-02 15:04"

// lived is a life as far as it has gone.
type lived struct {
	*world
	p     *process
	heard int // messages written down
	out   strings.Builder
}

func (w *world) live(script string) string {
	book, err := flows.Load(content.FS)
	if err != nil {
		w.t.Fatal(err)
	}
	l := &lived{world: w}
	l.p = w.start(func(o *bot.Options, _ *mortal) { o.Steps = book })
	for _, line := range strings.Split(script, "\n") {
		switch {
		case strings.HasPrefix(line, "@ "):
			l.until(line)
		case strings.HasPrefix(line, "> "):
			l.out.WriteString(line + "\n")
			l.act(strings.TrimPrefix(line, "> "))
			l.write("")
		}
	}
	return l.out.String()
}

// until lets the time of a line come, from one thing that is due to the next.
func (l *lived) until(line string) {
	at, err := time.Parse(lifeForm, strings.TrimPrefix(line, "@ "))
	if err != nil {
		l.t.Fatal(err)
	}
	if l.out.Len() == 0 { // the first time: that is when it begins
		l.p.clock.Move(at.Sub(l.p.clock.Now()))
		synctest.Wait()
	}
	for now := l.p.clock.Now(); now.Before(at); now = l.p.clock.Now() {
		next, err := l.p.NextDue(l.t.Context(), at)
		if err != nil {
			l.t.Fatal(err)
		}
		pass(max(next.Sub(now), time.Millisecond))
		l.write(l.p.clock.Now().Format("  (" + lifeForm + ")\n"))
	}
	l.out.WriteString("\n" + line + "\n")
}

func (l *lived) act(said string) {
	switch {
	case said == "(opened)":
		l.server.Happen(0, flows.Event{Kind: flows.Opened})
	case strings.HasPrefix(said, "[") && strings.HasSuffix(said, "]"):
		l.server.Press(0, said[1:len(said)-1])
	default:
		l.server.Say(0, said)
	}
	synctest.Wait()
	pass(settling)
}

// write writes down what has arrived since, below a heading.
func (l *lived) write(heading string) {
	heard := l.server.Heard(0)
	if len(heard) < l.heard { // what was said has been taken out of sight
		l.heard = 0
	}
	for _, m := range heard[l.heard:] {
		l.out.WriteString(heading)
		heading = ""
		for _, line := range strings.Split(m.Text, "\n") {
			l.out.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
		var labels []string
		for _, b := range m.Buttons {
			labels = append(labels, fmt.Sprintf("[%s]", b.Label))
		}
		if len(labels) > 0 {
			l.out.WriteString("  " + strings.Join(labels, " ") + "\n")
		}
	}
	l.heard = len(heard)
}
