package answer

import (
	"fmt"
	"slices"
	"strings"
)

// Reader reads answers in one language. It never changes and is safe for use by
// many goroutines at once.
type Reader struct {
	replies  lexicon // yes, no and the like
	counts   lexicon // numbers and places
	calendar lexicon // dates and times
	ages     lexicon // how old somebody is

	decimalMark string
	ands        map[string]bool
	negations   map[string]bool
	named       map[string]bool // what introduces a name
	namedWords  int             // the words of the longest of them
	small       map[string]bool
	capitals    map[string]bool
}

// New makes a Reader of one language's words. Its error is that of [Words.Check].
func New(w Words) (*Reader, error) {
	if err := w.Check(); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	r := &Reader{decimalMark: w.Decimal, ands: set(w.And), negations: set(w.Not), named: set(w.Named), small: set(w.Small), capitals: set(slices.Concat(append(slices.Concat(w.Months, w.Weekdays), w.Capitals)...))}
	for _, p := range w.Named {
		r.namedWords = max(r.namedWords, len(strings.Fields(p)))
	}
	r.replies = replies(w)
	r.counts = counts(w)
	r.counts.numeral = r.countNumeral
	r.calendar = calendar(w)
	r.ages = ages(w)
	r.ages.numeral = r.countNumeral
	return r, nil
}

// Small says whether a word loses its capital within a sentence, and Capital whether it may be
// a name and keeps it.
func (r *Reader) Small(word string) bool { return r.small[normal(word)] }

func (r *Reader) Capital(word string) bool { return r.capitals[normal(word)] }

// set keeps phrases for comparing with the words of a normal text.
func set(phrases []string) map[string]bool {
	m := map[string]bool{}
	for _, p := range phrases {
		m[normal(p)] = true
	}
	return m
}

func replies(w Words) lexicon {
	var l lexicon
	l.add(yes, 0, w.Yes)
	l.add(no, 0, w.No)
	l.add(skip, 0, w.Skip)
	l.add(all, 0, w.All)
	l.add(both, 0, w.Both)
	l.add(none, 0, w.None)
	l.add(filler, 0, w.Fillers)
	return l
}

func counts(w Words) lexicon {
	var l lexicon
	addNumbers(&l, w)
	l.add(ordinal, -1, w.Last)
	l.add(minus, 0, w.Minus)
	l.add(outOf, 0, w.OutOf)
	l.add(andHalf, 0, w.AndAHalf)
	l.add(filler, 0, w.Fillers)
	l.add(hedge, 0, w.Hedges)
	l.add(option, 0, w.Options)
	l.add(counted, 0, w.Counted)
	return l
}

func addNumbers(l *lexicon, w Words) {
	for p, n := range w.Numbers {
		l.add(number, n, []string{p})
	}
	for p, n := range w.Ordinals {
		l.add(ordinal, n, []string{p})
	}
	l.add(ending, 0, w.OrdinalEndings)
}

func calendar(w Words) lexicon {
	l := lexicon{numeral: calendarNumeral}
	addNumbers(&l, w)
	l.add(article, 1, w.Articles)
	l.add(filler, 0, w.Fillers)
	l.add(hedge, 0, w.Hedges)
	l.add(on, 0, w.On)
	for i, phrases := range w.Months {
		l.add(month, i+1, phrases)
	}
	for i, phrases := range w.Weekdays {
		l.add(weekday, i, phrases)
	}
	for unit, phrases := range [][]string{
		aMinute: w.Units.Minute, aHalfHour: w.Units.HalfHour, anHour: w.Units.Hour, aDay: w.Units.Day,
		aWeek: w.Units.Week, aFortnight: w.Units.Fortnight, aMonth: w.Units.Month, aYear: w.Units.Year,
	} {
		l.add(span, unit, phrases)
	}
	l.add(dayWord, -2, w.Days.BeforeYesterday)
	l.add(dayWord, -1, w.Days.Yesterday)
	l.add(dayWord, 0, w.Days.Today)
	l.add(dayWord, 1, w.Days.Tomorrow)
	l.add(dayWord, 2, w.Days.AfterTomorrow)
	l.add(tonight, 0, w.Days.Tonight)
	l.add(this, 0, w.This)
	l.add(next, 0, w.Next)
	l.add(previous, 0, w.Previous)
	l.add(inWord, 0, w.In)
	l.add(ago, 0, w.Ago)
	l.add(fromNow, 0, w.FromNow)
	l.add(endOf, 0, w.EndOf)
	addClock(&l, w.Clock)
	return l
}

func addClock(l *lexicon, c Clock) {
	l.add(at, 0, c.At)
	l.add(oclock, 0, c.OClock)
	l.add(partHour, 30, c.HalfPast)
	l.add(partHour, -30, c.HalfTo)
	l.add(partHour, 15, c.QuarterPast)
	l.add(partHour, -15, c.QuarterTo)
	l.add(pastTo, 1, c.Past)
	l.add(pastTo, -1, c.To)
	l.add(fixed, halfDay, c.Noon)
	l.add(fixed, 0, c.Midnight)
	l.add(meridiem, 0, c.AM)
	l.add(meridiem, 12, c.PM)
	l.add(dayPart, inMorning, c.Morning)
	l.add(dayPart, inAfternoon, c.Afternoon)
	l.add(dayPart, inEvening, c.Evening)
	l.add(dayPart, atNight, c.Night)
}
