package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kintsugi/flows/schedule"
)

// mostDayWords is how many days of a calendar have their words below it.
const mostDayWords = 6

// pictureCalendar draws a month: the days on which there is an entry of a kind, and the words
// of the latest.
func (r *run) pictureCalendar(p *Picture, kind string, from, to schedule.Date) {
	p.Title = r.monthName(from)
	p.Note, p.Empty = r.phrase("picture-month-note", nil), r.phrase("picture-month-none", nil)
	p.Calendar = r.calendar(kind, from, to)
}

func (r *run) calendar(kind string, from, to schedule.Date) *Calendar {
	c := &Calendar{First: (int(from.Weekday()) + 6) % 7, Days: int(to-from) + 1, Marked: map[int]bool{}}
	for i := range 7 {
		c.Weekdays = append(c.Weekdays, r.phraseAt("picture-weekdays", i, nil))
	}
	for _, e := range slices.Backward(r.entriesIn(kind, from, to)) {
		day := int(r.dateOf(e)-from) + 1
		if !c.Marked[day] && len(c.Words) < mostDayWords {
			first, _, _ := strings.Cut(strings.TrimSpace(e.Text), "\n")
			c.Words = append(c.Words, DayWords{Day: day, Text: first})
		}
		c.Marked[day] = true
	}
	slices.Reverse(c.Words)
	return c
}

// month gives the first and the last day of a month, so many before this one.
func (r *run) month(back int) (from, to schedule.Date) {
	year, month, _ := r.today().Civil()
	first := time.Date(year, month-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
	return schedule.DateOf(first, time.UTC), schedule.DateOf(first.AddDate(0, 1, -1), time.UTC)
}

func (r *run) monthName(d schedule.Date) string {
	year, month, _ := d.Civil()
	return r.phrase("picture-month", scene{"month": r.phraseAt("months", int(month)-1, nil), "year": year})
}

// briefDay is how much of a day's words a text has, in characters.
const briefDay = 60

// shownMonth is a month as a text sees it.
type shownMonth struct {
	Name, Days string
	Words      []DayWords
}

// Month gives what the calendar of a kind shows, in words.
func (s scene) Month(kind string, back any) shownMonth {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return shownMonth{"November 2026", "3 and 9", []DayWords{{3, "tea"}}}
	}
	from, to := r.month(wholeNumber(back))
	c := r.calendar(kind, from, to)
	var days []string
	for day := range c.Days {
		if c.Marked[day+1] {
			days = append(days, strconv.Itoa(day+1))
		}
	}
	for i, w := range c.Words {
		c.Words[i].Text = brief(w.Text, briefDay)
	}
	return shownMonth{r.monthName(from), r.join(days), c.Words}
}
