package schedule

import "time"

// Day is the rule of one unrequested nudge a day: what nobody set themselves. The zero
// Day has seen none.
type Day struct {
	Last Date // the local date of the last one, as it was then
}

// Free says whether one may be sent. It may not on a date that is lived again,
// further west.
func (d Day) Free(now time.Time, zone *time.Location) bool { return DateOf(now, zone) > d.Last }

// Sent is the Day after one was sent.
func (d Day) Sent(now time.Time, zone *time.Location) Day {
	return Day{Last: max(d.Last, DateOf(now, zone))}
}
