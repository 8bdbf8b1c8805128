package picture

import (
	"image"
	"strconv"

	"kintsugi/flows"
)

const (
	cellWide = (width - 2*margin) / 7
	cellHigh = 116
	namesEnd = headEnd + 60 // below the names of the weekdays
	lineHigh = 54
)

// drawCalendar draws a month. A day that has something stands out by a field around it; one
// that has nothing is a day like any other. Below are some of the person's own words.
func drawCalendar(p flows.Picture, m *flows.Calendar) *canvas {
	rows := (m.First + m.Days + 6) / 7
	wordsAt := namesEnd + rows*cellHigh + 40
	c := newCanvas(p.Dark, wordsAt+len(m.Words)*lineHigh+footHigh+12)
	c.head(p.Title)
	c.foot(p.Note)
	for i, name := range m.Weekdays {
		c.text(margin+i*cellWide+cellWide/2, headEnd+38, known(name), style{size: small}, middle, c.faint)
	}
	for day := 1; day <= m.Days; day++ {
		c.day(m, day)
	}
	for i, w := range m.Words {
		c.words(wordsAt+i*lineHigh, w)
	}
	return c
}

func (c *canvas) day(m *flows.Calendar, day int) {
	at := m.First + day - 1
	cell := image.Rect(0, 0, cellWide, cellHigh).Add(image.Pt(margin+at%7*cellWide, namesEnd+at/7*cellHigh))
	in, s := c.faint, style{size: body}
	if m.Marked[day] {
		c.card(cell.Inset(7), 22, c.accent(0))
		in, s = c.onAccent, style{body, true}
	}
	c.text((cell.Min.X+cell.Max.X)/2, (cell.Min.Y+cell.Max.Y)/2+13, strconv.Itoa(day), s, middle, in)
}

// words writes what was good on a day.
func (c *canvas) words(top int, w flows.DayWords) {
	const wide = 72
	c.text(margin+wide-16, top+36, strconv.Itoa(w.Day), style{body, true}, right, c.accent(0))
	s := style{size: body}
	c.text(margin+wide+8, top+36, c.cut(known(w.Text), s, width-2*margin-wide-8), s, left, c.ink)
}
