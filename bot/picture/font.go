package picture

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The fonts are the Go fonts by Bigelow & Holmes, which are part of x/image, under the
// licence in its font/gofont/ttfs/README: that of Go (BSD, 3 clauses).

// The sizes of letters, in pixels. On a phone, 390 points wide, the smallest are 12 points
// high, which can be read without a finger on the picture.
const (
	small = 34
	body  = 38
	title = 50
)

type style struct {
	size float64
	bold bool
}

var (
	regular = sync.OnceValue(func() *sfnt.Font { return parse(goregular.TTF) })
	bold    = sync.OnceValue(func() *sfnt.Font { return parse(gobold.TTF) })
)

func parse(ttf []byte) *sfnt.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(fmt.Sprintf("a font that is part of the program: %v", err))
	}
	return f
}

// fonts are the faces that a picture uses. A face serves one picture at a time.
type fonts map[style]font.Face

func (f fonts) of(s style) font.Face {
	if f[s] == nil {
		of := regular()
		if s.bold {
			of = bold()
		}
		face, err := opentype.NewFace(of, &opentype.FaceOptions{Size: s.size, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			panic(fmt.Sprintf("a face of a font that is part of the program: %v", err))
		}
		f[s] = face
	}
	return f[s]
}

// known gives a text as the fonts can write it, on one line. A letter that they have only
// without its mark stands without; other signs that they don't have, as emoji, are left
// out. A word that would lose a letter is left out whole, since what is left of it could be
// another, and leaves "…". It is empty if no word is left.
func known(text string) string {
	var out []string
	whole := false
	for _, word := range strings.Fields(norm.NFC.String(text)) {
		word, lost := knownWord(word)
		switch {
		case !lost && word != "":
			out, whole = append(out, word), true
		case lost && (len(out) == 0 || out[len(out)-1] != more):
			out = append(out, more)
		}
	}
	if !whole {
		return ""
	}
	return strings.Join(out, " ")
}

// knownWord says, too, whether a letter is lost.
func knownWord(word string) (known string, lost bool) {
	var b strings.Builder
	for _, c := range word {
		switch like, ok := likeness(c); {
		case ok:
			b.WriteRune(like)
		case unicode.IsLetter(c) || unicode.IsNumber(c):
			return "", true
		}
	}
	return b.String(), false
}

// likeness gives a letter that the fonts have, or one with fewer marks that they have.
func likeness(c rune) (rune, bool) {
	parts := []rune(norm.NFD.String(string(c)))
	for n := len(parts); n > 0; n-- {
		if like := []rune(norm.NFC.String(string(parts[:n]))); len(like) == 1 && hasLetter(like[0]) {
			return like[0], true
		}
	}
	return 0, false
}

func hasLetter(c rune) bool {
	var buffer sfnt.Buffer
	i, err := regular().GlyphIndex(&buffer, c)
	return err == nil && i != 0
}

// wide gives how wide a text is, in pixels, rounded up.
func (f fonts) wide(text string, s style) int { return font.MeasureString(f.of(s), text).Ceil() }

const more = "…"

// cut gives as much of a text as fits into so many pixels.
func (f fonts) cut(text string, s style, most int) string {
	if f.wide(text, s) <= most {
		return text
	}
	letters := []rune(text)
	for n := len(letters) - 1; n > 0; n-- {
		if short := strings.TrimRight(string(letters[:n]), " ,;.:") + more; f.wide(short, s) <= most {
			return short
		}
	}
	return more
}

// wrap breaks a text into lines, the last of which says so if there is more. A word that is
// wider than a line goes on in the next.
func (f fonts) wrap(text string, s style, most, lines int) []string {
	var out []string
	line := ""
	words := f.broken(text, s, most)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		switch {
		case line == "" || f.wide(longer, s) <= most:
			line = longer
		case len(out) == lines-1:
			return append(out, f.cut(line+" "+strings.Join(words[i:], " "), s, most))
		default:
			out, line = append(out, line), word
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// broken gives the words of a text, those that are too wide in pieces.
func (f fonts) broken(text string, s style, most int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		for f.wide(word, s) > most {
			letters := []rune(word)
			n := len(letters) - 1
			for n > 1 && f.wide(string(letters[:n])+"-", s) > most {
				n--
			}
			out, word = append(out, string(letters[:n])+"-"), string(letters[n:])
		}
		out = append(out, word)
	}
	return out
}

// fit gives the lines of a text in the largest of some sizes in which no word is broken and
// nothing is left out, or else in the last. A line takes [lineOf] its size.
func (f fonts) fit(text string, sizes []float64, isBold bool, most, high int) ([]string, style) {
	var lines []string
	var s style
	for _, size := range sizes {
		s = style{size, isBold}
		n := max(1, high/lineOf(size))
		lines = f.wrap(text, s, most, n)
		if strings.Join(lines, " ") == text {
			break
		}
	}
	return lines, s
}

// lineOf gives how far one line lies below another.
func lineOf(size float64) int { return int(size * 1.28) }
