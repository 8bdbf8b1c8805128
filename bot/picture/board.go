package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"

	xdraw "golang.org/x/image/draw"

	"kintsugi/flows"
)

const (
	mostTiles = 6
	between   = 24 // tiles
	tileWide  = (width - 2*margin - between) / 2
	tileHigh  = 460
	wordsHigh = 112 // what the words take below a photo
	inner     = 28  // between the edge of a tile and its words
	corner    = 26.0
)

// drawBoard lays out goals and photos, two beside one another, and one alone across both.
func drawBoard(p flows.Picture, tiles []flows.Tile) *canvas {
	tiles = tiles[:min(len(tiles), mostTiles)]
	rows := (len(tiles) + 1) / 2
	c := newCanvas(p.Dark, max(emptyHigh, headEnd+rows*(tileHigh+between)+footHigh))
	c.head(p.Title)
	if len(tiles) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	for i, t := range tiles {
		wide := tileWide
		if i == len(tiles)-1 && i%2 == 0 {
			wide = width - 2*margin
		}
		at := image.Pt(margin+i%2*(tileWide+between), headEnd+i/2*(tileHigh+between))
		c.tile(image.Rectangle{at, at.Add(image.Pt(wide, tileHigh))}, t, i)
	}
	return c
}

// tile draws a photo with its words below it, or words alone. A photo that can't be read is
// none.
func (c *canvas) tile(r image.Rectangle, t flows.Tile, i int) {
	text := known(t.Text)
	if photo, err := jpeg.Decode(bytes.NewReader(t.Data)); err == nil {
		c.card(r, corner, c.shade)
		pane := r
		if text != "" {
			pane.Max.Y -= wordsHigh
			c.under(image.Rect(r.Min.X, pane.Max.Y, r.Max.X, r.Max.Y), text)
		}
		c.photo(pane, photo, text == "")
		return
	}
	in := c.accent(i)
	c.card(r, corner, in)
	s := style{46, true}
	lines := c.wrap(text, s, r.Dx()-2*inner, 6)
	y := (r.Min.Y+r.Max.Y)/2 - (len(lines)-1)*30 + 16
	for _, line := range lines {
		c.text((r.Min.X+r.Max.X)/2, y, line, s, middle, c.onAccent)
		y += 60
	}
}

// under writes the words below a photo, one line or two.
func (c *canvas) under(r image.Rectangle, text string) {
	s := style{size: 34}
	lines := c.wrap(text, s, r.Dx()-2*inner, 2)
	y := (r.Min.Y+r.Max.Y)/2 - (len(lines)-1)*21 + 12
	for _, line := range lines {
		c.text(r.Min.X+inner, y, line, s, left, c.ink)
		y += 42
	}
}

// photo fills a part of the picture with the middle of a photo, round at its corners.
func (c *canvas) photo(r image.Rectangle, photo image.Image, allRound bool) {
	scaled := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	xdraw.ApproxBiLinear.Scale(scaled, scaled.Rect, photo, middleOf(photo.Bounds(), r), draw.Src, nil)
	shape := r
	if !allRound {
		shape.Max.Y += int(corner) // its lower corners stay
	}
	c.paint(r, rounded(shape, corner), scaled)
}

// middleOf gives the largest part of from, around its middle, that has the form of to.
func middleOf(from, to image.Rectangle) image.Rectangle {
	w, h := from.Dx(), from.Dy()
	if w*to.Dy() > h*to.Dx() {
		w = h * to.Dx() / to.Dy()
	} else {
		h = w * to.Dy() / to.Dx()
	}
	at := from.Min.Add(image.Pt((from.Dx()-w)/2, (from.Dy()-h)/2))
	return image.Rectangle{at, at.Add(image.Pt(max(1, w), max(1, h)))}
}
