package answer

import (
	"strings"
	"time"
)

// reading is one way to read an answer as a date, a time of day, or both.
type reading struct {
	dated   bool // there are words for a date
	tonight bool // and they are "tonight"
	days    []time.Time
	reason  Reason // why there are no days
	clock   []int  // minutes since midnight, the likeliest first
	// minutes from now, where a span was named that is shorter than a day.
	spanned bool
	minutes int
}

// wholeDay says that there is a date without a time of day.
func (f reading) wholeDay() bool { return f.dated && f.clock == nil }

// maxParts bounds the phrases of a date.
const maxParts = 14

// read gives every way to read s as a date, a time of day, or both in either
// order.
func (r *Reader) read(s string, q query) []reading {
	parts := joinNumbers(r.calendar.read(tokens(s)))
	if len(parts) > maxParts {
		return nil
	}
	var found []reading
	shapes(parts, string([]byte{filler, hedge, on}), func(bytes []byte, args []arg) {
		shape := string(bytes)
		if strings.IndexByte(shape, unknown) >= 0 {
			return
		}
		if m, ok := shortSpan(shape, args); ok {
			found = append(found, reading{spanned: true, minutes: m})
		}
		for i := 0; i <= len(shape); i++ {
			if f, ok := q.both(shape[:i], shape[i:], args[:i], args[i:]); ok {
				found = append(found, f)
			}
			if i == 0 || i == len(shape) {
				continue
			}
			if f, ok := q.both(shape[i:], shape[:i], args[i:], args[:i]); ok {
				found = append(found, f)
			}
		}
	})
	return found
}

// both reads a date and a time of day, each of which may be empty.
func (q query) both(date, clock string, dateArgs, clockArgs []arg) (reading, bool) {
	f := reading{dated: date != "", tonight: date == "e"}
	if clock != "" {
		minutes, bare, ok := clockShape(clock, clockArgs, f.tonight)
		if !ok || bare && f.dated && date != "t" && !f.tonight {
			return f, false
		}
		f.clock = minutes
	}
	if !f.dated {
		return f, len(f.clock) > 0
	}
	if date == "T" && strings.IndexByte(clock, dayPart) < 0 {
		return f, false // "this", but not "this morning"
	}
	f.days, f.reason = q.dateShape(date, dateArgs)
	return f, len(f.days) > 0 || f.reason == NoSuchDay
}
