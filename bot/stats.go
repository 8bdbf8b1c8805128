package bot

import (
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"kintsugi/store"
)

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

	Nudges       int64 // nudges whose time had come
	MissedNudges int64 // of the nudges, those left out: it was too late, or nobody was there
	LateNudges   int64 // of the others, those found due more than a minute late

	Photos       int64 // photos that came through
	PhotosFailed int64 // photos given up
}

// PlatformStats are counts and times of one platform since the service was made.
type PlatformStats struct {
	Name  string
	Turns int64     // events applied
	Sends []Sends   // one for each outcome, always in the same order
	Hands [2]InHand // by lane: what its sender has in hand
	Turn  Histogram // from an event's coming in to its turn's commit
	Reply Histogram // from an event's coming in to the arrival of a reply to it
	// Health is how its connection is. A platform that isn't [Healthy] counts as up,
	// until it ends.
	Health Health
	// Ended says that its Receive has returned, Failed that it did so with an error.
	Ended, Failed bool
}

// Sends are how many sends came to an outcome.
type Sends struct {
	Outcome string // delivered, later, ambiguous, refused, unreachable, failed
	Count   int64
}

// InHand is what a sender has in hand in one lane.
type InHand struct {
	Messages int
	Oldest   time.Time // when the oldest of them came to be owed; zero if there is none
}

// tally counts what happens on one platform.
type tally struct {
	turns, duplicates atomic.Int64
	sends             [outcomes]atomic.Int64 // by outcome
	turn, reply       timings
	ended, failed     atomic.Bool
}

// counters count what belongs to no platform.
type counters struct {
	lapses, quarantined, unsaved     atomic.Int64
	givenUp, recovered               atomic.Int64
	nudges, lateNudges, missedNudges atomic.Int64
	arrivals                         atomic.Int64 // turns of photos that came, or did not
	photos, photosFailed             atomic.Int64
}

// Stats gives the counts so far.
func (s *Service) Stats() Stats {
	c := &s.count
	all := Stats{
		Turns:        c.lapses.Load() + c.arrivals.Load(),
		Lapses:       c.lapses.Load(),
		Quarantined:  c.quarantined.Load(),
		Unsaved:      c.unsaved.Load(),
		GivenUp:      c.givenUp.Load(),
		Recovered:    c.recovered.Load(),
		Nudges:       c.nudges.Load(),
		LateNudges:   c.lateNudges.Load(),
		MissedNudges: c.missedNudges.Load(),
		Photos:       c.photos.Load(),
		PhotosFailed: c.photosFailed.Load(),
	}
	for _, from := range s.senders {
		from.tally.addTo(&all)
	}
	return all
}

func (t *tally) addTo(all *Stats) {
	all.Turns += t.turns.Load()
	all.Duplicates += t.duplicates.Load()
	all.Delivered += t.sends[delivered].Load()
	all.Later += t.sends[later].Load()
	all.Ambiguous += t.sends[ambiguous].Load()
	all.Failed += t.sends[failed].Load()
	all.Refused += t.sends[refused].Load()
	all.Unreachable += t.sends[unreachable].Load()
}

// Platforms gives the counts of each platform so far, in the order of their names.
func (s *Service) Platforms() []PlatformStats {
	var all []PlatformStats
	for _, name := range slices.Sorted(maps.Keys(s.senders)) {
		all = append(all, s.senders[name].stats())
	}
	return all
}

func (s *sender) stats() PlatformStats {
	t := &s.tally
	p := PlatformStats{
		Name: s.name, Turns: t.turns.Load(), Hands: s.inHand(),
		Turn: t.turn.snapshot(), Reply: t.reply.snapshot(),
		Ended: t.ended.Load(), Failed: t.failed.Load(),
	}
	for o := range outcomes {
		p.Sends = append(p.Sends, Sends{outcome(o).String(), t.sends[o].Load()})
	}
	p.Health.Up = true
	if h, ok := s.platform.(Healthy); ok {
		p.Health = h.Health()
	}
	p.Health.Up = p.Health.Up && !p.Ended
	return p
}

// inHand looks through all that is in hand, which is never very much.
func (s *sender) inHand() (hands [2]InHand) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		for lane, rows := range l.rows {
			hands[lane].add(rows)
		}
	}
	return hands
}

func (h *InHand) add(rows []row) {
	if len(rows) == 0 {
		return
	}
	h.Messages += len(rows)
	if first := rows[0].Born; h.Oldest.IsZero() || first.Before(h.Oldest) {
		h.Oldest = first
	}
}

// noteTurn notes a turn that was committed.
func (s *Service) noteTurn(t turn) {
	switch {
	case t.due != nil:
		s.count.lapses.Add(1)
		return
	case !t.inbound():
		s.count.arrivals.Add(1)
		return
	}
	from := s.senders[t.source]
	from.tally.turns.Add(1)
	from.tally.turn.add(time.Since(t.began))
}

// noteDone notes an event that had been applied before.
func (s *Service) noteDone(t turn) {
	if t.inbound() {
		s.senders[t.source].tally.duplicates.Add(1)
	}
}

// noteSend notes what a send came to.
func (s *sender) noteSend(w row, o outcome) {
	s.tally.sends[o].Add(1)
	if o != delivered || w.Lane != store.ReplyLane {
		return
	}
	if w.began.IsZero() { // it waited in the outbox, or no event asked for it
		s.tally.reply.add(s.clock.Now().Sub(w.Born))
		return
	}
	s.tally.reply.add(time.Since(w.began))
}

// lateAfter is by how much a nudge may be found late without being called so.
const lateAfter = time.Minute

// noteCalls notes nudges that were called.
func (s *Service) noteCalls(calls []call) {
	var due, late, missed int64
	for _, c := range calls {
		if c.gone {
			continue
		}
		due++
		switch {
		case c.turn.IsZero():
			missed++
		case c.late:
			late++
		}
	}
	s.count.nudges.Add(due)
	s.count.lateNudges.Add(late)
	s.count.missedNudges.Add(missed)
}
