package schedule

import "time"

const (
	dayMinutes = 24 * 60
	daySeconds = 24 * 60 * 60
)

// Date is a day on the calendar, counted from 1 January 1970. That day, the zero
// Date, stands for never.
type Date int

// NewDate gives a date. What lies outside its month runs over, as in [time.Date].
func NewDate(year int, month time.Month, day int) Date {
	return Date(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds))
}

// DateOf is the date that it is at t in zone.
func DateOf(t time.Time, zone *time.Location) Date {
	return Date(floorDiv(wallOf(t, zone), daySeconds))
}

// ParseDate reads what [Date.String] wrote.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, ErrDate
	}
	return Date(floorDiv(t.Unix(), daySeconds)), nil
}

// String gives the date as 2026-11-22.
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// Civil takes a date apart.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(floorMod(int(d)+int(time.Thursday), 7))
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// monthLength is the number of days in a month.
func monthLength(year int, month time.Month) int {
	_, _, day := NewDate(year, month+1, 0).Civil()
	return day
}

// wallOf is what the clock on the wall shows at t in zone, in seconds since it showed
// the beginning of 1970.
func wallOf(t time.Time, zone *time.Location) int64 {
	_, offset := t.In(zone).Zone()
	return t.Unix() + int64(offset)
}

func floorDiv[N int | int64](a, b N) N {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod[N int | int64](a, b N) N { return a - floorDiv(a, b)*b }
