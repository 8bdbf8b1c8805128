package picture

import "image/color"

// theme is the colours of a picture.
type theme struct {
	ground, shade color.RGBA // what lies behind everything, and behind a part of it
	ink, faint    color.RGBA // words, and words that stand back
	grid          color.RGBA
	accents       []color.RGBA
	onAccent      color.RGBA   // words on an accent
	tints         []color.RGBA // what lies behind words that stand alone, each of an accent
}

// The accents are blue, vermilion and purple of the palette by Okabe and Ito, which people
// can tell apart who don't see red and green as others do: https://jfly.uni-koeln.de/color/.
// In the light the last two are darker than there, so that words in them can be read.
var (
	blue   = color.RGBA{0x00, 0x72, 0xb2, 0xff}
	rust   = color.RGBA{0xb8, 0x4a, 0x00, 0xff}
	plum   = color.RGBA{0x8a, 0x4d, 0x78, 0xff}
	sky    = color.RGBA{0x56, 0xb4, 0xe9, 0xff}
	orange = color.RGBA{0xe6, 0x9f, 0x00, 0xff}
	pink   = color.RGBA{0xcc, 0x79, 0xa7, 0xff}

	light = theme{
		ground: color.RGBA{0xfb, 0xfa, 0xf7, 0xff}, shade: color.RGBA{0xef, 0xed, 0xe7, 0xff},
		ink: color.RGBA{0x22, 0x24, 0x28, 0xff}, faint: color.RGBA{0x62, 0x66, 0x6e, 0xff},
		grid: color.RGBA{0xd9, 0xd6, 0xce, 0xff}, accents: []color.RGBA{blue, rust, plum},
		onAccent: color.RGBA{0xff, 0xff, 0xff, 0xff},
		tints:    []color.RGBA{{0xd8, 0xe8, 0xf3, 0xff}, {0xf8, 0xe2, 0xd0, 0xff}, {0xf1, 0xe4, 0xee, 0xff}},
	}
	dark = theme{
		ground: color.RGBA{0x17, 0x1a, 0x1f, 0xff}, shade: color.RGBA{0x23, 0x27, 0x2e, 0xff},
		ink: color.RGBA{0xec, 0xea, 0xe4, 0xff}, faint: color.RGBA{0xa3, 0xa7, 0xae, 0xff},
		grid: color.RGBA{0x3a, 0x3f, 0x48, 0xff}, accents: []color.RGBA{sky, orange, pink},
		onAccent: color.RGBA{0x12, 0x14, 0x18, 0xff},
		tints:    []color.RGBA{{0x1f, 0x35, 0x44, 0xff}, {0x40, 0x33, 0x22, 0xff}, {0x3b, 0x2d, 0x3a, 0xff}},
	}
)

func themeFor(isDark bool) theme {
	if isDark {
		return dark
	}
	return light
}

func (t theme) accent(i int) color.RGBA { return t.accents[i%len(t.accents)] }

func (t theme) tint(i int) color.RGBA { return t.tints[i%len(t.tints)] }
