package picture

import (
	"image/color"
	"math"
	"strconv"

	"kintsugi/flows"
)

const (
	dialWide  = (width - 2*margin) / 2
	dialHigh  = 330
	dialOut   = 150.0 // the radius of a dial
	dialIn    = 112.0
	dialLow   = math.Pi * 5 / 6 // the angle of the lowest value, from the right, downwards
	dialRound = math.Pi * 4 / 3 // and how far round it is to the highest
	mostDials = 10
	lowest    = 1.0
	highest   = 10.0
)

// drawDials draws how far trust goes in each thing. The value stands in it as a number; what
// it was before is a notch.
func drawDials(p flows.Picture, dials []flows.Dial) *canvas {
	dials = dials[:min(len(dials), mostDials)]
	rows := (len(dials) + 1) / 2
	c := newCanvas(p.Dark, max(emptyHigh, headEnd+rows*dialHigh+footHigh))
	c.head(p.Title)
	if len(dials) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	for i, d := range dials {
		c.dial(point{float64(margin + i%2*dialWide + dialWide/2), float64(headEnd + i/2*dialHigh + 180)}, d)
	}
	return c
}

func (c *canvas) dial(at point, d flows.Dial) {
	c.ring(at, lowest, highest, c.grid)
	if d.Value > lowest {
		c.ring(at, lowest, d.Value, c.accent(0))
	}
	c.knob(at, d.Value, c.accent(0))
	if d.Before != 0 && d.Before != d.Value {
		a := dialAngle(d.Before)
		c.line(onCircle(at, dialIn-18, a), onCircle(at, dialOut+10, a), 6, c.ink)
	}
	number := style{76, true}
	c.text(int(at.x), int(at.y)+18, strconv.FormatFloat(d.Value, 'f', -1, 64), number, middle, c.ink)
	s := style{size: body}
	c.text(int(at.x), int(at.y)+122, c.cut(known(d.Name), s, dialWide-24), s, middle, c.ink)
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
