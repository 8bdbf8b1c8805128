package picture

import (
	"image/color"

	"kintsugi/flows"
)

const (
	mostStops = 10
	stopHigh  = 82          // without its words
	markAt    = 52          // below the top of a stop
	pathAt    = margin + 28 // where the line goes down
	stopText  = pathAt + 56
)

// drawJourney draws what somebody did and marked, the oldest at the top, along a line. Each
// kind has a form of its own.
func drawJourney(p flows.Picture, stops []flows.Stop) *canvas {
	stops = stops[max(0, len(stops)-mostStops):]
	words, tops, end := [][]string{}, []int{}, headEnd
	for _, s := range stops {
		words, tops = append(words, stopLines(p, s)), append(tops, end)
		end += stopHigh + max(1, len(words[len(words)-1]))*lineHigh
	}
	c := newCanvas(p, max(emptyHigh, end+footHigh))
	c.head(p.Title)
	if len(stops) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	c.line(point{pathAt, float64(tops[0] + markAt)}, point{pathAt, float64(tops[len(tops)-1] + markAt)}, 6, c.grid)
	for i, s := range stops {
		c.stop(tops[i], s, words[i])
	}
	return c
}

// stopLines gives the words of a stop, on two lines at most.
func stopLines(p flows.Picture, s flows.Stop) []string {
	return fonts{}.wrap(ownWords(p, s.Text), stopStyle(s), width-margin-stopText, 2)
}

func stopStyle(s flows.Stop) style { return style{body, s.Kind == "milestone"} }

func (c *canvas) stop(top int, s flows.Stop, words []string) {
	at := point{pathAt, float64(top + markAt)}
	switch s.Kind {
	case "milestone":
		c.diamond(at, 28, c.accent(1))
	case "lesson":
		c.disc(at, 18, c.accent(0))
		c.disc(at, 10, c.ground)
	default:
		c.disc(at, 18, c.accent(0))
	}
	c.text(stopText, top+40, c.cut(known(s.Day), style{size: small}, width-margin-stopText), style{size: small}, left, c.faint)
	for i, line := range words {
		c.text(stopText, top+86+i*lineHigh, line, stopStyle(s), left, c.inkOf(line))
	}
}

func (c *canvas) diamond(at point, half float64, in color.RGBA) {
	c.shape([]point{{at.x, at.y - half}, {at.x + half, at.y}, {at.x, at.y + half}, {at.x - half, at.y}}, in)
}
