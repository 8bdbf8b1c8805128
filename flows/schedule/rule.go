package schedule

import "time"

// Rule is what a person set. Rules can be compared with ==. The zero Rule never fires.
type Rule struct {
	kind   kind
	minute int        // of the day; not for a clock
	lead   int        // days from the day it is about to the day it fires on
	every  int        // every: days between two
	from   Date       // every: the first day; once: the day
	month  time.Month // yearly
	day    int        // monthly, yearly: of the month
	clock  clock      // a cron expression
}

type kind int

const (
	never kind = iota
	clocked
	every
	monthly
	yearly
	once
)

// The limits of a rule.
const (
	MaxEvery = 366 // days between two
	MaxLead  = 366 // days before or after
)

// Every is a rule for every so many days, a fortnight being 14: first on the day
// from, at a minute of the day.
func Every(days int, from Date, minute int) (Rule, error) {
	if days < 1 || days > MaxEvery {
		return Rule{}, ErrRule
	}
	return dated(Rule{kind: every, every: days, from: from, minute: minute})
}

// Monthly is a rule for a day of every month, at a minute of the day. In a month that
// has no such day it is the last day instead: the 31st is 30 April, and 28 or
// 29 February. It stays in its month, as rents and salaries do.
func Monthly(day, minute int) (Rule, error) {
	if day < 1 || day > 31 {
		return Rule{}, ErrRule
	}
	return dated(Rule{kind: monthly, day: day, minute: minute})
}

// Yearly is a rule for a day of every year, at a minute of the day. In a common year,
// 29 February is 28 February.
func Yearly(month time.Month, day, minute int) (Rule, error) {
	const leap = 2000
	if month < time.January || month > time.December || day < 1 || day > monthLength(leap, month) {
		return Rule{}, ErrRule
	}
	return dated(Rule{kind: yearly, month: month, day: day, minute: minute})
}

// Once is a rule for one day, at a minute of it.
func Once(on Date, minute int) (Rule, error) {
	return dated(Rule{kind: once, from: on, minute: minute})
}

func dated(r Rule) (Rule, error) {
	year, _, _ := r.from.Civil()
	if r.minute < 0 || r.minute >= dayMinutes || year < 0 || year > 9999 {
		return Rule{}, ErrRule
	}
	return r, nil
}

// Lead gives the rule that fires so many days after the days of r, or before them if
// days is negative. A cron expression has no lead.
func (r Rule) Lead(days int) (Rule, error) {
	if r.kind <= clocked || days < -MaxLead || days > MaxLead {
		return Rule{}, ErrRule
	}
	r.lead = days
	return r, nil
}

// days gives the first day that the rule is about, from a day on; moved says that it
// stands in for a day that its month does not have.
func (r Rule) days(from Date) (on Date, moved, ok bool) {
	switch r.kind {
	case every:
		past := max(0, from-r.from)
		n := Date(r.every)
		return r.from + (past+n-1)/n*n, false, true
	case once:
		return r.from, false, r.from >= from
	case monthly:
		year, month, _ := from.Civil()
		return r.step(from, year, month, 0, 1)
	case yearly:
		year, _, _ := from.Civil()
		return r.step(from, year, r.month, 1, 0)
	}
	return 0, false, false
}

// step takes the day in a month, or if that is over, in the month after the step.
func (r Rule) step(from Date, year int, month time.Month, years int, months time.Month) (on Date, moved, ok bool) {
	on, moved = r.within(year, month)
	if on < from {
		on, moved = r.within(year+years, month+months)
	}
	return on, moved, true
}

// within is the rule's day in a month.
func (r Rule) within(year int, month time.Month) (on Date, moved bool) {
	length := monthLength(year, month)
	return NewDate(year, month, min(r.day, length)), r.day > length
}
