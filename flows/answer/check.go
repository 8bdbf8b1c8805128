package answer

import (
	"errors"
	"fmt"
	"slices"
)

// Check gives an error that lists everything that is missing or contradicts
// itself, by its place in the file; nil if nothing is.
func (w Words) Check() error {
	var c checker
	c.lists(w)
	c.numbers(w)
	c.rows("months", w.Months, 12)
	c.rows("weekdays", w.Weekdays, 7)
	c.units(w.Units)
	c.days(w.Days)
	c.clock(w.Clock)
	return errors.Join(c.errs...)
}

type checker struct{ errs []error }

func (c *checker) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

// need wants at least one phrase, and none that nobody can type.
func (c *checker) need(key string, phrases []string) {
	if len(phrases) == 0 {
		c.fail("%s: no words", key)
	}
	c.phrases(key, phrases)
}

func (c *checker) phrases(key string, phrases []string) {
	for _, p := range phrases {
		if len(tokens(p)) == 0 {
			c.fail("%s: an empty phrase", key)
		}
	}
}

func (c *checker) lists(w Words) {
	c.need("yes", w.Yes)
	c.need("no", w.No)
	c.need("skip", w.Skip)
	c.apart("yes", w.Yes, "no", w.No)
	c.need("all", w.All)
	c.need("both", w.Both)
	c.need("none", w.None)
	c.need("and", w.And)
	c.need("not", w.Not)
	c.need("named", w.Named)
	c.need("fillers", w.Fillers)
	c.need("hedges", w.Hedges)
	c.need("options", w.Options)
	c.need("counted", w.Counted)
	c.need("last", w.Last)
	c.need("articles", w.Articles)
	c.need("minus", w.Minus)
	c.need("out_of", w.OutOf)
	c.need("and_a_half", w.AndAHalf)
	c.need("this", w.This)
	c.need("next", w.Next)
	c.need("previous", w.Previous)
	c.need("in", w.In)
	c.need("ago", w.Ago)
	c.need("from_now", w.FromNow)
	c.need("end_of", w.EndOf)
	c.need("on", w.On)
}

// apart wants two lists to share no phrase.
func (c *checker) apart(key string, phrases []string, otherKey string, others []string) {
	folded := set(phrases)
	for _, o := range others {
		if folded[normal(o)] {
			c.fail("%s and %s: both have %q", key, otherKey, o)
		}
	}
}

func (c *checker) numbers(w Words) {
	if w.Decimal != "." && w.Decimal != "," {
		c.fail(`decimal: must be "." or ","`)
	}
	for p := range w.Numbers {
		c.phrases("numbers", []string{p})
	}
	for p := range w.Ordinals {
		c.phrases("ordinals", []string{p})
	}
	for n := 0; n <= 100; n++ {
		if n <= 20 || n%10 == 0 {
			c.hasNumber("numbers", w.Numbers, n)
		}
	}
	for n := 1; n <= 10; n++ {
		c.hasNumber("ordinals", w.Ordinals, n)
	}
	c.need("ordinal_endings", w.OrdinalEndings)
}

func (c *checker) hasNumber(key string, words map[string]int, n int) {
	for _, v := range words {
		if v == n {
			return
		}
	}
	c.fail("%s: no word for %d", key, n)
}

func (c *checker) rows(key string, rows [][]string, want int) {
	if len(rows) != want {
		c.fail("%s: has %d rows, needs %d", key, len(rows), want)
	}
	for i, phrases := range rows {
		c.need(fmt.Sprintf("%s: row %d", key, i+1), phrases)
	}
}

func (c *checker) units(u Units) {
	c.need("units.minute", u.Minute)
	c.phrases("units.half_hour", u.HalfHour)
	c.need("units.hour", u.Hour)
	c.need("units.day", u.Day)
	c.need("units.week", u.Week)
	c.phrases("units.fortnight", u.Fortnight)
	c.need("units.month", u.Month)
	c.need("units.year", u.Year)
}

func (c *checker) days(d Days) {
	c.need("days.before_yesterday", d.BeforeYesterday)
	c.need("days.yesterday", d.Yesterday)
	c.need("days.today", d.Today)
	c.need("days.tonight", d.Tonight)
	c.need("days.tomorrow", d.Tomorrow)
	c.need("days.after_tomorrow", d.AfterTomorrow)
}

func (c *checker) clock(k Clock) {
	c.need("clock.at", k.At)
	c.need("clock.oclock", k.OClock)
	c.need("clock.half_past or clock.half_to", slices.Concat(k.HalfPast, k.HalfTo))
	c.need("clock.quarter_past", k.QuarterPast)
	c.need("clock.quarter_to", k.QuarterTo)
	c.need("clock.past", k.Past)
	c.need("clock.to", k.To)
	c.need("clock.noon", k.Noon)
	c.need("clock.midnight", k.Midnight)
	c.phrases("clock.am", k.AM)
	c.phrases("clock.pm", k.PM)
	c.need("clock.morning", k.Morning)
	c.need("clock.afternoon", k.Afternoon)
	c.need("clock.evening", k.Evening)
	c.need("clock.night", k.Night)
}
