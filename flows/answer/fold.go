package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form in which texts are compared: lower case, curly quotes and
// dashes made plain, digits of any script made ASCII, invisible characters gone,
// space squeezed, and neither quotes at the ends nor marks and emoji after the
// last word. What has no letter and no digit keeps its marks. Folding twice
// changes nothing.
func (r *Reader) Fold(s string) string { return fold(s) }

func fold(s string) string { return bare(normal(s)) }

// bare takes off a normal text what means nothing at its ends.
func bare(s string) string {
	if strings.IndexFunc(s, meaningful) < 0 {
		return s
	}
	s = strings.TrimLeft(s, `"' `)
	bracket := strings.ContainsRune(s, '(')
	return strings.TrimRightFunc(s, func(r rune) bool {
		return r == ' ' || decoration(r) || strings.ContainsRune(`.!?,;:"'~*`, r) || r == ')' && !bracket
	})
}

// normal is fold with all marks kept.
func normal(s string) string {
	if ascii(s) {
		return squeeze(strings.ToLower(s))
	}
	s = strings.Map(plain, strings.ToValidUTF8(s, " "))
	s = norm.NFKC.String(strings.ReplaceAll(s, "½", ".5"))
	// Folding makes Cherokee upper case, and lower case again the next time.
	s = norm.NFKC.String(strings.ToLower(cases.Fold().String(s)))
	return squeeze(strings.Map(plain, s))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plain maps a character to the one that people type for it on the simplest
// keyboard, and drops what cannot be seen.
func plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case strings.ContainsRune("‘’‚‛′´ʼ", r):
		return '\''
	case strings.ContainsRune("“”„‟″«»", r):
		return '"'
	case r == '−', unicode.Is(unicode.Pd, r):
		return '-'
	case r == '⁄', r == '∕':
		return '/'
	case r == '\u20e3', unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Cf, r):
		return -1
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	return r
}

// digit gives the ASCII digit for one of any script. Unicode lists the digits of
// a script together, zero first.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// squeeze turns each run of space and control characters into one space, and
// trims the ends.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func meaningful(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// decoration tells emoji and their modifiers.
func decoration(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}
