package answer

import (
	"slices"
	"time"
)

// WhenResult is a moment as it was read.
type WhenResult struct {
	// Moments are what was meant, in order, in now's zone. With OK there is exactly
	// one. With Ambiguous there are several, to be asked about. With InPast and
	// InFuture they are what was read but does not fit.
	Moments []time.Time
	// HasClock says that a time of day is known; without it, moments are the first
	// instants of days.
	HasClock bool
	OK       bool
	Reason   Reason
}

// When reads a moment: a day with a time of day ("friday at half past nine"), a
// time of day alone (its next occurrence with Future, its last with Past, today
// with Any), a span of minutes or hours ("in two hours"), or a day alone, as
// [Reader.Date] reads it.
//
// Readings that are not on the wanted side of now, to the minute, drop out first:
// at three, "today at nine" wanted in the future is nine in the evening. Midnight
// of a day may be its beginning or its end; "24:00" is its end; the small hours of
// its night may come before or after it.
func (r *Reader) When(s string, now time.Time, want Want) WhenResult {
	res := WhenResult{HasClock: true}
	q := query{civilOf(now), want}
	var fit, unfit []time.Time
	for _, f := range r.read(s, q) {
		moments, reason := q.moments(f, now)
		for _, m := range moments {
			if reason == OK && (f.wholeDay() || q.onSide(m, now)) {
				fit = append(fit, m)
			} else {
				unfit = append(unfit, m)
			}
		}
		if len(moments) == 0 {
			res.Reason = max(res.Reason, reason)
		} else if f.wholeDay() {
			res.HasClock = false
		}
	}
	res.conclude(fit, unfit, want)
	return res
}

// conclude fills in the moments that fit, or else those that don't, and what they
// amount to.
func (res *WhenResult) conclude(fit, unfit []time.Time, want Want) {
	switch {
	case len(fit) > 0:
		res.Reason = OK
	case len(unfit) > 0 && want == Future:
		fit, res.Reason = unfit, InPast
	case len(unfit) > 0:
		fit, res.Reason = unfit, InFuture
	}
	slices.SortFunc(fit, time.Time.Compare)
	res.Moments = slices.CompactFunc(fit, time.Time.Equal)
	if res.Reason == OK && len(res.Moments) > 1 {
		res.Reason = Ambiguous
	}
	res.OK = res.Reason == OK
	res.HasClock = res.HasClock && len(res.Moments) > 0
}

// onSide says whether a moment is on the wanted side of now, to the minute.
func (q query) onSide(m, now time.Time) bool {
	return !(q.want == Future && m.Before(now.Truncate(time.Minute)) || q.want == Past && m.After(now))
}

// moments gives the moments of one reading. With a reason other than OK they do
// not fit, or there are none.
func (q query) moments(f reading, now time.Time) ([]time.Time, Reason) {
	if f.spanned {
		return []time.Time{now.Add(time.Duration(f.minutes) * time.Minute)}, OK
	}
	var out []time.Time
	if !f.dated {
		for _, c := range f.clock {
			out = append(out, q.occurrence(c, now))
		}
		return out, OK
	}
	reason := f.reason
	if len(f.days) > 0 {
		reason = NotUnderstood
	}
	days, reason := q.settle(f.days, reason)
	for _, d := range days {
		for _, c := range f.clock {
			out = append(out, moment(d, c, now.Location()))
		}
		if f.clock == nil {
			out = append(out, moment(d, 0, now.Location()))
		}
	}
	if reason == Ambiguous {
		reason = OK
	}
	return out, reason
}

// occurrence gives the next time that clocks show these minutes, with Past the last
// time, with Any that of today.
func (q query) occurrence(minutes int, now time.Time) time.Time {
	minutes %= fullDay
	t := moment(q.today, minutes, now.Location())
	if q.onSide(t, now) {
		return t
	}
	if q.want == Past {
		return moment(q.today.AddDate(0, 0, -1), minutes, now.Location())
	}
	return moment(q.today.AddDate(0, 0, 1), minutes, now.Location())
}
