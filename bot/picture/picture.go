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
// The fonts know Latin, Greek and Cyrillic letters. Emoji are left out of a picture, and so
// are words in other letters, which leave "…" or, where nothing else is left, a line that
// says so. The caption beside the picture has them.
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
	c := canvasOf(p)
	switch {
	case c == nil:
		return File{}, errNothing
	case p.Board != nil:
		return asJPEG(c)
	}
	return asPNG(c)
}

func canvasOf(p flows.Picture) *canvas {
	switch {
	case p.Weeks != nil:
		return drawWeeks(p, p.Weeks)
	case p.Calendar != nil:
		return drawCalendar(p, p.Calendar)
	case p.Dials != nil:
		return drawDials(p, p.Dials)
	case p.Journey != nil:
		return drawJourney(p, p.Journey)
	case p.Board != nil:
		return drawBoard(p, p.Board)
	}
	return nil
}

// asPNG writes what has few colours.
func asPNG(c *canvas) (File, error) {
	var b bytes.Buffer
	err := png.Encode(&b, paletted(c.img))
	return File{".png", "image/png", b.Bytes()}, err
}

// asJPEG writes what has photos in it.
func asJPEG(c *canvas) (File, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, c.img, &jpeg.Options{Quality: 85})
	return File{".jpg", "image/jpeg", b.Bytes()}, err
}
