package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"kintsugi/bot"
	"kintsugi/bot/bottest"
	"kintsugi/bot/terminal"
	"kintsugi/flows"
	"kintsugi/store"
)

// person is who sits in front of the terminal: the other side for the suite. It
// sees what each Send writes.
type person struct {
	*terminal.Terminal
	typed chan string

	mu    sync.Mutex // guards what follows
	out   bytes.Buffer
	heard []flows.Message
	files []string // where the screen says that they are
}

func sit(t *testing.T, o terminal.Options) *person {
	p := &person{typed: make(chan string, 1000)}
	in, keyboard := io.Pipe()
	p.Terminal = terminal.New(in, p, o)
	go func() {
		for line := range p.typed {
			_, _ = io.WriteString(keyboard, line+"\n")
		}
		keyboard.Close()
	}()
	t.Cleanup(func() {
		close(p.typed)
		in.Close()
	})
	return p
}

func (p *person) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *person) screen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *person) Send(ctx context.Context, m bot.Outbound) error {
	before := len(p.screen())
	err := p.Terminal.Send(ctx, m)
	p.mu.Lock()
	defer p.mu.Unlock()
	shown := p.out.String()[before:]
	p.heard = append(p.heard, seen(shown))
	if _, path, ok := strings.Cut(shown, "\nSaved: "); ok {
		p.files = append(p.files, strings.TrimSuffix(path, "\n"))
	}
	return err
}

func (p *person) Files(int) (files []bot.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, path := range p.files {
		data, _ := os.ReadFile(path) // nothing if it is not there, which the suite sees
		files = append(files, bot.File{Name: filepath.Base(path), Data: data})
	}
	return files
}

// seen reads a message off the screen.
func seen(screen string) flows.Message {
	button := regexp.MustCompile(`(?m)^\[\w+\] (.*)\n`)
	var m flows.Message
	for _, found := range button.FindAllStringSubmatch(screen, -1) {
		m.Buttons = append(m.Buttons, flows.Button{Label: found[1]})
	}
	m.Text = button.ReplaceAllString(screen, "")
	return m
}

func (p *person) Can(bottest.Ability) bool          { return false }
func (p *person) Address(int) store.Address         { return terminal.Address() }
func (p *person) Say(_ int, text string)            { p.typed <- text }
func (p *person) Fail(int, bottest.Ability)         { panic("a terminal does not fail") }
func (p *person) Restart(t *testing.T) bot.Platform { panic("a terminal can't be restarted") }

func (p *person) Heard(int) []flows.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]flows.Message(nil), p.heard...)
}

func (p *person) Press(_ int, label string) {
	for _, m := range p.Heard(0) {
		for i, b := range m.Buttons {
			if b.Label == label {
				p.typed <- string(rune('1' + i))
			}
		}
	}
}

func TestTerminalPassesTheSuite(t *testing.T) {
	bottest.RunVirtual(t, func(t *testing.T) (bot.Platform, bottest.Peer) {
		p := sit(t, terminal.Options{Files: t.TempDir(), Saved: "Saved:"})
		return p, p
	})
}

// receive runs a terminal on an input until it ends, and gives what was handed over.
func receive(t *testing.T, in io.Reader, o terminal.Options) ([]bot.Inbound, error) {
	t.Helper()
	var got []bot.Inbound
	err := terminal.New(in, io.Discard, o).Receive(context.Background(), func(_ context.Context, in bot.Inbound) error {
		got = append(got, in)
		return nil
	})
	return got, err
}

