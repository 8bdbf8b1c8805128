package picture

import (
	"image/color"
	"math"
	"strconv"

	"kintsugi/flows"
)

const (
	dialWide  = (width - 2*margin) / 2
	dialHigh  = 344
	dialOut   = 150.0 // the radius of a dial
	dialIn    = 112.0
	dialLow   = math.Pi * 5 / 6 // the angle of the lowest value, from the right, downwards
	dialRound = math.Pi * 4 / 3 // and how far round it is to the highest
	mostDials = 10
	lowest    = 1.0
	highest   = 10.0
)

// drawDials draws how far trust goes in each thing. The value stands in it as a number; what
// it was before is a notch. One that has none beside it stands in the middle.
func drawDials(p flows.Picture, dials []flows.Dial) *canvas {
	dials = dials[:min(len(dials), mostDials)]
	rows := (len(dials) + 1) / 2
	high := dialHigh + dialMore(dials)
	c := newCanvas(p, max(emptyHigh, headEnd+rows*high+footHigh))
	c.head(p.Title)
	if len(dials) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	for i, d := range dials {
		at := point{float64(margin + i%2*dialWide + dialWide/2), float64(headEnd + i/2*high + 180)}
		if i == len(dials)-1 && i%2 == 0 {
			at.x = width / 2
		}
		c.dial(at, d)
	}
	return c
}

// dialMore gives what a row is higher if some name takes a second line.
func dialMore(dials []flows.Dial) int {
	for _, d := range dials {
		if len(dialName(fonts{}, d)) > 1 {
			return lineHigh
		}
	}
	return 0
}

func dialName(f fonts, d flows.Dial) []string {
	return f.wrap(known(d.Name), style{size: body}, dialWide-24, 2)
}

func (c *canvas) dial(at point, d flows.Dial) {
	c.ring(at, lowest, highest, c.grid)
	if d.Value > lowest {
		c.ring(at, lowest, d.Value, c.accent(0))
	}
	c.knob(at, d.Value, c.accent(0))
	if d.Before != 0 && d.Before != d.Value {
		a := dialAngle(d.Before)
		from, to := onCircle(at, dialIn-16, a), onCircle(at, dialOut+10, a)
		c.line(from, to, 14, c.ground) // it stands out on whatever is below it
		c.line(from, to, 6, c.ink)
	}
	number := style{76, true}
	c.text(int(at.x), int(at.y)+18, strconv.FormatFloat(d.Value, 'f', -1, 64), number, middle, c.ink)
	for i, line := range dialName(c.fonts, d) {
		c.text(int(at.x), int(at.y)+132+i*lineHigh, line, style{size: body}, middle, c.ink)
	}
}

// knob marks the end of a value with a round end.
func (c *canvas) knob(at point, value float64, in color.RGBA) {
	c.disc(onCircle(at, (dialIn+dialOut)/2, dialAngle(value)), (dialOut-dialIn)/2, in)
}

// ring draws a part of the ring, from one value to another.
func (c *canvas) ring(at point, from, to float64, in color.RGBA) {
	a, b := dialAngle(from), dialAngle(to)
	c.shape(append(arc(at, dialOut, a, b), arc(at, dialIn, b, a)...), in)
	for _, end := range []float64{from, to} {
		c.knob(at, end, in)
	}
}

func dialAngle(value float64) float64 {
	value = min(max(value, lowest), highest)
	return dialLow + (value-lowest)/(highest-lowest)*dialRound
}

func onCircle(at point, radius, angle float64) point {
	return point{at.x + radius*math.Cos(angle), at.y + radius*math.Sin(angle)}
}
