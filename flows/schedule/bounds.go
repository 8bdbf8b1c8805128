package schedule

import "time"

// NextChange gives the next instant after t, in its zone, at which the clocks may
// change; the zero time if they never do again.
//
// From 2038 on, [time.Time.ZoneBounds] gives an end that is no later than t for the last
// day of a leap year, as of Go 1.26: whoever goes from one end to the next would stand
// still there. Nothing changes on that day, so the next one is given.
func NextChange(t time.Time) time.Time {
	_, end := t.ZoneBounds()
	if !end.IsZero() && !end.After(t) {
		return t.AddDate(0, 0, 1)
	}
	return end
}
