package main

import (
	"context"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"kintsugi/bot/terminal"
	"kintsugi/flows"
)

// The widths of a demo, in columns of the terminal.
const (
	demoPiped  = 80  // what is no terminal
	demoWidest = 130 // longer lines are hard to read
	demoSplit  = 60  // with less, the chats stand one below the other
)

// bar stands between the two chats.
const bar = " │ "

// demoPage is what a demo is shown on: a chat on each side.
type demoPage struct {
	out   io.Writer
	names [2]string
	width int
	// pause waits, or gives an error if whoever looks on has left meanwhile.
	pause func(context.Context, time.Duration) error

	begun   bool
	inChats bool // the last that was shown stands in a chat
	who     int  // whose, if inChats
}

// newDemoPage makes a page as wide as the terminal is. Only on a terminal does it take
// its time.
func newDemoPage(out io.Writer, names [2]string) *demoPage {
	p := &demoPage{out: out, names: names, width: demoPiped, pause: noPause}
	f, isFile := out.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return p
	}
	p.pause = pauseFor
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
		p.width = max(narrowest, min(columns-1, demoWidest))
	}
	return p
}

func noPause(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func pauseFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// show shows all moments, one after another. To leave meanwhile is no error.
func (p *demoPage) show(ctx context.Context, moments []moment) error {
	for _, m := range moments {
		if _, err := io.WriteString(p.out, p.block(m)); err != nil {
			return err
		}
		if p.pause(ctx, m.reading()) != nil {
			return nil
		}
	}
	return nil
}

const (
	shortestPause = 300 * time.Millisecond
	longestPause  = 1200 * time.Millisecond
	perLetter     = 10 * time.Millisecond
)

// reading is about how long it takes to read over a moment.
func (m moment) reading() time.Duration {
	letters := len(m.told) + len(m.said)
	if m.came != nil {
		letters += len(m.came.Text)
	}
	return min(shortestPause+time.Duration(letters)*perLetter, longestPause)
}

// block is a moment as it is shown, with an empty line before it.
func (p *demoPage) block(m moment) string {
	switch {
	case !m.at.IsZero():
		return p.across(p.rule(m.at.Format("Monday 2 January, 15:04")))
	case m.told != "":
		return p.across(wrapped(m.told, p.width))
	case p.width < demoSplit:
		return p.below(m)
	}
	return p.beside(m)
}

// across is a text over both chats.
func (p *demoPage) across(text string) string {
	text += "\n"
	if p.begun {
		text = "\n" + text
	}
	p.begun, p.inChats = true, false
	return text
}

func (p *demoPage) rule(text string) string {
	text = "── " + text + " "
	return text + strings.Repeat("─", max(p.width-uniseg.StringWidth(text), 0))
}

// below is what stands in a chat, where there is one column for both.
func (p *demoPage) below(m moment) string {
	text := m.text(p.width) + "\n"
	if !p.inChats || p.who != m.who {
		text = p.names[m.who] + ":\n" + text
	}
	p.begun, p.inChats, p.who = true, true, m.who
	return "\n" + text
}

// beside is what stands in a chat, where each has a column. The names stand on top.
func (p *demoPage) beside(m moment) string {
	half := (p.width - uniseg.StringWidth(bar)) / 2
	gap := columns("", "", half)
	if !p.inChats {
		gap = "\n" + columns(p.names[0], p.names[1], half) + gap
	}
	p.begun, p.inChats, p.who = true, true, m.who
	if m.who == 0 {
		return gap + columns(m.text(half), "", half)
	}
	return gap + columns("", m.text(half), half)
}

// columns puts two texts side by side, each of which is wrapped already.
func columns(left, right string, width int) string {
	lefts, rights := strings.Split(left, "\n"), strings.Split(right, "\n")
	var b strings.Builder
	for i := range max(len(lefts), len(rights)) {
		l, r := lineAt(lefts, i), lineAt(rights, i)
		line := l + strings.Repeat(" ", max(width-uniseg.StringWidth(l), 0)) + bar + r
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// text is what was said or came, wrapped. What the person says is marked.
func (m moment) text(width int) string {
	if m.came != nil {
		return terminal.Render(*m.came, width)
	}
	const mark = "> "
	said := wrapped(m.said, width-len(mark))
	return mark + strings.ReplaceAll(said, "\n", "\n"+strings.Repeat(" ", len(mark)))
}

func wrapped(text string, width int) string {
	return terminal.Render(flows.Message{Text: text}, width)
}
