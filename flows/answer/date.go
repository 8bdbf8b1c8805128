package answer

import (
	"slices"
	"strings"
	"time"
)

// DateResult is a date as it was read.
type DateResult struct {
	// Dates are the days meant, in order, each at its first instant in now's zone.
	// With OK there is exactly one. With Ambiguous there are several, to be asked
	// about. With InPast and InFuture they are what was read but does not fit.
	Dates []time.Time
	// HasClock says that a time of day stood beside the date: "friday 9pm".
	HasClock bool
	// Clock has that time of day, in minutes since midnight: one, or several
	// candidates with the likeliest first. [Reader.When] puts the two together.
	Clock  []int
	OK     bool
	Reason Reason
}

// Date reads a day, with or without a time of day beside it.
//
// What has several readings gives them all:
//
//   - "03/04" is a day in March or in April; with dots it is always 3 April.
//   - "next friday" is the coming Friday or the Friday of next week, where those
//     differ: some people's week starts on Sunday and some people's on Monday. On a
//     Friday it is in a week.
//   - "friday", on a Friday, is today or a week away. "This friday" is today then.
//   - "end of the week" is Friday or Sunday.
//   - "Friday 3 May", where that is no Friday, is either that day or the Friday
//     nearest to it.
//
// Readings that are not on the wanted side of today drop out first. Today is on
// both sides. A weekday, or a bare "the 15th", is looked for from today on, or back
// with Past. A date without a year is in the nearest year on the wanted side; in
// a year without 29 February, that day is in the next leap year unless Past is
// wanted. A year of two digits is within fifty years of now; years before 1900 or after 2200 are not
// understood. "Next week" or "in May" names no day and is not understood.
func (r *Reader) Date(s string, now time.Time, want Want) DateResult {
	q := query{civilOf(now), want}
	var res DateResult
	var days []time.Time
	reason := NotUnderstood
	for _, f := range r.read(s, q) {
		if !f.dated {
			continue
		}
		days = append(days, f.days...)
		if len(f.days) == 0 {
			reason = max(reason, f.reason)
			continue
		}
		for _, c := range f.clock {
			if c %= fullDay; !slices.Contains(res.Clock, c) {
				res.Clock = append(res.Clock, c)
			}
		}
	}
	days, res.Reason = q.settle(days, reason)
	for _, d := range days {
		res.Dates = append(res.Dates, moment(d, 0, now.Location()))
	}
	res.HasClock = len(res.Clock) > 0
	res.OK = res.Reason == OK
	return res
}

// query is what a date is read against.
type query struct {
	today time.Time // civil
	want  Want
}

// settle leaves the days that are wanted, in order, and says what they amount to.
func (q query) settle(days []time.Time, reason Reason) ([]time.Time, Reason) {
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	days = slices.DeleteFunc(days, func(d time.Time) bool {
		return d.Year() < firstYear || d.Year() > lastYear
	})
	fit := slices.DeleteFunc(slices.Clone(days), func(d time.Time) bool {
		return q.want == Future && d.Before(q.today) || q.want == Past && d.After(q.today)
	})
	switch {
	case len(fit) == 1:
		return fit, OK
	case len(fit) > 1:
		return fit, Ambiguous
	case len(days) == 0:
		return nil, reason
	case q.want == Future:
		return days, InPast
	}
	return days, InFuture
}

// dateShape reads the words of one shape as days; no days and NoSuchDay if there
// is no such day. The letters are the classes in calendar.go.
func (q query) dateShape(shape string, a []arg) ([]time.Time, Reason) {
	switch shape {
	case "t", "e", "T":
		return q.inDays(offset(a[0])), OK
	case "w", "Tw", "Nw", "Lw", "wTu", "wNu", "wLu", "Tuw", "Nuw", "Luw":
		return q.weekday(a), OK
	case "iu", "inu", "i1u", "nuf", "1uf", "inuf", "i1uf", "nua", "1ua", "anu", "a1u":
		return q.span(a), OK
	case "nuw", "1uw", "wu", "winu", "wi1u", "nut", "1ut", "tinu", "ti1u":
		return q.spanFrom(a), OK
	case "Eu", "ETu", "ENu", "Em":
		return q.end(a), OK
	case "o", "wo", "oNu", "oTu", "oLu", "Nuo", "Tuo", "Luo":
		return q.dayOfMonth(a)
	case "D", "wD":
		return q.digits(a)
	}
	switch strings.TrimPrefix(shape, "w") {
	case "nm", "om", "mn", "mo", "nmy", "omy", "mny", "moy",
		"nmNu", "omNu", "mnNu", "moNu", "nmTu", "omTu", "mnTu", "moTu", "nmLu", "omLu", "mnLu", "moLu":
		return q.dayAndMonth(a)
	}
	return nil, NotUnderstood
}

