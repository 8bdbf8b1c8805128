package flows

import (
	"slices"
	"time"
)

// Queued is something that comes by itself and waits behind something else: it is offered
// once that is through, or comes at a time of its own if nothing is.
type Queued struct {
	Nudge, About, Flow string
	At                 int64 // when it would have come, in Unix seconds
	// Shown says that it came already and something else came too soon after it. It has no
	// time of its own any more.
	Shown bool
}

// queue has something wait behind what came, or is to come, by itself.
func (r *run) queue(e Event) {
	if !slices.ContainsFunc(r.s.Queue, e.isAt) {
		r.s.Queue = append(r.s.Queue, Queued{Nudge: e.Nudge, About: e.About, Flow: e.Flow, At: r.now().Unix()})
	}
	at := r.nextRoom(e)
	if !sameDay(at, r.now()) && r.comesTomorrow(e) { // tomorrow has its own
		at = r.now().Add(inTheMiddle)
	}
	r.do(Snooze{ID: e.Nudge, About: e.About, Flow: e.Flow, At: at})
}

// comesTomorrow says whether something comes again by its rule before it could come late.
func (r *run) comesTomorrow(e Event) bool {
	return slices.ContainsFunc(r.turn.Facts.Nudges(), func(n Nudge) bool {
		o, ok := r.occasion(n.Rule, r.now().Add(sameMoment))
		return n.ID == e.Nudge && n.About == e.About && ok && o.Slot.Date() <= r.today()+1
	})
}

func (e Event) isAt(q Queued) bool { return q.Nudge == e.Nudge && q.About == e.About }

// queueShown has the offer in front wait behind what comes so soon after it that it may not
// have been seen.
func (r *run) queueShown() {
	o := r.s.Offer
	if o == nil || o.Kind != nudgeOffer || r.now().Sub(time.Unix(o.At, 0)) >= inTheMiddle {
		return
	}
	r.s.Queue = append(r.s.Queue, Queued{Nudge: o.Text, About: o.About, Flow: o.Flow, At: o.At, Shown: true})
}

// unqueue has something wait no more, and says whether it did since yesterday.
func (r *run) unqueue(e Event) (late bool) {
	late = r.waitedOvernight(e)
	r.s.Queue = slices.DeleteFunc(r.s.Queue, e.isAt)
	return late
}

func (r *run) waitedOvernight(e Event) bool {
	return slices.ContainsFunc(r.s.Queue, func(q Queued) bool { return e.isAt(q) && r.daysAgo(q.At) > 0 })
}

// tidyQueue lets go of what was shown on an earlier day, and of what is long over.
func (r *run) tidyQueue() {
	r.s.Queue = slices.DeleteFunc(r.s.Queue, func(q Queued) bool {
		return r.daysAgo(q.At) > 2 || q.Shown && r.daysAgo(q.At) > 0
	})
}

// offerQueued offers what waits behind what is through now. It says whether anything did.
// A day that turned out stirred up is not made longer: then each keeps to its own time.
func (r *run) offerQueued() bool {
	r.tidyQueue()
	if r.turn.Person.About[Pause] != "" || r.isStirred() {
		return false
	}
	for len(r.s.Queue) > 0 {
		q := r.s.Queue[0]
		r.s.Queue = r.s.Queue[1:]
		if !r.stillComes(Event{Nudge: q.Nudge, About: q.About, Flow: q.Flow}) {
			continue
		}
		r.do(Snooze{ID: q.Nudge, About: q.About, Flow: q.Flow})
		r.s.Varied++
		r.offer(&Offer{Kind: nudgeOffer, Flow: q.Flow, Text: q.Nudge, About: q.About, Varied: r.s.Varied, Behind: true})
		return true
	}
	return false
}

// leaveQueued lets go of what waits and is of the kind that is left for today.
func (r *run) leaveQueued(flow string) {
	r.s.Queue = slices.DeleteFunc(r.s.Queue, func(q Queued) bool {
		if q.Flow == flow {
			r.do(Snooze{ID: q.Nudge, About: q.About, Flow: q.Flow})
		}
		return q.Flow == flow
	})
}

// isStirred says whether the last check-in of today was a stirred-up one.
func (r *run) isStirred() bool {
	seen := r.numbers("check-in", "stirred", 0, 1)
	return len(seen) > 0 && seen[0] >= stirredFrom
}

// stirredFrom is how stirred up somebody is on a hard day.
const stirredFrom = 8
