package terminal

import (
	"io"
	"strings"
	"sync"

	"kintsugi/flows"
)

const (
	prompt = "> "
	erase  = "\r\x1b[K"             // back to the start of the line, and clear it
	wipe   = "\x1b[H\x1b[2J\x1b[3J" // to the corner, clear the screen and what was above it
)

// screen writes blocks of text with an empty line between them, and in an
// interactive chat a prompt below.
type screen struct {
	out         io.Writer
	width       int
	interactive bool

	mu       sync.Mutex               // guards out and what follows
	who      string                   // whose chat is in front; empty for the one there is
	shown    map[string]flows.Message // the last of each chat; a line may mean its buttons
	begun    bool                     // something was written
	gap      bool                     // an empty line stands above
	prompted bool                     // the prompt stands at the bottom
	ended    bool                     // no more prompts
	named    bool                     // the prompt says whose chat it is
}

// show writes a message of somebody's chat. One that is not in front stands beside a bar.
func (s *screen) show(who string, m flows.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown[who] = m
	if who == s.who {
		return s.block(render(m, s.width, s.interactive))
	}
	text := who + ":\n" + render(m, s.width-len(beside), s.interactive)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(beside+line, " ")
	}
	return s.block(strings.Join(lines, "\n"))
}

// beside begins each line of a chat that is not in front.
const beside = "  | "

// turnTo puts somebody's chat in front.
func (s *screen) turnTo(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.who, s.named = who, true
	_ = s.block("– " + who + " –") // there is nobody else to tell
}

// inFront says whose chat is in front.
func (s *screen) inFront() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.who
}

// clear takes everything off an interactive screen. A pipe has no screen.
func (s *screen) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.interactive {
		return
	}
	_, _ = io.WriteString(s.out, wipe) // there is nobody else to tell
	s.begun, s.gap, s.prompted = false, false, false
}

// print writes a text as it is.
func (s *screen) print(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.block(text) // there is nobody else to tell
}

func (s *screen) block(text string) error {
	lead := ""
	if s.prompted {
		lead = erase
	} else if s.begun && !s.gap {
		lead = "\n"
	}
	s.begun, s.gap, s.prompted = true, false, false
	if _, err := io.WriteString(s.out, lead+text+"\n"); err != nil {
		return err
	}
	if s.interactive && !s.ended {
		return s.writePrompt()
	}
	return nil
}

func (s *screen) prompt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.interactive && !s.prompted {
		_ = s.writePrompt()
	}
}

func (s *screen) writePrompt() error {
	lead := ""
	if s.begun && !s.gap {
		lead = "\n"
	}
	s.begun, s.gap, s.prompted = true, true, true
	if s.named {
		lead += s.who
	}
	_, err := io.WriteString(s.out, lead+prompt)
	return err
}

// entered notes that the person ended a line; on a terminal it stands there now.
func (s *screen) entered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.interactive {
		s.prompted, s.gap = false, false
	}
}

// end writes no more prompts, and leaves the line of the last.
func (s *screen) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.prompted {
		s.prompted, s.gap = false, false
		_, _ = io.WriteString(s.out, "\n")
	}
}

// event reads a line as the person means it, with the message before their eyes.
func (s *screen) event(line string) flows.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, ok := pressed(s.shown[s.who], line); ok {
		return flows.Event{Kind: flows.Pressed, Token: token}
	}
	return flows.Event{Kind: flows.Said, Text: line}
}
