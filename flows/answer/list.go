package answer

import (
	"strings"
	"unicode"
)

// List reads a list of the person's own words, however long. Items stand on lines
// of their own, behind bullets, or between semicolons; where there is none of
// these, between commas, unless there is one comma alone in something long. "And" never
// parts two items, and neither does a comma between two digits. An item keeps its text
// exactly as it was written, without the bullet or number before it; empty ones are left
// out.
func (r *Reader) List(s string) []string {
	var items []string
	for _, line := range strings.FieldsFunc(s, newline) {
		items = append(items, cleaned(splitAt(line, breaks))...)
	}
	if len(items) == 1 {
		if parts := cleaned(splitAt(items[0], commas)); !isSentence(parts) {
			items = parts
		}
	}
	return items
}

// isSentence says whether what a comma parts is one thing said at length, such as “he rings
// before he is late, without being asked”, rather than two.
func isSentence(parts []string) bool {
	const few = 4
	return len(parts) == 2 && max(len(strings.Fields(parts[0])), len(strings.Fields(parts[1]))) > few
}

// cleaned takes bullets and space off each item and leaves out empty ones.
func cleaned(items []string) []string {
	var out []string
	for _, item := range items {
		if item = unmarked(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

func newline(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// splitAt cuts a text at each character that cuts, given what stands around it.
func splitAt(s string, cuts func(before, r, after rune) bool) []string {
	var out []string
	start := 0
	runes := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return 0
		}
		return runes[i]
	}
	for i, r := range runes {
		if cuts(at(i-1), r, at(i+1)) {
			out = append(out, string(runes[start:i]))
			start = i + 1
		}
	}
	return append(out, string(runes[start:]))
}

// breaks cuts at semicolons, but not in the middle of a smile, and at bullets that
// are nothing else.
func breaks(_, r, after rune) bool {
	switch r {
	case ';':
		return after != ')' && after != '(' && after != '-'
	case '；', '؛', '•', '‣', '▪', '◦':
		return true
	}
	return false
}

func commas(before, r, after rune) bool {
	switch r {
	case ',':
		return !unicode.IsDigit(before) || !unicode.IsDigit(after)
	case '，', '、', '،':
		return true
	}
	return false
}

// unmarked trims an item and takes off the bullet or number that opens it.
func unmarked(s string) string {
	s = strings.TrimSpace(s)
	for _, b := range []string{"-", "–", "—", "*", "·", "+"} {
		if rest, ok := strings.CutPrefix(s, b); ok && (rest == "" || space(rest)) {
			return strings.TrimSpace(rest)
		}
	}
	rest := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(rest); n == 0 || n > 3 || rest == "" || (rest[0] != '.' && rest[0] != ')') {
		return s
	}
	if rest = rest[1:]; rest == "" || space(rest) {
		return strings.TrimSpace(rest)
	}
	return s
}

// space says whether the text begins with one.
func space(s string) bool {
	return strings.TrimLeftFunc(s, unicode.IsSpace) != s
}