func TestLinesBecomeEvents(t *testing.T) {
	defer goleak.VerifyNone(t)
	long := strings.Repeat("so much to say ", 10_000)
	tests := map[string]struct {
		in   string
		want []string
	}{
		"nothing at all":       {"", nil},
		"an empty line":        {"\n", []string{""}},
		"a last line unended":  {"one\ntwo", []string{"one", "two"}},
		"lines as on Windows":  {"one\r\ntwo\r\n", []string{"one", "two"}},
		"a very long line":     {long + "\nshort\n", []string{long, "short"}},
		"spaces stay":          {"  one \t\n", []string{"  one \t"}},
		"invalid UTF-8":        {"a\xff\xfeb\n", []string{"a\uFFFDb"}},
		"a number, no buttons": {"1\n", []string{"1"}},
		"a colon, no steering": {":wait 3d\n", []string{":wait 3d"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := receive(t, strings.NewReader(test.in), terminal.Options{Language: "de"})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1+len(test.want) || got[0].Event != (flows.Event{Kind: flows.Opened}) {
				t.Fatalf("handed over %d events, want Opened and %d", len(got), len(test.want))
			}
			for i, want := range test.want {
				in := got[1+i]
				if in.Event != (flows.Event{Kind: flows.Said, Text: want}) {
					t.Errorf("handed over %.50q, want %.50q", in.Event.Text, want)
				}
				if in.From != terminal.Address() || in.Language != "de" {
					t.Errorf("it came from %v in %q", in.From, in.Language)
				}
			}
		})
	}
}

func TestIDsAreUniqueOverRestarts(t *testing.T) {
	var clock bot.Clock
	seen := map[string]bool{}
	for range 3 {
		got, err := receive(t, strings.NewReader("a\nb\n"), terminal.Options{Clock: &clock})
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range got {
			if seen[in.ID] {
				t.Errorf("the ID %q was given twice", in.ID)
			}
			seen[in.ID] = true
		}
		clock.Move(time.Millisecond) // a program takes longer to start again
	}
}

