package bot

import "sync/atomic"

// Stats are counts since the service was made.
type Stats struct {
	Turns       int64 // events applied
	Lapses      int64 // of the turns, those of waits that lapsed
	Duplicates  int64 // events that had been applied before
	Quarantined int64 // events put aside because their turn failed
	Unsaved     int64 // turns that could not be committed, each try

	Delivered   int64 // messages that arrived
	Later       int64 // sends put off by the platform
	Ambiguous   int64 // sends that may have arrived
	Failed      int64 // sends that certainly did not arrive and may be tried again
	Refused     int64 // sends refused for good
	Unreachable int64 // sends to somebody who can't be reached

	GivenUp   int64 // messages that are no longer tried
	Recovered int64 // messages found in the sender's hands at start

	Photos       int64 // photos that came through
	PhotosFailed int64 // photos given up
}

// counters are what Stats is a snapshot of.
type counters struct {
	turns, lapses, duplicates, quarantined, unsaved           atomic.Int64
	delivered, later, ambiguous, failed, refused, unreachable atomic.Int64
	givenUp, recovered                                        atomic.Int64
	photos, photosFailed                                      atomic.Int64
}

func (c *counters) snapshot() Stats {
	return Stats{
		Turns:       c.turns.Load(),
		Lapses:      c.lapses.Load(),
		Duplicates:  c.duplicates.Load(),
		Quarantined: c.quarantined.Load(),
		Unsaved:     c.unsaved.Load(),
		Delivered:   c.delivered.Load(),
		Later:       c.later.Load(),
		Ambiguous:   c.ambiguous.Load(),
		Failed:      c.failed.Load(),
		Refused:     c.refused.Load(),
		Unreachable: c.unreachable.Load(),
		GivenUp:     c.givenUp.Load(),
		Recovered:   c.recovered.Load(),

		Photos:       c.photos.Load(),
		PhotosFailed: c.photosFailed.Load(),
	}
}
