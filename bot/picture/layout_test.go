package picture

import (
	"image"
	"image/color"
	"testing"
)

// A phone is about so many points wide, and letters are read there from so many on.
const (
	phoneWide = 390
	phoneText = 12
)

func TestTheWordsOfEachPicture(t *testing.T) {
	for name, p := range examples() {
		for theme, isDark := range map[string]bool{"light": false, "dark": true} {
			p.Dark = isDark
			t.Run(name+"-"+theme, func(t *testing.T) {
				c := canvasOf(p)
				standWithinAndApart(t, c)
				canBeRead(t, c)
				standAlone(t, c)
			})
		}
	}
}

func standWithinAndApart(t *testing.T, c *canvas) {
	page := c.img.Rect.Inset(24)
	for i, w := range c.lines {
		if !w.box.In(page) {
			t.Errorf("%q stands at %v, beyond %v", w.text, w.box, page)
		}
		for _, other := range c.lines[:i] {
			if w.box.Overlaps(other.box) {
				t.Errorf("%q overlaps %q", w.text, other.text)
			}
		}
	}
}

func canBeRead(t *testing.T, c *canvas) {
	for _, w := range c.lines {
		if points := w.size * phoneWide / width; points < phoneText {
			t.Errorf("%q is %.1f points high", w.text, points)
		}
		if got := contrast(w.in, behind(c.img, w.box)); got < 4.5 {
			t.Errorf("%q has a contrast of %.1f", w.text, got)
		}
	}
}

// standAlone finds anything that is drawn where words are, but for them and what lies behind
// all of them.
func standAlone(t *testing.T, c *canvas) {
	for _, w := range c.lines {
		ground, n := behind(c.img, w.box), 0
		for y := w.box.Min.Y; y < w.box.Max.Y; y++ {
			for x := w.box.Min.X; x < w.box.Max.X; x++ {
				if !isBetween(c.img.RGBAAt(x, y), ground, w.in) {
					n++
				}
			}
		}
		if n > 0 {
			t.Errorf("%d pixels of something else are drawn across %q", n, w.text)
		}
	}
}

// behind gives the colour that a part of a picture and what is close to it have most of.
func behind(m *image.RGBA, r image.Rectangle) color.RGBA {
	r = r.Inset(-6)
	counts, most := map[color.RGBA]int{}, color.RGBA{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			in := m.RGBAAt(x, y)
			if counts[in]++; counts[in] > counts[most] {
				most = in
			}
		}
	}
	return most
}

// isBetween says whether a colour is a mixture of two, or nearly.
func isBetween(in, a, b color.RGBA) bool {
	channels := func(c color.RGBA) [3]float64 { return [3]float64{float64(c.R), float64(c.G), float64(c.B)} }
	from, to, at := channels(a), channels(b), channels(in)
	share, long := 0.0, 0.0
	for i := range at {
		share += (at[i] - from[i]) * (to[i] - from[i])
		long += (to[i] - from[i]) * (to[i] - from[i])
	}
	share = min(max(share/long, 0), 1)
	for i := range at {
		if off := at[i] - from[i] - share*(to[i]-from[i]); off > 4 || off < -4 {
			return false
		}
	}
	return true
}

func TestTilesLieApartAndWithinTheBoard(t *testing.T) {
	for name, p := range examples() {
		if p.Board == nil {
			continue
		}
		tiles := tilesOf(p, p.Board)
		end := lay(tiles)
		page := image.Rect(margin, headEnd, width-margin, end)
		for i, tile := range tiles {
			if !tile.box.In(page) || !tile.pane.In(tile.box) || tile.box.Dx() < 260 || tile.box.Dy() < 260 {
				t.Errorf("%s: tile %d lies at %v", name, i, tile.box)
			}
			for _, other := range tiles[:i] {
				if tile.box.Inset(-between / 2).Overlaps(other.box.Inset(-between/2 + 1)) {
					t.Errorf("%s: the tiles at %v and %v touch", name, tile.box, other.box)
				}
			}
		}
	}
}
