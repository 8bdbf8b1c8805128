// Package fold makes one key of all the ways to write a name.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Plain gives s in small letters, words apart by one space, without punctuation.
// Single Latin letters in a row become one word: "Washington, D.C." is "washington dc".
func Plain(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKC.String(s) {
		switch {
		case strings.ContainsRune("'’‘ʻʼʿʾ`´", r): // said, and left out as often
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return joined(b.String())
}

// joined makes one word of single letters in a row, and sets words apart by one space.
func joined(s string) string {
	words := strings.Fields(s)
	var out []string
	single := false
	for _, w := range words {
		was := single
		single = len(w) == 1 && w[0] >= 'a' && w[0] <= 'z'
		if single && was {
			out[len(out)-1] += w
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// Bare gives a plain text without marks: "são paulo" becomes "sao paulo", "łódź" "lodz".
func Bare(plain string) string {
	return letters(plain, func(r rune) string {
		switch r {
		case 'ß':
			return "ss"
		case 'æ':
			return "ae"
		case 'œ':
			return "oe"
		case 'ø':
			return "o"
		case 'đ', 'ð':
			return "d"
		case 'ł':
			return "l"
		case 'ħ':
			return "h"
		case 'ı':
			return "i"
		case 'þ':
			return "th"
		case 'ə':
			return "e"
		case 'ŋ':
			return "n"
		case 'ς':
			return "σ"
		}
		return ""
	})
}

// Spelled is Bare with the two-letter spelling of ä, ö, ü, å and ø: "köln" becomes
// "koeln".
func Spelled(plain string) string {
	var b strings.Builder
	for _, r := range plain {
		switch r {
		case 'ä':
			b.WriteString("ae")
		case 'ö', 'ø':
			b.WriteString("oe")
		case 'ü':
			b.WriteString("ue")
		case 'å':
			b.WriteString("aa")
		default:
			b.WriteRune(r)
		}
	}
	return Bare(b.String())
}

// Key gives the key under which a plain text is found.
func Key(s string) string { return whole(joined(Bare(Plain(s)))) }

// Keys gives the keys under which a name is kept: one, or two where it has letters
// that are also spelled with two.
func Keys(name string) []string {
	p := Plain(name)
	a, b := whole(joined(Bare(p))), whole(joined(Spelled(p)))
	if a == b {
		return []string{a}
	}
	return []string{a, b}
}

// whole writes out what is mostly written short.
func whole(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words[:max(len(words)-1, 0)] {
		switch w {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		case "mt":
			words[i] = "mount"
		case "ft":
			words[i] = "fort"
		}
	}
	return strings.Join(words, " ")
}

func letters(s string, of func(rune) string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if accent(r) {
			continue
		}
		if to := of(r); to != "" {
			b.WriteString(to)
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// accent tells marks that may be left out from the vowel signs of other scripts, which
// are as good as letters.
func accent(r rune) bool {
	return r >= 0x0300 && r <= 0x036f || // Latin, Greek, Cyrillic
		r >= 0x0591 && r <= 0x05c7 || // Hebrew points
		r >= 0x064b && r <= 0x065f || r == 0x0670 // Arabic vowels
}
