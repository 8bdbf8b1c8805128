package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"kintsugi/bot"
	"kintsugi/flows"
	"kintsugi/store"
)

const (
	platformName = "terminal"
	personName   = "you"
	defaultWidth = 72
	firstPause   = time.Second // before a line is handed over again; it doubles
	longPause    = 30 * time.Second
)

// Options say how a Terminal behaves. The zero Options are good for a pipe.
type Options struct {
	// Interactive shows a prompt, and erases it with control codes.
	Interactive bool
	// Width is where text is wrapped, in columns; 72 if 0.
	Width int
	// Language is the person's IETF tag, or empty.
	Language string
	// Clock gives the time that IDs are made of, and is waited by. nil is real time.
	Clock *bot.Clock
	// Steer is given each line that begins with a colon. It says what to show, and
	// whether the line was for it: otherwise the person said it. quit ends Receive.
	Steer func(line string) (out string, handled, quit bool)
	// Ready, if set, is waited for before a line is looked at: until all is shown
	// that the lines before lead to. Service.CatchUp fits.
	Ready func(context.Context) error
	// Files is the folder that files are written into; it is made when it is needed.
	// Without one they are refused. Saved are the words before where a file is.
	Files, Saved string
	// Several lets ":as NAME" go on as somebody else, who has a chat of their own.
	Several bool
	// Photos lets ":photo FILE" send a file as a photo.
	Photos bool
}

// Terminal is a chat with the one person in front of a terminal.
type Terminal struct {
	in      io.Reader
	options Options
	start   time.Time

	screen *screen
	count  int // events so far; only Receive uses it
}

// New makes a chat over in and out. It closes in if its Receive is told to end
// before in does.
func New(in io.Reader, out io.Writer, o Options) *Terminal {
	if o.Clock == nil {
		o.Clock = &bot.Clock{}
	}
	if o.Width <= 0 {
		o.Width = defaultWidth
	}
	return &Terminal{
		in: in, options: o, start: o.Clock.Now(),
		screen: &screen{out: out, width: o.Width, interactive: o.Interactive, who: personName, shown: map[string]flows.Message{}},
	}
}

// Address is the address of the one person, or of the first of several.
func Address() store.Address { return addressOf(personName) }

func addressOf(who string) store.Address { return store.Address{Platform: platformName, ID: who} }

// Name implements bot.Platform.
func (t *Terminal) Name() string { return platformName }

// Send implements bot.Platform: it shows a message, and where its file is.
func (t *Terminal) Send(_ context.Context, m bot.Outbound) error {
	if m.File == nil {
		return t.screen.show(t.whose(m), m.Message)
	}
	path, err := t.save(*m.File)
	if err != nil {
		return err
	}
	if err := t.screen.show(t.whose(m), m.Message); err != nil {
		return err
	}
	t.screen.print(visible(t.options.Saved + " " + path)) // in one piece, to be copied
	return nil
}

// whose gives whose chat a message is for: there is only one, unless there are several.
func (t *Terminal) whose(m bot.Outbound) string {
	if t.options.Several {
		return m.To.ID
	}
	return t.screen.inFront()
}

// Hide implements bot.Hiding: it clears the screen, and what can be scrolled back to.
func (t *Terminal) Hide(context.Context, store.Address) { t.screen.clear() }

// Receive implements bot.Platform: it hands over that the chat was opened, and then
// each line. It ends with the input.
func (t *Terminal) Receive(ctx context.Context, handle func(context.Context, bot.Inbound) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := make(chan string)
	failed := make(chan error, 1)
	go func() {
		defer close(lines)
		failed <- read(ctx, t.in, lines)
	}()
	defer t.screen.end()
	if !t.handOver(ctx, handle, flows.Event{Kind: flows.Opened}) {
		return t.abandon()
	}
	for {
		t.screen.prompt()
		select {
		case line, more := <-lines:
			if !more {
				return <-failed
			}
			t.screen.entered()
			quit, ok := t.take(ctx, handle, line)
			if quit {
				return nil
			}
			if !ok {
				return t.abandon()
			}
		case <-ctx.Done():
			return t.abandon()
		}
	}
}

// abandon lets go of an input that has not ended.
func (t *Terminal) abandon() error {
	if c, ok := t.in.(io.Closer); ok {
		_ = c.Close() // there is nothing to lose
	}
	return nil
}

// take deals with one line. It is not ok when ctx ended before it was done with.
func (t *Terminal) take(ctx context.Context, handle func(context.Context, bot.Inbound) error, line string) (quit, ok bool) {
	if t.options.Ready != nil && t.options.Ready(ctx) != nil && ctx.Err() != nil {
		return false, false
	}
	if handled, quit := t.steer(line); handled || quit {
		return quit, true
	}
	if who, ok := t.other(line); ok {
		t.screen.turnTo(who)
		return false, t.handOver(ctx, handle, flows.Event{Kind: flows.Opened})
	}
	e, ok := t.photoEvent(line)
	if !ok {
		e = t.screen.event(line)
	}
	return false, t.handOver(ctx, handle, e)
}

// asWord begins the line by which one goes on as somebody else.
const asWord = ":as"

// longestName bounds the name of somebody in a terminal, in bytes.
const longestName = 24

// other reads whom a line goes on as.
func (t *Terminal) other(line string) (who string, ok bool) {
	words := strings.Fields(line)
	if !t.options.Several || len(words) != 2 || words[0] != asWord || len(words[1]) > longestName {
		return "", false
	}
	return visible(strings.ToLower(words[1])), true
}

func (t *Terminal) steer(line string) (handled, quit bool) {
	if t.options.Steer == nil || !strings.HasPrefix(line, ":") {
		return false, false
	}
	out, handled, quit := t.options.Steer(line)
	if out != "" {
		t.screen.print(visible(out))
	}
	return handled, quit
}

// handOver hands over an event until it is handled. It gives up when ctx ends.
func (t *Terminal) handOver(ctx context.Context, handle func(context.Context, bot.Inbound) error, e flows.Event) bool {
	t.count++
	in := bot.Inbound{
		ID:       fmt.Sprintf("%d-%d", t.start.UnixNano(), t.count),
		From:     addressOf(t.screen.inFront()),
		Language: t.options.Language,
		Event:    e,
	}
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		if ctx.Err() != nil {
			return false
		}
		if handle(ctx, in) == nil {
			return true
		}
		if t.options.Clock.Pause(ctx, pause) != nil {
			return false
		}
	}
}

// read gives the lines of in, the last one also without a newline at its end.
func read(ctx context.Context, in io.Reader, lines chan<- string) error {
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			select {
			case lines <- tidy(line):
			case <-ctx.Done():
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a line: %w", err)
		}
	}
}

// tidy takes off the end of the line, and makes it valid UTF-8.
func tidy(line string) string {
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	return strings.ToValidUTF8(line, "\uFFFD")
}
