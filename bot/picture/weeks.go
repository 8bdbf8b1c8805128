package picture

import (
	"image"
	"strconv"

	"kintsugi/flows"
)

const (
	panelHigh  = 300 // with what lies between it and the next
	panelName  = 52  // what its name takes at the top
	plotLeft   = margin + 76
	plotRight  = width - margin - 16
	plotTop    = 26 // below the name
	plotBottom = 34 // above the end of the panel
	dateHigh   = 50
)

// drawWeeks draws each line in a panel of its own, below one another: so none hides another,
// and none is known by its colour alone.
func drawWeeks(p flows.Picture, w *flows.Weeks) *canvas {
	c := newCanvas(p, max(emptyHigh, headEnd+len(w.Lines)*panelHigh+dateHigh+footHigh))
	c.head(p.Title)
	if len(w.Lines) == 0 {
		c.empty(p.Empty)
		return c
	}
	c.foot(p.Note)
	for i, l := range w.Lines {
		c.panel(w, l, i)
	}
	c.days(w, headEnd+len(w.Lines)*panelHigh+22)
	return c
}

// days names some days. One whose name would touch that of another has its line alone.
func (c *canvas) days(w *flows.Weeks, y int) {
	s := style{size: small}
	free := 0
	for _, t := range w.Ticks {
		label := known(t.Label)
		wide := c.wide(label, s)
		x := min(int(dayAt(w, t.Day)), width-margin/2-wide)
		if x >= free {
			c.text(x, y, label, s, left, c.faint)
			free = x + wide + 20
		}
	}
}

// panel draws one line, with its name above it.
func (c *canvas) panel(w *flows.Weeks, l flows.Line, i int) {
	top := headEnd + i*panelHigh
	in := c.accent(i)
	s := style{body, true}
	c.text(margin, top+36, c.cut(known(l.Name), s, inside), s, left, in)
	area := image.Rect(plotLeft, top+panelName+plotTop, plotRight, top+panelHigh-plotBottom)
	c.rules(w, area)
	at := func(p flows.Point) point {
		high := (p.Value - w.Low) / (w.High - w.Low)
		return point{dayAt(w, p.Day), float64(area.Max.Y) - high*float64(area.Dy())}
	}
	dot := dotFor(w)
	for j := 1; j < len(l.Points); j++ {
		if l.Points[j].Day-l.Points[j-1].Day <= l.Joins {
			c.line(at(l.Points[j-1]), at(l.Points[j]), dot*0.6, in)
		}
	}
	for _, p := range l.Points {
		c.disc(at(p), dot, in)
	}
}

// dotFor gives the radius of a point: where days lie close to one another, it is smaller.
func dotFor(w *flows.Weeks) float64 {
	return min(max((plotRight-plotLeft)/float64(w.Days)*0.7, 4.5), 9)
}

// rules draws what a line is read by: the lowest, the middle and the highest value, and the
// days that are named.
func (c *canvas) rules(w *flows.Weeks, area image.Rectangle) {
	for _, t := range w.Ticks {
		x := int(dayAt(w, t.Day))
		c.rect(image.Rect(x-1, area.Min.Y, x+1, area.Max.Y), c.grid)
	}
	mid := float64(int((w.Low + w.High) / 2))
	for _, v := range []float64{w.Low, mid, w.High} {
		y := area.Max.Y - int((v-w.Low)/(w.High-w.Low)*float64(area.Dy()))
		c.rect(image.Rect(area.Min.X-16, y-1, area.Max.X+16, y+1), c.grid)
		c.text(area.Min.X-30, y+12, strconv.FormatFloat(v, 'f', -1, 64), style{size: small}, right, c.faint)
	}
}

// dayAt gives where a day is, from left to right.
func dayAt(w *flows.Weeks, day int) float64 {
	return plotLeft + float64(plotRight-plotLeft)*float64(day)/float64(max(1, w.Days-1))
}
