package discordtest

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Render gives a content as a client shows it: what is marked up stands there without
// its marks, what is escaped as it is.
func Render(content string) string {
	r := renderer{rest: content, atStart: true}
	return r.all()
}

// renderer goes through a content from the front. What it has taken is gone from rest.
type renderer struct {
	rest    string
	out     strings.Builder
	atStart bool // of a line
	inQuote bool
	inLine  bool // within a mark, where nothing begins that fills lines
	ordinal int  // of the list item before, if it was one with a number
}

func (r *renderer) all() string {
	for r.rest != "" {
		if r.atStart && !r.inLine && r.block() {
			continue
		}
		if r.escape() || r.link() || r.mention() || r.mark() {
			r.atStart = false
			continue
		}
		r.plain()
	}
	return r.out.String()
}

// plain takes one character as it is.
func (r *renderer) plain() {
	_, size := utf8.DecodeRuneInString(r.rest)
	r.out.WriteString(r.rest[:size])
	r.atStart = r.rest[:size] == "\n"
	r.rest = r.rest[size:]
}

// inner renders what stands between marks.
func (r *renderer) inner(content string) string {
	in := renderer{rest: content, inQuote: r.inQuote, inLine: true}
	return in.all()
}

// take writes something in place of the first n bytes.
func (r *renderer) take(n int, shown string) bool {
	r.out.WriteString(shown)
	r.rest = r.rest[n:]
	return true
}

// escape takes a backslash before anything but letters, digits and space.
func (r *renderer) escape() bool {
	const shrug = `¯\_(ツ)_/¯` // typed so often that clients leave it alone
	if strings.HasPrefix(r.rest, shrug) {
		return r.take(len(shrug), shrug)
	}
	after, ok := strings.CutPrefix(r.rest, `\`)
	next, size := utf8.DecodeRuneInString(after)
	if !ok || size == 0 || isAlnum(next) || unicode.IsSpace(next) {
		return false
	}
	return r.take(1+size, after[:size])
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// block takes what fills whole lines: a quote, a heading, small print, a list item.
func (r *renderer) block() bool {
	line, _, _ := strings.Cut(r.rest, "\n")
	indent := len(line) - len(strings.TrimLeft(line, " "))
	body := line[indent:]
	ordinal := r.ordinal
	r.ordinal = 0
	switch {
	case !r.inQuote && strings.HasPrefix(body, ">>> "):
		return r.quote(r.rest[indent+len(">>> "):], len(r.rest))
	case !r.inQuote && strings.HasPrefix(body, "> "):
		return r.quote(body[len("> "):], len(line))
	case heading(body) > 0:
		return r.item(indent+heading(body), "")
	case isItem(body):
		return r.item(indent+2, "• ")
	}
	digits := body[:len(body)-len(strings.TrimLeft(body, "0123456789"))]
	after, ok := strings.CutPrefix(body[len(digits):], ". ")
	if digits == "" || !ok || strings.TrimSpace(after) == "" {
		return false
	}
	if n, err := strconv.Atoi(digits); ordinal == 0 && err == nil {
		ordinal = n - 1
	}
	r.ordinal = ordinal + 1
	return r.item(indent+len(digits)+2, strconv.Itoa(ordinal+1)+". ")
}

// quote shows the content of a quote in place of the first n bytes.
func (r *renderer) quote(content string, n int) bool {
	in := renderer{rest: content, atStart: true, inQuote: true}
	r.atStart = false
	return r.take(n, in.all())
}

// item takes the marker of a list item or heading. What follows on the line is no block.
func (r *renderer) item(n int, shown string) bool {
	r.atStart = false
	return r.take(n, shown)
}

// heading gives how long the mark of a heading or of small print is; 0 for another line.
func heading(line string) int {
	for _, mark := range []string{"# ", "## ", "### ", "-# "} {
		if after, ok := strings.CutPrefix(line, mark); ok && strings.TrimSpace(after) != "" {
			return len(mark)
		}
	}
	return 0
}

func isItem(line string) bool {
	return len(line) > 2 && (line[0] == '-' || line[0] == '*') && line[1] == ' ' && strings.TrimSpace(line[2:]) != ""
}
