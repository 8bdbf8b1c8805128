package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold gives the form of a character in which texts are compared: lower case, no
// accents, curly quotes and dashes made plain. What can't be seen becomes nothing.
// It works on one character at a time, so that a place in the folded text is a place
// in the text that somebody wrote.
func fold(r rune) string {
	if r < utf8.RuneSelf {
		return asciiFold(r)
	}
	switch {
	case strings.ContainsRune("‘’‚‛′´ʼ＇`", r):
		return "'"
	case strings.ContainsRune("“”„‟″«»＂", r):
		return `"`
	case r == '…':
		return "..."
	case r == '−', unicode.Is(unicode.Pd, r):
		return "-"
	case unicode.IsSpace(r):
		return " "
	case r == '\u2060', unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
		return ""
	}
	s := norm.NFKD.String(cases.Fold().String(string(r)))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
}

const asciiLower = "\x00\x01\x02\x03\x04\x05\x06\x07\x08 \n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f" +
	" !\"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_'abcdefghijklmnopqrstuvwxyz{|}~\x7f"

func asciiFold(r rune) string { return asciiLower[r : r+1] }

// folded is a text in folded form, with the place that each byte came from.
type folded struct {
	text []byte
	from []int32 // of each byte of text: where its character begins in the original
	to   []int32 // and where it ends
}

func foldText(s string) folded {
	f := folded{
		text: make([]byte, 0, len(s)+8),
		from: make([]int32, 0, len(s)+8),
		to:   make([]int32, 0, len(s)+8),
	}
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		form := fold(r)
		for j := range len(form) {
			f.text = append(f.text, form[j])
			f.from = append(f.from, int32(i))
			f.to = append(f.to, int32(i+size))
		}
		i += size
	}
	return f
}