// find gives the value of the first part of one of the classes, or none.
func find(a []arg, classes string) (value int, ok bool) {
	for _, x := range a {
		if strings.IndexByte(classes, x.class) >= 0 {
			return x.value, true
		}
	}
	return 0, false
}

func offset(a arg) int {
	if a.class == dayWord {
		return a.value
	}
	return 0
}

func (q query) inDays(n int) []time.Time { return []time.Time{q.today.AddDate(0, 0, n)} }

// dayOfMonth reads "the 15th", "friday the 13th", "the 15th of next month".
func (q query) dayOfMonth(a []arg) ([]time.Time, Reason) {
	d, _ := find(a, "o")
	if d < 1 || d > 31 {
		return nil, NoSuchDay
	}
	y, m := q.today.Year(), int(q.today.Month())
	if unit, ok := find(a, "u"); ok {
		if unit != aMonth {
			return nil, NotUnderstood
		}
		side, _ := sideOf(a)
		first := civil(y, time.Month(m+side), 1)
		if day, ok := exists(first.Year(), int(first.Month()), d); ok {
			return []time.Time{day}, OK
		}
		return nil, NoSuchDay
	}
	w, hasWeekday := find(a, "w")
	step := 1
	if q.want == Past {
		step = -1
	}
	for i := range 12 * 12 {
		first := civil(y, time.Month(m+step*i), 1)
		day, ok := exists(first.Year(), int(first.Month()), d)
		passed := step > 0 && day.Before(q.today) || step < 0 && day.After(q.today)
		if ok && !passed && (!hasWeekday || weekdayOf(day) == w) {
			return []time.Time{day}, OK
		}
	}
	return nil, NotUnderstood
}

// dayAndMonth reads "3 May", "May 3rd 2027", "Friday 3 May", "3 May next year".
func (q query) dayAndMonth(a []arg) ([]time.Time, Reason) {
	d, _ := find(a, "no")
	m, _ := find(a, "m")
	y, hasYear := find(a, "y")
	if unit, ok := find(a, "u"); ok {
		if unit != aYear {
			return nil, NotUnderstood
		}
		side, _ := sideOf(a)
		y, hasYear = q.today.Year()+side, true
	}
	var days []time.Time
	if hasYear {
		if day, ok := exists(y, m, d); ok {
			days = append(days, day)
		}
	} else {
		days = q.yearless(m, d)
	}
	if len(days) == 0 {
		return nil, NoSuchDay
	}
	if w, ok := find(a, "w"); ok && weekdayOf(days[0]) != w {
		away := (w-weekdayOf(days[0])+10)%7 - 3
		days = append(days, days[0].AddDate(0, 0, away))
	}
	return days, OK
}

// yearless finds a day of the year on the wanted side of today.
func (q query) yearless(m, d int) []time.Time {
	noneThisYear := m == 2 && d == 29 && civil(q.today.Year(), 2, 29).Day() != 29
	return q.nearest(func(y int) (time.Time, bool) { return exists(y, m, d) }, noneThisYear)
}

// nearest picks from a day of each year the one nearest to today on the wanted
// side, or the next one if ahead is set and the past is not wanted. Eight years
// away there has been a leap year, even around 1900 and 2100.
func (q query) nearest(dayOf func(year int) (time.Time, bool), ahead bool) []time.Time {
	var best []time.Time
	for y := q.today.Year() - 8; y <= q.today.Year()+8; y++ {
		day, ok := dayOf(y)
		before := day.Before(q.today)
		if !ok || before && (q.want == Future || ahead && q.want == Any) || day.After(q.today) && q.want == Past {
			continue
		}
		if best == nil || day.Sub(q.today).Abs() <= best[0].Sub(q.today).Abs() {
			best = []time.Time{day}
		}
	}
	return best
}

// digits reads a date in digits, and checks it against a weekday beside it.
func (q query) digits(a []arg) ([]time.Time, Reason) {
	var days []time.Time
	reason := NotUnderstood
	for _, f := range dateForms(a[len(a)-1].text) {
		if f.m < 1 || f.m > 12 {
			continue
		}
		reason = NoSuchDay
		if f.y == 0 && !f.shortYear {
			days = append(days, q.yearless(f.m, f.d)...)
		} else if day, ok := exists(q.fullYear(f), f.m, f.d); ok {
			days = append(days, day)
		}
	}
	if w, ok := find(a, "w"); ok && len(days) > 0 {
		days = slices.DeleteFunc(days, func(d time.Time) bool { return weekdayOf(d) != w })
		reason = NotUnderstood
	}
	return days, reason
}

func (q query) fullYear(f form) int {
	if !f.shortYear {
		return f.y
	}
	y := q.today.Year()/100*100 + f.y
	if y > q.today.Year()+50 {
		return y - 100
	}
	if y <= q.today.Year()-50 {
		return y + 100
	}
	return y
}
