// Package picture draws what somebody has kept: numbers over weeks, a month of good
// things, dials, the way so far, a board. Data goes in and a file comes out: there is no
// clock in it, no store and no word of its own.
//
// Each picture is 1080 pixels wide, which is the width of a phone, in a light theme or a
// dark one. No meaning rests on colour alone.
//
// It draws with x/image alone. go-analyze/charts was tried for the lines: it is as fast, but
// brings a rasterizer of 2017 and three modules more, puts all lines over one another, and
// knows nothing but charts.
//
// # Caveats
//
// The fonts know Latin, Greek and Cyrillic letters. What they don't know, emoji among it,
// is left out of a picture; the caption beside it still has it.
package picture

import (
	"bytes"
	"errors"
	"image/jpeg"
	"image/png"

	"kintsugi/flows"
)

// width is that of every picture, in pixels.
const width = 1080

// File is a picture that was drawn.
type File struct {
	Ext  string // with its dot
	Type string // the media type
	Data []byte
}

// errNothing says that a picture shows nothing at all.
var errNothing = errors.New("nothing to draw")

// Draw draws a picture. A photo that can't be read is left out of it.
func Draw(p flows.Picture) (File, error) {
	switch {
	case p.Weeks != nil:
		return asPNG(drawWeeks(p, p.Weeks))
	case p.Calendar != nil:
		return asPNG(drawCalendar(p, p.Calendar))
	case p.Dials != nil:
		return asPNG(drawDials(p, p.Dials))
	case p.Journey != nil:
		return asPNG(drawJourney(p, p.Journey))
	case p.Board != nil:
		return asJPEG(drawBoard(p, p.Board))
	}
	return File{}, errNothing
}

// asPNG writes what has few colours.
func asPNG(c *canvas) (File, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	err := e.Encode(&b, c.img)
	return File{".png", "image/png", b.Bytes()}, err
}

// asJPEG writes what has photos in it.
func asJPEG(c *canvas) (File, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, c.img, &jpeg.Options{Quality: 85})
	return File{".jpg", "image/jpeg", b.Bytes()}, err
}
