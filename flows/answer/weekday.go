package answer

import (
	"slices"
	"time"
)

// weekday reads "friday", "next friday", "friday next week".
func (q query) weekday(a []arg) []time.Time {
	w, _ := find(a, "w")
	unit, hasUnit := find(a, "u")
	if hasUnit && unit != aWeek {
		return nil
	}
	today := weekdayOf(q.today)
	coming := (w - today + 7) % 7 // 0 is today
	switch side, _ := sideOf(a); {
	case hasUnit:
		return q.inDays(w - today + 7*side)
	case side > 0:
		fromMonday, fromSunday := w-today+7, (w+1)%7-(today+1)%7+7
		strictly := (coming+6)%7 + 1
		return slices.Concat(q.inDays(strictly), q.inDays(max(strictly, fromMonday)), q.inDays(max(strictly, fromSunday)))
	case side < 0:
		return q.inDays(coming - 7)
	case len(a) > 1: // this
		if q.want == Past && coming > 0 {
			return q.inDays(coming - 7)
		}
		if q.want == Any && w < today {
			return slices.Concat(q.inDays(coming-7), q.inDays(coming))
		}
		return q.inDays(coming)
	case coming == 0 && q.want == Past:
		return slices.Concat(q.inDays(-7), q.inDays(0))
	case coming == 0:
		return slices.Concat(q.inDays(0), q.inDays(7))
	case q.want == Past:
		return q.inDays(coming - 7)
	}
	return q.inDays(coming)
}

// sideOf says where "last", "this" and "next" point: -1, 0, 1.
func sideOf(a []arg) (int, bool) {
	for _, x := range a {
		switch x.class {
		case previous:
			return -1, true
		case next:
			return 1, true
		case this:
			return 0, true
		}
	}
	return 0, false
}
