package bot_test

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/tools/txtar"

	"kintsugi/bot"
	"kintsugi/flows"
)

var (
	updateLives = flag.Bool("update", false, "write the lives as they come out now")
	lifeCrashes = flag.Int("crashes", 0, "how often each life is lived with a program that is killed all the time (0 for once or twice)")
)

// A life is a transcript over weeks, with the whole service and all conversations, in
// virtual time: what comes by itself comes when it does. Each section of a file is a life of
// its own, with both sides in it. Lines that begin so are what happens:
//
//	linked: Mara, Tom    two people are linked who have said no more than that needs
//	met: Mara, Tom       both have said it, and are not linked
//	@ 2026-03-02 19:40   that time comes, where the program runs
//	> some words         they say it
//	> [Now]              they press that button, of the last message that has any
//	> (opened)           the chat comes into view
//	> (photo)            they send a photo
//	> (blocked)          they block the program: nothing reaches them until they do something
//	>> some words        it is done from another account, of theirs or of a second person
//	{                    what both do before the line with } happens at once
//	# some words         is a note
//	# (not killed here   and this one says that the program lives through the next line
//
// {code} is the last code that came, {code 1} and {code 2} the last that came to the first and
// to the second account. All other lines are worked out; what came by itself has its time
// before it, and what came to the other account a bar. Of a code only its form is written
// down.
//
// However a life is lived, it reads the same: whether the platform tells that somebody has
// blocked it, and with a program that is killed all the time. What happens at once is tried
// in both orders. Where the order shows, a second section has what comes of the other one,
// with lines of its own to go on with.
func TestLives(t *testing.T) {
	files, err := filepath.Glob("testdata/lives/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no lives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { liveFile(t, file) })
	}
}

// turnedName ends the name of a section in which what happens at once comes in the other
// order.
const turnedName = ", the other way round"

