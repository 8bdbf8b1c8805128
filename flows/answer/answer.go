// Package answer reads what a person typed as an answer: a number, a yes or no,
// one of several choices, a list, a date, a time of day.
//
// People type on phones, tired and upset, so it reads "about a 7", "nah", "the
// second one" and "half past nine". It promises to prefer asking over guessing:
// what has two readings comes back as two candidates, and what holds a word that
// it does not know is not understood at all. It does no I/O and has no clock but
// the one passed in. All words are data, in [Words]; the code knows no language.
//
// # Caveats
//
// Only whole answers are read. A date inside a story is not found, and neither is
// a yes inside a sentence: that is on purpose.
//
// Text longer than 200 characters is no number, no choice, no date. [Reader.List]
// and [Reader.Fold] take any length.
//
// Days with no midnight (clocks go forward at midnight in some zones) begin at
// their first instant; a time of day that a day does not have becomes the first
// instant after the gap, and one it has twice is the first of the two.
package answer

// Reason says how an answer was read, or why it was not.
type Reason int

const (
	// NotUnderstood is anything that could not be read as what was asked for.
	NotUnderstood Reason = iota
	// OK is an answer with one clear meaning that fits what was wanted.
	OK
	// OutOfRange is a clear number beyond the ends of the scale.
	OutOfRange
	// Fraction is a clear number between two steps of the scale.
	Fraction
	// NoSuchDay is a date that no calendar has: 31 June.
	NoSuchDay
	// InPast is a clear date or moment before now where a future one was wanted.
	InPast
	// InFuture is a clear date or moment after now where a past one was wanted.
	InFuture
	// Ambiguous is an answer with several meanings, to be asked about.
	Ambiguous
)

// Want says on which side of now a date is looked for.
type Want int

const (
	// Any takes both sides: the nearest day for a date without a year, the coming
	// one for a weekday or a day of the month.
	Any Want = iota
	// Future takes today and later.
	Future
	// Past takes today and earlier.
	Past
)
