package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"kintsugi/flows/coach"
)

// coachCommand is `kintsugi coach`: the coach by itself, for whoever wants to see what it
// makes of a sentence. Nothing is kept.
type coachCommand struct {
	Mode    string `help:"What the lines are drafts of: ${enum}." enum:"statement,apology,request,promise" default:"statement"`
	Explain bool   `help:"Show it for people to read, and which pattern found what."`
}

// Run reads lines, and prints what the coach makes of each.
func (c *coachCommand) Run(w world) error {
	mode, _ := coach.ParseMode(c.Mode)
	out := bufio.NewWriter(w.out)
	in := bufio.NewReader(w.in)
	for {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("the lines can't be read: %w", err)
		}
		if text := strings.ToValidUTF8(strings.TrimRight(line, "\r\n"), "\uFFFD"); strings.TrimSpace(text) != "" {
			c.print(out, mode, text)
			if err := out.Flush(); err != nil { // whoever types reads it at once
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

func (c *coachCommand) print(out io.Writer, mode coach.Mode, text string) {
	reading, danger := coach.English().Read(mode, text), coach.English().Danger(text)
	if c.Explain {
		explain(out, text, reading, danger)
		return
	}
	line := coachLine{
		Text: text, Rules: reading.Rules(), Parts: reading.PartNames(), Good: reading.Good(),
		Findings: []coachFinding{}, Crisis: string(danger.Crisis),
	}
	for _, f := range reading.Findings {
		line.Findings = append(line.Findings, coachFinding{f.Rule, f.Start, f.End, f.Hint})
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.Encode(line) // of texts and numbers: it can't fail but for the writer, which Flush tells
}

// coachLine is what is printed of one line. Start and end are bytes of the text.
type coachLine struct {
	Text     string         `json:"text"`
	Rules    []string       `json:"rules"`
	Parts    []string       `json:"parts"`
	Good     bool           `json:"good"`
	Findings []coachFinding `json:"findings"`
	Crisis   string         `json:"crisis"`
}

type coachFinding struct {
	Rule  string `json:"rule"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Hint  string `json:"hint"`
}

// explain shows a reading to people: the line, what is underlined and why, and what it
// holds.
func explain(out io.Writer, text string, r coach.Reading, d coach.Danger) {
	fmt.Fprintf(out, "\n%s\n", text)
	for _, f := range r.Findings {
		underline(out, text, f.Start, f.End)
		fmt.Fprintf(out, "  %s: %s\n  (%s, %s)\n", f.Title, f.Hint, f.Rule, f.By)
	}
	for _, p := range r.Parts {
		fmt.Fprintf(out, "  + %s: %q\n  (%s)\n", p.Part, p.Words, p.By)
	}
	if missing := r.Missing(); len(missing) > 0 {
		fmt.Fprintf(out, "  - not there: %s\n", strings.Join(missing, ", "))
	}
	if d.Crisis != coach.NoCrisis {
		fmt.Fprintf(out, "  ! %s: %q\n  (%s)\n", d.Crisis, d.Words, d.By)
	}
	switch {
	case r.Blocked():
		fmt.Fprintln(out, "  It can be kept. It can't be shared until that is mended.")
	case r.Good():
		fmt.Fprintln(out, "  It stands.")
	}
}

// underline marks a part of a line that stands above.
func underline(out io.Writer, text string, start, end int) {
	fmt.Fprintf(out, "%s%s\n", strings.Repeat(" ", utf8.RuneCountInString(text[:start])), strings.Repeat("~", utf8.RuneCountInString(text[start:end])))
}
