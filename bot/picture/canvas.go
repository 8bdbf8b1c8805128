package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"kintsugi/flows"
)

// margin is left free at the sides of a picture.
const margin = 56

// canvas is a picture being drawn.
type canvas struct {
	theme
	fonts
	img     *image.RGBA
	letters string    // for words that the fonts have no letters for
	lines   []written // all words that stand on it
}

// written is a line of words on a picture. Tests hold each against what else there is.
type written struct {
	text string
	box  image.Rectangle // what its letters take
	size float64
	in   color.RGBA
}

func newCanvas(p flows.Picture, height int) *canvas {
	c := &canvas{theme: themeFor(p.Dark), fonts: fonts{}, img: image.NewRGBA(image.Rect(0, 0, width, height)), letters: known(p.Letters)}
	c.rect(c.img.Rect, c.ground)
	return c
}

func (c *canvas) rect(r image.Rectangle, in color.RGBA) {
	draw.Draw(c.img, r, image.NewUniform(in), image.Point{}, draw.Src)
}

type point struct{ x, y float64 }

// shape fills a polygon.
func (c *canvas) shape(points []point, in color.RGBA) {
	box, z := rasterized(points, c.img.Rect)
	z.Draw(c.img, box, image.NewUniform(in), image.Point{})
}

// rasterized gives where a polygon lies, within r, and what fills it.
func rasterized(points []point, r image.Rectangle) (image.Rectangle, *vector.Rasterizer) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		low.x, low.y = min(low.x, p.x), min(low.y, p.y)
		high.x, high.y = max(high.x, p.x), max(high.y, p.y)
	}
	box := image.Rect(int(low.x)-1, int(low.y)-1, int(high.x)+2, int(high.y)+2).Intersect(r)
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	at := func(p point) (float32, float32) {
		return float32(p.x - float64(box.Min.X)), float32(p.y - float64(box.Min.Y))
	}
	z.MoveTo(at(points[0]))
	for _, p := range points[1:] {
		z.LineTo(at(p))
	}
	z.ClosePath()
	return box, z
}

// line draws from one point to another, with round ends.
func (c *canvas) line(from, to point, thick float64, in color.RGBA) {
	dx, dy := to.x-from.x, to.y-from.y
	if long := math.Hypot(dx, dy); long > 0 {
		nx, ny := -dy/long*thick/2, dx/long*thick/2
		c.shape([]point{{from.x + nx, from.y + ny}, {to.x + nx, to.y + ny}, {to.x - nx, to.y - ny}, {from.x - nx, from.y - ny}}, in)
	}
	c.disc(from, thick/2, in)
	c.disc(to, thick/2, in)
}

func (c *canvas) disc(at point, radius float64, in color.RGBA) {
	c.shape(arc(at, radius, 0, 2*math.Pi), in)
}

// arc gives points on a circle, from one angle to another.
func arc(at point, radius, from, to float64) []point {
	n := max(8, int(radius*math.Abs(to-from)/2))
	out := make([]point, n+1)
	for i := range out {
		a := from + (to-from)*float64(i)/float64(n)
		out[i] = point{at.x + radius*math.Cos(a), at.y + radius*math.Sin(a)}
	}
	return out
}

// card fills a rectangle with round corners.
func (c *canvas) card(r image.Rectangle, in color.RGBA, radius float64) {
	c.rect(r, in)
	c.roundOff(r, radius)
}

// roundOff makes the corners of what fills a rectangle round, by the ground around it: much
// quicker than filling a round shape.
func (c *canvas) roundOff(r image.Rectangle, radius float64) {
	left, top, right, bottom := float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y)
	for i, corner := range []point{{right, bottom}, {left, bottom}, {left, top}, {right, top}} {
		from := float64(i) * math.Pi / 2
		at := point{min(max(corner.x, left+radius), right-radius), min(max(corner.y, top+radius), bottom-radius)}
		c.shape(append(arc(at, radius, from, from+math.Pi/2), corner), c.ground)
	}
}

// side says which end of a text is where it is put.
type side int

const (
	left side = iota
	middle
	right
)

// text writes a line at a height that it stands on.
func (c *canvas) text(x, y int, text string, s style, at side, in color.RGBA) {
	switch at {
	case middle:
		x -= c.wide(text, s) / 2
	case right:
		x -= c.wide(text, s)
	}
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(in), Face: c.of(s), Dot: fixed.P(x, y)}
	if box, _ := d.BoundString(text); box.Max.X > box.Min.X {
		c.lines = append(c.lines, written{text, image.Rect(box.Min.X.Floor(), box.Min.Y.Floor(), box.Max.X.Ceil(), box.Max.Y.Ceil()), s.size, in})
	}
	d.DrawString(text)
}

// ownWords gives somebody's words as they can be written, or what says that they can't.
func ownWords(p flows.Picture, text string) string {
	if words := known(text); words != "" || strings.TrimSpace(text) == "" {
		return words
	}
	return known(p.Letters)
}

// inkOf gives the colour of somebody's words: what stands in their place stands back.
func (c *canvas) inkOf(words string) color.RGBA {
	if words == c.letters {
		return c.faint
	}
	return c.ink
}

// head writes the title of a picture.
func (c *canvas) head(words string) {
	s := style{title, true}
	c.text(margin, headLine, c.cut(known(words), s, inside), s, left, c.ink)
}

const (
	inside   = width - 2*margin
	headLine = 92  // what the title stands on
	headEnd  = 132 // where the rest begins
	footHigh = 92  // what the line at the foot takes
)

// foot writes the line below a picture.
func (c *canvas) foot(words string) {
	s := style{size: small}
	c.text(margin, c.img.Rect.Max.Y-40, c.cut(known(words), s, inside), s, left, c.faint)
}

// emptyHigh is the height of a picture that has nothing to show.
const emptyHigh = 300

// empty says that there is nothing to show.
func (c *canvas) empty(words string) {
	s := style{size: body}
	c.text(margin, headEnd+70, c.cut(known(words), s, inside), s, left, c.faint)
}