func liveFile(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil || len(archive.Files) == 0 {
		t.Fatal("no life in it", err)
	}
	if *updateLives {
		archive.Files = livedAnew(t, archive.Files)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, section := range archive.Files {
		t.Run(section.Name, func(t *testing.T) { liveSection(t, section, archive.Files) })
	}
}

// livedAnew gives the sections of a file as they come out now. One whose order shows gets a
// second one.
func livedAnew(t *testing.T, sections []txtar.File) (out []txtar.File) {
	for _, section := range sections {
		script, turned := string(section.Data), strings.HasSuffix(section.Name, turnedName)
		section.Data = []byte(way{turned: turned}.live(t, script))
		out = append(out, section)
		if turned || hasSection(sections, section.Name+turnedName) {
			continue
		}
		if other := (way{turned: true}).live(t, script); other != string(section.Data) {
			out = append(out, txtar.File{Name: section.Name + turnedName, Data: []byte(other)})
		}
	}
	return out
}

func hasSection(sections []txtar.File, name string) bool {
	return slices.ContainsFunc(sections, func(f txtar.File) bool { return f.Name == name })
}

// liveSection lives a life in all ways in which it has to read the same.
func liveSection(t *testing.T, section txtar.File, all []txtar.File) {
	script, turned := string(section.Data), strings.HasSuffix(section.Name, turnedName)
	ways := map[string]way{"": {turned: turned}}
	if strings.Contains(script, "\n{\n") && !turned && !hasSection(all, section.Name+turnedName) {
		ways["in the other order"] = way{turned: true}
	}
	if strings.Contains(script, blocks) {
		ways["with a platform that doesn't tell who has blocked"] = way{turned: turned, untold: true}
	}
	crashes := cmp.Or(*lifeCrashes, 2)
	if testing.Short() {
		crashes = cmp.Or(*lifeCrashes, 1)
	}
	for n := range crashes {
		ways[fmt.Sprintf("killed all the time, %d", n)] = way{turned: turned, untold: n%2 == 1, fate: rand.New(rand.NewPCG(1, uint64(n)))}
	}
	for name, w := range ways {

		if out := w.live(t, script); out != script {
			t.Errorf("%s: the life has changed (go test ./bot -run Lives -update writes it anew):\n%s", name, lifeDifference(script, out))
		}
	}
}

// lifeDifference gives the first one, with some lines around it.
func lifeDifference(was, is string) string {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	around := func(lines []string) string {
		return strings.Join(lines[min(max(0, n-12), len(lines)):min(n+6, len(lines))], "\n")
	}
	return fmt.Sprintf("line %d, it was:\n%s\n\nand is:\n%s", n+1, around(a), around(b))
}

// way is how a life is lived.
type way struct {
	turned bool                    // of what happens at once, the second is done first
	untold bool                    // the platform doesn't tell that somebody has blocked it
	fate   *rand.Rand              // draws when the program is killed; nil if it lives
	watch  func(flow, step string) // is told of every step; nil if nobody wants to know
}

func (how way) live(t *testing.T, script string) string {
	book, err := realBook()
	if err != nil {
		t.Fatal(err)
	}
	if how.watch != nil {
		book = book.Watched(how.watch)
	}
	l := &lived{way: how, book: book, clock: &bot.Clock{}}
	// Where nothing is sent twice, and no nudge is lost: elsewhere a crash may show.
	inWorld(t, how.fate != nil, func(w *world) {
		l.world = w
		l.start()
		l.play(script)
	})
	return l.out.String()
}

// lifeForm is how times stand in a life.
const lifeForm = "2006-01-02 15:04"

const (
	blocks = "(blocked)"
	spared = "# (not killed here"
)

// lived is a life as far as it has gone.
type lived struct {
	*world
	way
	book   *flows.Book
	clock  *bot.Clock
	p      *process
	heard  [2]int    // messages written down, by account
	code   string    // the last one that was said
	codes  [2]string // the last one, by account
	atOnce []string  // the lines since one that opens them, if they are open
	opened bool
	begun  bool // its first time has come
	kills  int  // of the program
	row    int  // of them since somebody did something, or time went by
	out    strings.Builder

	mu     sync.Mutex      // guards what follows
	gates  []chan struct{} // what waits to be committed
	hold   int             // how many updates more are to wait
	spared bool            // the program is not killed now
}

// mostCommits is how many a program lives to begin at most that is killed all the time, and
// one more each time that it is killed in a row: a message is given up after some restarts.
const mostCommits = 4

// start starts a program, which may be killed before it commits something, or after.
func (l *lived) start() {
	last, before := 0, false
	if l.fate != nil {
		last, before = l.row+1+l.fate.IntN(mostCommits), l.fate.IntN(2) == 0
	}
	l.p = l.world.start(func(o *bot.Options, m *mortal) {
		o.Steps, o.Clock = l.book, l.clock
		kill := func(n int, now bool) {
			if now && last > 0 && n >= last && !l.isSpared() {
				m.kill()
				l.server.Crash()
			}
		}
		m.before = func(n int) { l.wait(); kill(n, before) }
		m.after = func(n int) { kill(n, !before) }
	})
	l.p.clock = l.clock
	l.revive()
}

// revive waits until all is done, and starts the program again as often as it is killed.
func (l *lived) revive() {
	synctest.Wait()
	if l.p.disk.isDead() {
		l.kills++
		l.row++
		l.p.kill()
		l.start()
	}
}

// pass lets time go by, and a little more if the program was killed: what it was about to do
// has to be done again.
func (l *lived) pass(d time.Duration) {
	before := l.kills
	pass(d)
	l.revive()
	if l.kills > before {
		l.pass(settling)
	}
}

// play lets the times of a script come, and the people do what it says.
func (l *lived) play(script string) {
	for _, line := range strings.Split(script, "\n") {
		switch {
		case strings.HasPrefix(line, "linked: "), strings.HasPrefix(line, "met: "):
			l.begin(line)
		case strings.HasPrefix(line, "@ "):
			l.until(line)
		case line == "{":
			l.opened = true
			l.out.WriteString(line + "\n")
		case line == "}":
			l.out.WriteString(line + "\n")
			l.doAtOnce()
		case strings.HasPrefix(line, "# "):
			l.spare(strings.HasPrefix(line, spared))
			l.out.WriteString(line + "\n")
		case strings.HasPrefix(line, ">"):
			l.out.WriteString(line + "\n")
			if l.opened {
				l.atOnce = append(l.atOnce, line)
				continue
			}
			l.act(who(line))
			l.spare(false)
			l.write("")
		}
	}
}

// begin has two people come as far as a line says, and writes nothing of it.
func (l *lived) begin(line string) {
	kind, names, _ := strings.Cut(line, ": ")
	one, other, _ := strings.Cut(names, ", ")
	script := bothCome
	if kind == "linked" {
		script += bothLink
	}
	l.play(strings.NewReplacer("{one}", one, "{other}", other).Replace(script))
	l.out.Reset()
	l.out.WriteString(line + "\n")
}

// What two people say to be known, and to be linked.
const (
	bothCome = `
@ 2026-03-02 19:40
> /start
> [Yes]
> {one}
> [My trust was broken]
> /cancel
> /safety
> [Yes, it's private]
> [No]
> [No]
> [No]
> [No]
> /settings
> [When you write to me]
> [Where my clock is]
> Ghent
> yes
> [Nothing more]
>> /start
>> [Yes]
>> {other}
>> [I broke somebody's trust]
>> /cancel
>> /safety
>> [Yes, it's private]
>> [No]
>> [No]
>> [No]
>> [No]
>> /settings
>> [When you write to me]
>> [Where my clock is]
>> Ghent
>> yes
>> [Nothing more]
`
	bothLink = `
> /partner
> [Yes, make an invitation]
> [That's all right]
>> {code}
>> [Yes, that one]
>> [Yes]
> [Now]
> [Yes, link us]
>> [Now]
`
)

// until lets the time of a line come, from one thing that is due to the next.
func (l *lived) until(line string) {
	at, err := time.Parse(lifeForm, strings.TrimPrefix(line, "@ "))
	if err != nil {
		l.t.Fatal(err)
	}
	if !l.begun {
		l.begun = true
		l.p.clock.Move(at.Sub(l.p.clock.Now()))
		l.revive()
	}
	for now := l.p.clock.Now(); now.Before(at); now = l.p.clock.Now() {
		next, err := l.p.NextDue(l.t.Context(), at)
		if err != nil {
			l.t.Fatal(err)
		}
		l.row = 0
		l.pass(max(next.Sub(now), time.Millisecond))
		l.write(l.p.clock.Now().Format("  (" + lifeForm + ")\n"))
	}
	l.out.WriteString("\n" + line + "\n")
}

// who gives whose line it is, and what they do.
func who(line string) (account int, said string) {
	prompt, said, _ := strings.Cut(line, " ")
	return len(prompt) - 1, said
}

// act has somebody do something, and all come of it that does.
func (l *lived) act(account int, said string) {
	l.row = 0
	l.happen(account, said)
	l.pass(0)
	l.pass(settling)
}

// doAtOnce has all turns be under way before one is committed.
func (l *lived) doAtOnce() {
	lines := l.atOnce
	l.atOnce, l.opened = nil, false
	l.mu.Lock()
	l.hold, l.spared = len(lines), true
	l.mu.Unlock()
	for _, line := range lines {
		l.happen(who(line))
		synctest.Wait()
	}
	if len(l.gates) != len(lines) {
		l.t.Fatalf("%d turns are under way, want %d", len(l.gates), len(lines))
	}
	if l.turned {
		slices.Reverse(l.gates)
	}
	for len(l.gates) > 0 {
		l.mu.Lock()
		close(l.gates[0])
		l.gates = l.gates[1:]
		l.mu.Unlock()
		synctest.Wait()
	}
	l.spare(false)
	l.pass(settling)
	l.write("")
}

// wait has an update wait for its turn, if what happens at once does.
func (l *lived) wait() {
	l.mu.Lock()
	if l.hold == 0 {
		l.mu.Unlock()
		return
	}
	l.hold--
	gate := make(chan struct{})
	l.gates = append(l.gates, gate)
	l.mu.Unlock()
	<-gate
}

// spare says whether the program may be killed now.
func (l *lived) spare(spared bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spared = spared
}

func (l *lived) isSpared() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.spared
}

// happen has somebody do something.
func (l *lived) happen(account int, said string) {
	defer func() {
		if why := recover(); why != nil {
			l.t.Fatalf("%v, after:\n%s", why, l.out.String())
		}
	}()
	switch {
	case said == "(opened)":
		l.server.Happen(account, flows.Event{Kind: flows.Opened})
	case said == "(photo)":
		l.server.SendPhoto(account, somePhoto(l.t, 60), "")
	case said == blocks:
		l.server.Block(account)
		if !l.untold {
			l.server.Bring(account, bot.Inbound{Gone: true})
		}
	case strings.HasPrefix(said, "[") && strings.HasSuffix(said, "]"):
		l.server.Press(account, said[1:len(said)-1])
	default:
		l.server.Say(account, l.coded(said))
	}
}

// coded puts in the last codes.
func (l *lived) coded(said string) string {
	return strings.NewReplacer("{code}", l.code, "{code 1}", l.codes[0], "{code 2}", l.codes[1]).Replace(said)
}

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
			l.code, l.codes[account] = code, code
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
