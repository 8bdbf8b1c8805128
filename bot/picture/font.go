package picture

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// The fonts are the Go fonts by Bigelow & Holmes, which are part of x/image, under the
// licence in its font/gofont/ttfs/README: that of Go (BSD, 3 clauses).

// The sizes of letters, in pixels. On a phone a third of that is a point: the smallest can
// still be read.
const (
	small = 30
	body  = 36
	title = 48
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

// known leaves out what the font has no letters for, and makes all spaces one.
func known(text string) string {
	var buffer sfnt.Buffer
	text = strings.Map(func(c rune) rune {
		if c == '\n' || c == '\t' {
			return ' '
		}
		if i, err := regular().GlyphIndex(&buffer, c); err != nil || i == 0 {
			return -1
		}
		return c
	}, text)
	return strings.Join(strings.Fields(text), " ")
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

// wrap breaks a text into lines, the last of which says so if there is more.
func (f fonts) wrap(text string, s style, most, lines int) []string {
	var out []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		switch {
		case line == "" || f.wide(longer, s) <= most:
			line = longer
		case len(out) == lines-1:
			return append(out, f.cut(line+" "+strings.Join(words[i:], " "), s, most))
		default:
			out, line = append(out, f.cut(line, s, most)), word
		}
	}
	if line != "" {
		out = append(out, f.cut(line, s, most))
	}
	return out
}
