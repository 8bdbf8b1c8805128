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
	lineHigh = 48
	dayWide  = 80 // what the number of a day takes before its words

	betweenWords = 10
)

// drawCalendar draws a month. A day that has something stands out by a field around it; one
// that has nothing is a day like any other. Below are some of the person's own words.
func drawCalendar(p flows.Picture, m *flows.Calendar) *canvas {
	rows := (m.First + m.Days + 6) / 7
	wordsAt := namesEnd + rows*cellHigh + 30
	words, high := dayWords(p, m)
	c := newCanvas(p, wordsAt+high+footHigh+12)
	c.head(p.Title)
	for i, name := range m.Weekdays {
		c.text(margin+i*cellWide+cellWide/2, headEnd+38, known(name), style{size: small}, middle, c.faint)
	}
	for day := 1; day <= m.Days; day++ {
		c.day(m, day)
	}
	if len(m.Marked) > 0 {
		c.foot(p.Note)
	} else {
		c.text(margin, wordsAt+44, c.cut(known(p.Empty), style{size: body}, inside), style{size: body}, left, c.faint)
	}
	for i, w := range m.Words {
		wordsAt = c.words(wordsAt, w.Day, words[i])
	}
	return c
}

// dayWords breaks the words of days into lines, two at most, and says how high they stand.
func dayWords(p flows.Picture, m *flows.Calendar) (words [][]string, high int) {
	if len(m.Marked) == 0 {
		high = lineHigh
	}
	f := fonts{}
	for _, w := range m.Words {
		lines := f.wrap(ownWords(p, w.Text), style{size: body}, inside-dayWide, 2)
		words, high = append(words, lines), high+max(1, len(lines))*lineHigh+betweenWords
	}
	return words, high
}

func (c *canvas) day(m *flows.Calendar, day int) {
	at := m.First + day - 1
	cell := image.Rect(0, 0, cellWide, cellHigh).Add(image.Pt(margin+at%7*cellWide, namesEnd+at/7*cellHigh))
	in, s := c.faint, style{size: body}
	if m.Marked[day] {
		c.card(cell.Inset(7), c.accent(0), 22)
		in, s = c.onAccent, style{body, true}
	}
	c.text((cell.Min.X+cell.Max.X)/2, (cell.Min.Y+cell.Max.Y)/2+13, strconv.Itoa(day), s, middle, in)
}

// words writes what was good on a day, and gives where the next begins.
func (c *canvas) words(top, day int, lines []string) int {
	c.text(margin+dayWide-24, top+38, strconv.Itoa(day), style{body, true}, right, c.accent(0))
	for i, line := range lines {
		c.text(margin+dayWide, top+38+i*lineHigh, line, style{size: body}, left, c.inkOf(line))
	}
	return top + max(1, len(lines))*lineHigh + betweenWords
}
