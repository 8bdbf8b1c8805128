package answer

import "time"

// Classes of the words of dates and times. Their values are noted where they are
// not the plain number.
const (
	article   class = '1' // one, where a unit follows
	month     class = 'm'
	weekday   class = 'w' // Monday is 0
	span      class = 'u' // a unit
	dayWord   class = 't' // days from today
	tonight   class = 'e'
	this      class = 'T'
	next      class = 'N'
	previous  class = 'L'
	inWord    class = 'i'
	ago       class = 'a'
	fromNow   class = 'f'
	endOf     class = 'E'
	on        class = '.'
	at        class = '@'
	oclock    class = 'k'
	partHour  class = 'h' // minutes to add to the hour: half past is 30
	pastTo    class = 'P' // 1 past the hour, -1 to it
	fixed     class = 'x' // minutes since midnight
	meridiem  class = 'p' // hours to add: 0 or 12
	dayPart   class = 'd' // morning, afternoon, evening or night
	dateForm  class = 'D' // a date in digits
	clockForm class = 'C' // a time of day in digits
	year      class = 'y'
)

// Units of time.
const (
	aMinute = iota
	aHalfHour
	anHour
	aDay
	aWeek
	aFortnight
	aMonth
	aYear
)

// Years that make sense.
const (
	firstYear = 1900
	lastYear  = 2200
)

// civil is a day, as midnight UTC, where every day has 24 hours.
func civil(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func civilOf(t time.Time) time.Time { return civil(t.Date()) }

// exists gives the day of these numbers, if there is one.
func exists(y, m, d int) (time.Time, bool) {
	day := civil(y, time.Month(m), d)
	return day, m >= 1 && m <= 12 && day.Day() == d && int(day.Month()) == m
}

// addMonths goes to the same day of another month, or to its last day if it is
// shorter.
func addMonths(day time.Time, n int) time.Time {
	first := civil(day.Year(), day.Month()+time.Month(n), 1)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(day.Day(), last.Day())-1)
}

// moment gives the instant at which a day's clock shows these minutes since
// midnight; over 24 hours count into the next day. Where clocks skip that time it
// is the first instant after the gap; where they show it twice, the first.
func moment(day time.Time, minutes int, loc *time.Location) time.Time {
	day = day.AddDate(0, 0, minutes/(24*60))
	y, m, d := day.Date()
	minutes %= 24 * 60
	t := time.Date(y, m, d, minutes/60, minutes%60, 0, 0, loc)
	start, end := t.ZoneBounds()
	switch wall := t.Hour()*60 + t.Minute(); {
	case wall == minutes && civilOf(t).Equal(day):
		return firstShown(t, start)
	case civilOf(t).Before(day) || civilOf(t).Equal(day) && wall < minutes:
		return end
	default:
		return start
	}
}

// firstShown gives the earlier instant with the same clock as t, if clocks went
// back shortly before it.
func firstShown(t, start time.Time) time.Time {
	if start.IsZero() {
		return t
	}
	_, offset := t.Zone()
	_, before := start.Add(-time.Second).Zone()
	earlier := t.Add(time.Duration(offset-before) * time.Second)
	if earlier.Before(start) && before > offset {
		return earlier
	}
	return t
}

// weekdayOf counts from Monday, 0, to Sunday, 6.
func weekdayOf(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }
