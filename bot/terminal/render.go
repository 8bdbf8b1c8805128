package terminal

import (
	"strings"

	"github.com/rivo/uniseg"

	"kintsugi/flows"
)

// Render gives a message as a Terminal on a pipe shows it, wrapped to a width and without
// an end of line.
func Render(m flows.Message, width int) string { return render(m, width, false) }

// render gives a message as it is shown, without an end of line. What stands out is
// bold where the terminal is one.
func render(m flows.Message, width int, bold bool) string {
	var parts []string
	if m.Text != "" {
		parts = append(parts, renderText(m, width, bold))
	}
	if len(m.Buttons) > 0 {
		parts = append(parts, renderButtons(m, width))
	}
	return strings.Join(parts, "\n\n")
}

// Around what stands out these two stand while a text is wrapped: they have no width,
// and no text holds them once its control characters are visible.
const (
	boldBegin = "\x01"
	boldEnd   = "\x02"
)

func renderText(m flows.Message, width int, bold bool) string {
	if !bold || len(m.Strong) == 0 {
		return wrap(visible(m.Text), width)
	}
	var b strings.Builder
	at := 0
	for _, s := range m.Strong {
		b.WriteString(visible(m.Text[at:s.From]) + boldBegin + visible(m.Text[s.From:s.To]) + boldEnd)
		at = s.To
	}
	b.WriteString(visible(m.Text[at:]))
	text := wrap(b.String(), width)
	return strings.NewReplacer(boldBegin, "\x1b[1m", boldEnd, "\x1b[22m").Replace(text)
}

// renderButtons puts those without a key into rows, and the others below, each on a
// line of its own.
func renderButtons(m flows.Message, width int) string {
	var row, lines []string
	for i, key := range keys(m) {
		label := strings.ReplaceAll(visible(m.Buttons[i].Label), "\n", " ")
		if key == "" {
			row = append(row, label)
			continue
		}
		head := "[" + key + "] "
		indent := "\n" + strings.Repeat(" ", len(head))
		label = wrap(label, width-len(head))
		lines = append(lines, head+strings.ReplaceAll(label, "\n", indent))
	}
	if len(row) > 0 {
		lines = append([]string{wrap(strings.Join(row, "   "), width)}, lines...)
	}
	return strings.Join(lines, "\n")
}

// visible makes control characters visible, so that no text can steer the terminal.
// What is left is ends of lines.
func visible(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == '\u2028', r == '\u2029':
			return '\n'
		case r < 0x20:
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case r > 0x7f && r < 0xa0:
			return '\uFFFD'
		}
		return r
	}, text)
}

// wrap breaks lines that are wider than width between words, and words that are
// wider between characters. Spaces at the end of a line go, others stay, and so do
// ends of lines.
func wrap(text string, width int) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		wrapLine(&b, line, max(width, 1))
	}
	return b.String()
}

func wrapLine(b *strings.Builder, line string, width int) {
	column, spaces, begun := 0, "", false // a word can be of no width at all
	for _, word := range words(line, width) {
		if strings.Trim(word, " ") == "" {
			spaces += word
			continue
		}
		w := uniseg.StringWidth(word)
		if begun && column+len(spaces)+w > width {
			b.WriteByte('\n')
			column, spaces = 0, ""
		}
		b.WriteString(spaces)
		b.WriteString(word)
		column += len(spaces) + w
		spaces, begun = "", true
	}
}

// words splits a line into words and the spaces between them. A word that is wider
// than the width comes in pieces where a line may be broken, as in Chinese or in a
// long address, and otherwise between characters.
func words(line string, width int) []string {
	var words []string
	for line != "" {
		word := line[:wordEnd(line)]
		line = line[len(word):]
		if word[0] == ' ' || uniseg.StringWidth(word) <= width {
			words = append(words, word)
			continue
		}
		words = append(words, pieces(word, width)...)
	}
	return words
}

// wordEnd is where the run of spaces, or of others, at the start of a line ends.
func wordEnd(line string) int {
	space := line[0] == ' '
	for i := range len(line) {
		if (line[i] == ' ') != space {
			return i
		}
	}
	return len(line)
}

func pieces(word string, width int) []string {
	var pieces []string
	for state := -1; word != ""; {
		var piece string
		piece, word, _, state = uniseg.FirstLineSegmentInString(word, state)
		if uniseg.StringWidth(piece) <= width {
			pieces = append(pieces, piece)
			continue
		}
		pieces = append(pieces, characters(piece)...)
	}
	return pieces
}

func characters(piece string) []string {
	var characters []string
	for state := -1; piece != ""; {
		var c string
		c, piece, _, state = uniseg.FirstGraphemeClusterInString(piece, state)
		characters = append(characters, c)
	}
	return characters
}
