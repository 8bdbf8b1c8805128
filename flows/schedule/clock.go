package schedule

import (
	"math/bits"
	"strings"

	"github.com/robfig/cron/v3"
)

// clock is a cron expression: sets of bits, bit n for the number n.
type clock struct {
	text     string
	minutes  uint64
	hours    uint64
	days     uint64
	months   uint64
	weekdays uint64
	either   bool // a day is named by its number or by its weekday, and not by both
}

const (
	// starBit is how robfig/cron marks a field that was given as a star.
	starBit = 1 << 63
	// farthest is as far as the next day that an expression names can be: from
	// 29 February 2096 to that of 2104.
	farthest = 8*366 + 1
)

// parseClock reads five fields with one space between them.
func parseClock(text string) (Rule, error) {
	if strings.Contains(text, "=") {
		// The zone is the person's; and robfig/cron panics on "TZ=" and nothing behind.
		return Rule{}, ErrRule
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(text)
	if err != nil {
		return Rule{}, ErrRule // theirs quotes the text
	}
	spec := parsed.(*cron.SpecSchedule)
	c := clock{
		text:     text,
		minutes:  spec.Minute &^ starBit,
		hours:    spec.Hour &^ starBit,
		days:     spec.Dom &^ starBit,
		months:   spec.Month &^ starBit,
		weekdays: spec.Dow &^ starBit,
		either:   (spec.Dom|spec.Dow)&starBit == 0,
	}
	if !c.possible() {
		return Rule{}, ErrRule
	}
	return Rule{kind: clocked, clock: c}, nil
}

// possible says that there is a date for the expression: "0 9 30 2 *" has none, and a
// lone comma is an empty field.
func (c clock) possible() bool {
	if c.minutes == 0 || c.hours == 0 || c.days == 0 || c.months == 0 || c.weekdays == 0 {
		return false
	}
	const leap = 2000
	_, ok := c.dateFrom(NewDate(leap, 1, 1))
	return ok
}

// names says whether the expression names a minute on a date.
func (c clock) names(d Date) bool {
	_, month, day := d.Civil()
	return has(c.months, int(month)) && c.fits(d, day)
}

// fits says whether a date does, its month aside.
func (c clock) fits(d Date, day int) bool {
	byDay, byWeekday := has(c.days, day), has(c.weekdays, int(d.Weekday()))
	if c.either {
		return byDay || byWeekday
	}
	return byDay && byWeekday
}

// dateFrom gives the first date that is named, from a date on.
func (c clock) dateFrom(d Date) (Date, bool) {
	for last := d + farthest; d <= last; {
		year, month, day := d.Civil()
		if !has(c.months, int(month)) {
			d = NewDate(year, month+1, 1)
			continue
		}
		if c.fits(d, day) {
			return d, true
		}
		d++
	}
	return 0, false
}

// minuteFrom gives the first minute of the day that is named, from one on.
func (c clock) minuteFrom(minute int) (int, bool) {
	hour := minute / 60
	if has(c.hours, hour) {
		if late := c.minutes >> (minute % 60); late != 0 {
			return minute + bits.TrailingZeros64(late), true
		}
	}
	later := c.hours >> (hour + 1)
	if later == 0 {
		return 0, false
	}
	hour += 1 + bits.TrailingZeros64(later)
	return hour*60 + bits.TrailingZeros64(c.minutes), true
}

// following gives the first slot after s.
func (c clock) following(s Slot) (Slot, bool) {
	s++
	d := s.Date()
	if c.names(d) {
		if minute, ok := c.minuteFrom(s.Minute()); ok {
			return NewSlot(d, minute), true
		}
	}
	d, ok := c.dateFrom(d + 1)
	first, _ := c.minuteFrom(0)
	return NewSlot(d, first), ok
}

func has(set uint64, n int) bool { return set>>n&1 != 0 }
