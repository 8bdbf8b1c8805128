package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// written gives the bytes of the words from one token to another as they were written: a
// contraction is not cut in two, though a pattern may speak of its second half alone.
func written(s string, first, last token) (start, end int) {
	start, end = int(first.start), int(last.end)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:start])
		if !inside(r) {
			break
		}
		start -= n
	}
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		after, _ := utf8.DecodeRuneInString(s[end+n:])
		if !inside(r) || strings.ContainsRune(apostrophes, r) && !unicode.IsLetter(after) {
			break
		}
		end += n
	}
	return trimLeft(s, start, end), end
}

// trimLeft leaves out a quotation mark that looks like an apostrophe.
func trimLeft(s string, start, end int) int {
	for start < end {
		r, n := utf8.DecodeRuneInString(s[start:])
		if !strings.ContainsRune(apostrophes, r) {
			break
		}
		start += n
	}
	return start
}

const apostrophes = "'‘’ʼ"

// inside says whether a character can stand within a written word.
func inside(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(apostrophes, r))
}
