package flows

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"kintsugi/flows/schedule"
)

// drawnNumbers are the numbers that are drawn over weeks, each with the kind of entry that has it.
// Their names are phrases.
var drawnNumbers = []struct{ kind, value string }{{"check-in", "mood"}, {"check-in", "stirred"}, {"trust", "trust"}}

// pictureWeeks draws how it has been, by the person's own numbers.
func (r *run) pictureWeeks(p *Picture, from, to schedule.Date) {
	p.Title = r.phrase("picture-weeks", scene{"from": r.shortDay(from), "to": r.shortDay(to)})
	p.Note, p.Empty = r.phrase("picture-weeks-note", nil), r.phrase("picture-weeks-none", nil)
	w := &Weeks{Days: int(to-from) + 1, Low: 1, High: 10}
	w.Lines = r.lines(from, to)
	for day := 0; day < w.Days; day += tickStep(w.Days) {
		w.Ticks = append(w.Ticks, Tick{Day: day, Label: r.shortDay(from + schedule.Date(day))})
	}
	p.Weeks = w
}

// tickStep gives how far apart the days lie that have names: three of them are as many as
// fit, and they are of one weekday where that is possible.
func tickStep(days int) int {
	step := (days + 2) / 3
	if step > 7 {
		step = (step + 6) / 7 * 7
	}
	return step
}

// lines gives the numbers that have a value on some day.
func (r *run) lines(from, to schedule.Date) []Line {
	var out []Line
	for _, n := range drawnNumbers {
		if points := r.points(n.kind, n.value, from, to); len(points) > 0 {
			out = append(out, Line{Name: r.phrase("picture-"+n.value, nil), Points: points, Joins: usualStep(points)})
		}
	}
	return out
}

// points gives a number by day; of a day with several, their mean.
func (r *run) points(kind, value string, from, to schedule.Date) []Point {
	var out []Point
	count := 0
	for _, e := range r.entriesIn(kind, from, to) {
		v, ok := e.Values[value].(float64)
		if !ok {
			continue
		}
		day := int(r.dateOf(e) - from)
		if n := len(out); n > 0 && out[n-1].Day == day {
			count++
			out[n-1].Value += (v - out[n-1].Value) / float64(count)
			continue
		}
		out, count = append(out, Point{day, v}), 1
	}
	return out
}

// usualStep gives how many days lie between two points where nothing was left out: whoever
// comes once a week leaves no gap in a week.
func usualStep(points []Point) int {
	var steps []int
	for i := 1; i < len(points); i++ {
		steps = append(steps, points[i].Day-points[i-1].Day)
	}
	if len(steps) == 0 {
		return 1
	}
	slices.Sort(steps)
	usual := steps[(len(steps)-1)/2]
	return usual + usual/2
}

// shortDay writes a day without its weekday.
func (r *run) shortDay(d schedule.Date) string {
	_, month, day := d.Civil()
	return r.phrase("picture-day", scene{"day": day, "month": r.phraseAt("months", int(month)-1, nil)})
}

// shownNumber is a number over weeks as a text sees it.
type shownNumber struct{ Name, Low, High, Last string }

// Weeks gives what the picture of so many days up to today shows, in words.
func (s scene) Weeks(days any) []shownNumber {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []shownNumber{{"Mood", "3", "8", "6"}}
	}
	var out []shownNumber
	for _, l := range r.lines(r.daysBack(wholeNumber(days)), r.today()) {
		low := slices.MinFunc(l.Points, byValue).Value
		high := slices.MaxFunc(l.Points, byValue).Value
		last := l.Points[len(l.Points)-1].Value
		out = append(out, shownNumber{l.Name, rounded(low), rounded(high), rounded(last)})
	}
	return out
}

func byValue(a, b Point) int { return cmp.Compare(a.Value, b.Value) }

func rounded(v float64) string { return strconv.FormatFloat(math.Round(v), 'f', -1, 64) }

// daysBack gives the first of so many days up to today.
func (r *run) daysBack(days int) schedule.Date { return r.today() - schedule.Date(days) + 1 }
