package picture

import (
	"image/color"
	"math"
	"testing"
)

// How people see who lack a kind of cone: Machado, Oliveira and Fernandes 2009, "A
// Physiologically-based Model for Simulation of Color Vision Deficiency", at severity 1.
var sight = map[string][3][3]float64{
	"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func themes() map[string]theme { return map[string]theme{"light": light, "dark": dark} }

// linear gives the three channels as amounts of light, from 0 to 1.
func linear(c color.RGBA) [3]float64 {
	var out [3]float64
	for i, v := range []uint8{c.R, c.G, c.B} {
		if f := float64(v) / 255; f <= 0.04045 {
			out[i] = f / 12.92
		} else {
			out[i] = math.Pow((f+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is that of WCAG 2, from 1 to 21.
func contrast(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) float64 {
		l := linear(c)
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// apart gives how far two colours are apart for some eyes, in CIELAB: of 2.3 on a
// difference can be seen at all.
func apart(a, b color.RGBA, by [3][3]float64) float64 {
	x, y := lab(a, by), lab(b, by)
	return math.Hypot(math.Hypot(x[0]-y[0], x[1]-y[1]), x[2]-y[2])
}

func lab(c color.RGBA, by [3][3]float64) [3]float64 {
	l := linear(c)
	var rgb [3]float64
	for i, row := range by {
		rgb[i] = min(max(row[0]*l[0]+row[1]*l[1]+row[2]*l[2], 0), 1)
	}
	f := func(r, g, b, white float64) float64 {
		v := (r*rgb[0] + g*rgb[1] + b*rgb[2]) / white
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x, y, z := f(0.4124, 0.3576, 0.1805, 0.95047), f(0.2126, 0.7152, 0.0722, 1), f(0.0193, 0.1192, 0.9505, 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestWordsStandOutFromWhatLiesBehindThem(t *testing.T) {
	for name, th := range themes() {
		type pair struct {
			words, ground color.RGBA
		}
		pairs := []pair{{th.ink, th.ground}, {th.faint, th.ground}, {th.ink, th.shade}, {th.faint, th.shade}}
		for _, in := range th.accents {
			pairs = append(pairs, pair{in, th.ground}, pair{th.onAccent, in})
		}
		for _, in := range th.tints {
			pairs = append(pairs, pair{th.ink, in}, pair{th.faint, in})
		}
		for _, p := range pairs {
			if got := contrast(p.words, p.ground); got < 4.5 {
				t.Errorf("%s: %v on %v has a contrast of %.2f", name, p.words, p.ground, got)
			}
		}
	}
}

// The numbers over weeks, and a milestone beside what was done, differ for everybody.
func TestAccentsCanBeToldApart(t *testing.T) {
	const enough = 15
	for name, th := range themes() {
		for eyes, by := range sight {
			for i, a := range th.accents {
				for _, b := range th.accents[:i] {
					if got := apart(a, b, by); got < enough {
						t.Errorf("%s, %s: %v and %v are %.0f apart", name, eyes, a, b, got)
					}
				}
			}
		}
	}
}
