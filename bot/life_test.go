package bot_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
//	>> some words        it is said from another account, of theirs or of a second person
//
// {code} is the last code that came. All other lines are worked out; what came by itself
// has its time before it, and what came to the other account a bar. Of a code only its
// form is written down.
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
	heard [2]int // messages written down, by account
	code  string // the last one that was said
	out   strings.Builder
}

func (w *world) live(script string) string {
	book, err := flows.Load(content.FS, os.DirFS("testdata/flows"))
	if err != nil {
		w.t.Fatal(err)
	}
	l := &lived{world: w}
	l.p = w.start(func(o *bot.Options, _ *mortal) { o.Steps = book })
	l.play(script)
	return l.out.String()
}

// play lets the times of a script come, and the person do what it says.
func (l *lived) play(script string) {
	for _, line := range strings.Split(script, "\n") {
		switch {
		case strings.HasPrefix(line, "@ "):
			l.until(line)
		case strings.HasPrefix(line, ">> "):
			l.out.WriteString(line + "\n")
			l.act(1, strings.TrimPrefix(line, ">> "))
			l.write("")
		case strings.HasPrefix(line, "> "):
			l.out.WriteString(line + "\n")
			l.act(0, strings.TrimPrefix(line, "> "))
			l.write("")
		}
	}
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

func (l *lived) act(account int, said string) {
	defer func() {
		if why := recover(); why != nil {
			l.t.Fatalf("%v, after:\n%s", why, l.out.String())
		}
	}()
	switch {
	case said == "(opened)":
		l.server.Happen(account, flows.Event{Kind: flows.Opened})
	case strings.HasPrefix(said, "[") && strings.HasSuffix(said, "]"):
		l.server.Press(account, said[1:len(said)-1])
	default:
		l.server.Say(account, l.coded(said))
	}
	synctest.Wait()
	pass(settling)
}

// coded puts in the last code.
func (l *lived) coded(said string) string { return strings.ReplaceAll(said, "{code}", l.code) }

// write writes down what has arrived since, below a heading.
func (l *lived) write(heading string) {
	for account := range l.heard {
		l.writeHeard(account, heading)
	}
}

var lifeCode = regexp.MustCompile(`[0-9A-Z]{5}(-[0-9A-Z]{5}){3}`)

// writeHeard writes down what has arrived at one of their accounts.
func (l *lived) writeHeard(account int, heading string) {
	margin := []string{"  ", "  | "}[account]
	heard := l.server.Heard(account)
	if len(heard) < l.heard[account] { // what was said has been taken out of sight
		l.heard[account] = 0
	}
	for _, m := range heard[l.heard[account]:] {
		l.out.WriteString(heading)
		heading = ""
		if code := lifeCode.FindString(m.Text); code != "" {
			l.code = code
			m.Text = strings.ReplaceAll(m.Text, code, "XXXXX-XXXXX-XXXXX-XXXXX")
		}
		for _, line := range strings.Split(m.Text, "\n") {
			l.out.WriteString(strings.TrimRight(margin+line, " ") + "\n")
		}
		var labels []string
		for _, b := range m.Buttons {
			labels = append(labels, fmt.Sprintf("[%s]", b.Label))
		}
		if len(labels) > 0 {
			l.out.WriteString(margin + strings.Join(labels, " ") + "\n")
		}
	}
	l.heard[account] = len(heard)
}