func TestAnInputThatFailsIsAnError(t *testing.T) {
	broken := errors.New("broken")
	_, err := receive(t, io.MultiReader(strings.NewReader("one\n"), failing{broken}), terminal.Options{})
	if !errors.Is(err, broken) {
		t.Errorf("ended with %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAPauseGrowsUntilALineIsHandled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var at []time.Duration
		in := terminal.New(strings.NewReader(""), io.Discard, terminal.Options{})
		err := in.Receive(t.Context(), func(context.Context, bot.Inbound) error {
			at = append(at, time.Since(start))
			if len(at) < 8 {
				return errors.New("not now")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want := []time.Duration{0, 1, 3, 7, 15, 31, 61, 91}
		for i, s := range want {
			if at[i] != s*time.Second {
				t.Errorf("handed over at %v, want after %v seconds", at, want)
				break
			}
		}
	})
}

func TestSteering(t *testing.T) {
	var lines []string
	var out bytes.Buffer
	o := terminal.Options{Steer: func(line string) (string, bool, bool) {
		lines = append(lines, line)
		return "moved\x1b", line == ":wait", line == ":quit"
	}}
	var got []string
	err := terminal.New(strings.NewReader(":wait\n:other\nhello\n:quit\nlost\n"), &out, o).
		Receive(t.Context(), func(_ context.Context, in bot.Inbound) error {
			got = append(got, in.Event.Text)
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	if want := ":wait,:other,:quit"; strings.Join(lines, ",") != want {
		t.Errorf("steered by %q, want %q", lines, want)
	}
	if want := ",:other,hello"; strings.Join(got, ",") != want {
		t.Errorf("handed over %q, want %q", got, want)
	}
	if want := "moved␛\n\nmoved␛\n\nmoved␛\n"; out.String() != want {
		t.Errorf("shown: %q, want %q", out.String(), want)
	}
}

func TestALineIsReadWhenTheAnswerBeforeIsShown(t *testing.T) {
	var term *terminal.Terminal
	var got []flows.Event
	answered := 0
	o := terminal.Options{Ready: func(ctx context.Context) error {
		if len(got) > answered { // the answer arrives only now
			answered = len(got)
			return term.Send(ctx, bot.Outbound{Message: flows.Message{
				Text:    "And?",
				Buttons: []flows.Button{{Token: "t" + string(rune('0'+len(got))), Label: "Yes"}},
			}})
		}
		return nil
	}}
	term = terminal.New(strings.NewReader("1\n1\n"), io.Discard, o)
	err := term.Receive(t.Context(), func(_ context.Context, in bot.Inbound) error {
		got = append(got, in.Event)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []flows.Event{{Kind: flows.Opened}, {Kind: flows.Pressed, Token: "t1"}, {Kind: flows.Pressed, Token: "t2"}}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("handed over %+v, want %+v", got, want)
		}
	}
}

func TestAnInteractiveChatErasesItsPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := sit(t, terminal.Options{Interactive: true})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			done <- p.Receive(ctx, func(ctx context.Context, in bot.Inbound) error {
				if in.Event.Kind == flows.Opened {
					return p.Send(ctx, bot.Outbound{Message: flows.Message{Text: "Hello."}})
				}
				return nil
			})
		}()
		synctest.Wait()
		p.Say(0, "hi")
		synctest.Wait()
		for _, text := range []string{"One.", "Two."} {
			if err := p.Send(ctx, bot.Outbound{Message: flows.Message{Text: text}}); err != nil {
				t.Error(err)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = p.Send(ctx, bot.Outbound{Message: flows.Message{Text: "Bye."}})
		const erase = "\r\x1b[K"
		// The line that was typed is echoed by the terminal, not by us.
		want := "Hello.\n\n> " + "\n> " + erase + "One.\n\n> " + erase + "Two.\n\n> " + "\n" + "\nBye.\n"
		if got := p.screen(); got != want {
			t.Errorf("shown:\n%q\nwant:\n%q", got, want)
		}
	})
}

func TestAPipeShowsNeitherPromptNorControlCodes(t *testing.T) {
	var out bytes.Buffer
	term := terminal.New(strings.NewReader("hi\n"), &out, terminal.Options{})
	err := term.Receive(t.Context(), func(ctx context.Context, in bot.Inbound) error {
		return term.Send(ctx, bot.Outbound{Message: flows.Message{Text: "You said <" + in.Event.Text + ">"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "You said <>\n\nYou said <hi>\n"; out.String() != want {
		t.Errorf("shown: %q, want %q", out.String(), want)
	}
}

func TestASendThatCantBeShownFails(t *testing.T) {
	r, w := io.Pipe()
	r.Close()
	err := terminal.New(strings.NewReader(""), w, terminal.Options{}).Send(t.Context(), bot.Outbound{})
	if err == nil {
		t.Error("it went through")
	}
}

// Several people share a terminal: each line is of the one whose chat is in front, and what
// comes to another stands beside a bar.
func TestSeveralPeopleInOneTerminal(t *testing.T) {
	var out bytes.Buffer
	var chat *terminal.Terminal
	question := flows.Message{Text: "Well?", Buttons: []flows.Button{{Token: "t1", Label: "Yes"}}}
	say := func(to string, m flows.Message) {
		if err := chat.Send(t.Context(), bot.Outbound{To: store.Address{Platform: "terminal", ID: to}, Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	chat = terminal.New(strings.NewReader("hello\n:as Ben\n1\n:as you\n1\n:as\n"), &out, terminal.Options{Several: true})
	err := chat.Receive(t.Context(), func(_ context.Context, in bot.Inbound) error {
		got = append(got, in.From.ID+" "+in.Event.Text+in.Event.Token)
		if in.Event.Text == "hello" {
			say("you", question)
			say("ben", flows.Message{Text: "Something came."})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"you ", "you hello", "ben ", "ben 1", "you ", "you t1", "you :as"}; !slices.Equal(got, want) {
		t.Errorf("handed over %q, want %q", got, want)
	}
	if want := "Well?\n\n[1] Yes\n\n  | ben:\n  | Something came.\n\n– ben –\n\n– you –\n"; out.String() != want {
		t.Errorf("shown: %q, want %q", out.String(), want)
	}
}

// Alone, a line such as :as is said.
func TestOnePersonIsNobodyElse(t *testing.T) {
	got, err := receive(t, strings.NewReader(":as ben\n"), terminal.Options{})
	if err != nil || len(got) != 2 || got[1].Event.Text != ":as ben" || got[1].From != terminal.Address() {
		t.Errorf("%+v, %v", got, err)
	}
}
