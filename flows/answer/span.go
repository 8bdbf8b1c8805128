package answer

import (
	"slices"
	"strings"
	"time"
)

// span reads "in two weeks", "three days ago".
func (q query) span(a []arg) []time.Time {
	sign := 1
	if _, past := find(a, "a"); past {
		sign = -1
	}
	return addSpan(q.today, sign*count(a), a)
}

// count gives the number before a unit; one if only the unit is there.
func count(a []arg) int {
	if n, ok := find(a, "n1"); ok {
		return n
	}
	return 1
}

// maxCount keeps sums with spans from overflowing.
const maxCount = 100_000

func addSpan(day time.Time, n int, a []arg) []time.Time {
	if n > maxCount || n < -maxCount {
		return nil
	}
	switch unit, _ := find(a, "u"); unit {
	case aDay:
		return []time.Time{day.AddDate(0, 0, n)}
	case aWeek:
		return []time.Time{day.AddDate(0, 0, 7*n)}
	case aFortnight:
		return []time.Time{day.AddDate(0, 0, 14*n)}
	case aMonth:
		return []time.Time{addMonths(day, n)}
	case aYear:
		return []time.Time{addMonths(day, 12*n)}
	}
	return nil
}

// spanFrom reads "a week on friday", "two weeks from tomorrow", "friday week":
// a span from the coming weekday, never from today for the weekday it is.
func (q query) spanFrom(a []arg) []time.Time {
	from := q.today
	if w, ok := find(a, "w"); ok {
		from = from.AddDate(0, 0, (w-weekdayOf(from)+6)%7+1)
	} else if n, ok := find(a, "t"); ok {
		from = from.AddDate(0, 0, n)
	}
	if unit, _ := find(a, "u"); len(a) == 2 && unit != aWeek {
		return nil
	}
	return addSpan(from, count(a), a)
}

// end reads "end of the month", "end of next week", "end of May".
func (q query) end(a []arg) []time.Time {
	if m, ok := find(a, "m"); ok {
		return q.nearest(func(y int) (time.Time, bool) { return civil(y, time.Month(m+1), 0), true }, false)
	}
	side, _ := sideOf(a)
	switch unit, _ := find(a, "u"); unit {
	case aWeek:
		monday := 7*side - weekdayOf(q.today)
		return slices.Concat(q.inDays(monday+4), q.inDays(monday+6))
	case aMonth:
		return []time.Time{civil(q.today.Year(), q.today.Month()+time.Month(side)+1, 0)}
	case aYear:
		return []time.Time{civil(q.today.Year()+side, time.December, 31)}
	}
	return nil
}

// shortSpan reads "in two hours", "20 minutes ago" as minutes from now.
func shortSpan(shape string, a []arg) (minutes int, ok bool) {
	switch shape {
	case "iu", "inu", "i1u", "uf", "nuf", "1uf", "inuf", "i1uf", "ua", "nua", "1ua", "au", "anu", "a1u":
	default:
		return 0, false
	}
	n := count(a)
	if strings.IndexByte(shape, ago) >= 0 {
		n = -n
	}
	unit, _ := find(a, "u")
	minutes = n * map[int]int{aMinute: 1, aHalfHour: 30, anHour: 60}[unit]
	return minutes, minutes != 0 && n <= maxCount && n >= -maxCount
}
