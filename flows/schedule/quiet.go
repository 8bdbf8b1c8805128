package schedule

import "time"

// Quiet are the hours in which nothing is sent, in minutes of the day, 0 to 1439: from
// From until before To. They may cross midnight. If the two are equal there are none.
//
// They go by the clock on the wall. An hour that comes twice is quiet twice.
type Quiet struct {
	From, To int
}

// Holds says whether it is quiet at t in zone.
func (q Quiet) Holds(t time.Time, zone *time.Location) bool {
	return q.HoldsAt(SlotOf(t, zone).Minute())
}

// HoldsAt says whether it is quiet at a minute of the day, 0 to 1439.
func (q Quiet) HoldsAt(minute int) bool {
	if q.From <= q.To {
		return q.From <= minute && minute < q.To
	}
	return q.From <= minute || minute < q.To
}

// Until gives the first instant from t on at which it is not quiet in zone: t itself
// if it is not quiet then.
func (q Quiet) Until(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	for q.Holds(t, zone) {
		wall := wallOf(t, zone)
		left := floorMod(int64(q.To)*60-wall, daySeconds)
		over := time.Unix(t.Unix()+left, 0).In(zone)
		end := NextChange(t)
		if end.IsZero() || over.Before(end) {
			return over
		}
		t = end // and the clock on the wall shows something else
	}
	return t
}
