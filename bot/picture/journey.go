package picture

import (
	"image/color"

	"kintsugi/flows"
)

const (
	mostStops = 12
	stopHigh  = 128
	pathAt    = margin + 28 // where the line goes down
	stopText  = pathAt + 56
)

// drawJourney draws what somebody did and marked, the oldest at the top, along a line. Each
// kind has a form of its own.
func drawJourney(p flows.Picture, stops []flows.Stop) *canvas {
	stops = stops[max(0, len(stops)-mostStops):]
	c := newCanvas(p.Dark, max(emptyHigh, headEnd+len(stops)*stopHigh+footHigh))
	c.head(p.Title)
	if len(stops) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	top := headEnd + 48
	c.line(point{pathAt, float64(top)}, point{pathAt, float64(top + (len(stops)-1)*stopHigh)}, 6, c.grid)
	for i, s := range stops {
		c.stop(top+i*stopHigh, s)
	}
	return c
}

func (c *canvas) stop(y int, s flows.Stop) {
	at := point{pathAt, float64(y)}
	switch s.Kind {
	case "milestone":
		c.diamond(at, 28, c.accent(1))
	case "lesson":
		c.disc(at, 18, c.accent(0))
		c.disc(at, 10, c.ground)
	default:
		c.disc(at, 18, c.accent(0))
	}
	c.text(stopText, y-12, c.cut(known(s.Day), style{size: small}, width-margin-stopText), style{size: small}, left, c.faint)
	words := style{body, s.Kind == "milestone"}
	c.text(stopText, y+32, c.cut(known(s.Text), words, width-margin-stopText), words, left, c.ink)
}

func (c *canvas) diamond(at point, half float64, in color.RGBA) {
	c.shape([]point{{at.x, at.y - half}, {at.x + half, at.y}, {at.x, at.y + half}, {at.x - half, at.y}}, in)
}
