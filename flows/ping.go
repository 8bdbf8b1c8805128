package flows

import (
	"slices"
	"time"
)

// Ping is something that came by itself and was shown, as far as those after it have to
// know of it.
type Ping struct {
	At           int64 // in Unix seconds
	Nudge, About string
	Wording      int   // which of those that take turns
	Again        int64 // until when it was put off, in Unix seconds; 0 if it was not
}

// How far apart things come by themselves that are bound to no time, of each other and of
// those that are.
const (
	apart = 90 * time.Minute
	// eveningFrom is the hour from which on it is evening, when no more come than so many.
	eveningFrom  = 17
	eveningPings = 2
	// morningHour is when things come that found no room the day before.
	morningHour = 9
	// sameMoment is within what two that come are one to whoever has the phone.
	sameMoment = 5 * time.Minute
)

// pingsKept is how many are kept at most, if wordings don't need more of them.
const pingsKept = 48

// pinged notes that something is shown, and gives the wording for it: one that nothing had
// today or yesterday, nor the last two of its kind.
func (r *run) pinged(nudge, about string) (wording int) {
	wording = r.nextWording(nudge)
	r.s.Pings = append(r.s.Pings, Ping{At: r.now().Unix(), Nudge: nudge, About: about, Wording: wording})
	later := map[string]int{}
	var kept []Ping
	for _, p := range slices.Backward(r.s.Pings) {
		if later[p.Nudge]++; later[p.Nudge] <= 2 || r.isLate(p) {
			kept = append(kept, p)
		}
	}
	kept = kept[:min(len(kept), pingsKept)]
	slices.Reverse(kept)
	r.s.Pings = kept
	return wording
}

// isLate says whether something came today or yesterday.
func (r *run) isLate(p Ping) bool { return r.daysAgo(p.At) <= 1 }

func (r *run) nextWording(nudge string) int {
	key := r.nudgePhrase()
	n, first, same := len(r.book.phrases[key].in(r.language())), 0, 0
	if last := len(r.s.Pings); last > 0 {
		first = r.s.Pings[last-1].Wording + 1
	}
	used := map[int]bool{}
	for _, p := range slices.Backward(r.s.Pings) {
		if p.Nudge == nudge {
			same++
		}
		// Where each says what it is, others don't read like it.
		if key == neutralNudge && r.isLate(p) || p.Nudge == nudge && same <= 2 {
			used[p.Wording] = true
		}
	}
	for i := range n {
		if w := (first + i) % n; !used[w] {
			return w
		}
	}
	return first % n
}

// putOffTill says whether the person was told that it comes again by now.
func (r *run) putOffTill(e Event) bool {
	return slices.ContainsFunc(r.s.Pings, func(p Ping) bool {
		return p.Nudge == e.Nudge && p.About == e.About && p.Again != 0 && p.Again <= r.now().Unix() && r.daysAgo(p.Again) == 0
	})
}

// answers are the kinds of news that answer something the person did. The other side can't
// flood them with it, and it keeps nobody waiting.
var answers = []string{NewsYes, NewsLinked, NewsRevealed, NewsRelay, NewsHeard, NewsCounter, NewsAccepted, NewsDeclined, NewsTakenUp}

// IsAnswer says whether news of that kind answers something the person did.
func IsAnswer(kind string) bool { return slices.Contains(answers, kind) }

// isPrompt says whether there is news that keeps nobody waiting.
func isPrompt(news []News) bool {
	return slices.ContainsFunc(news, func(n News) bool { return IsAnswer(n.Kind) })
}

// isLoose says whether what comes is bound to no time: nobody was promised the minute.
func (r *run) isLoose(e Event) bool {
	if e.Nudge != PartnerNudge {
		return e.Loose
	}
	return !isPrompt(r.news())
}

// hasRoom says whether what is loose may come at a time of today: far enough from what came
// and what is bound to come, and in the evening not beside two others.
func (r *run) hasRoom(at time.Time, bound []time.Time) bool {
	evening := 0
	for _, t := range append(r.cameAt(), bound...) {
		if d := at.Sub(t); -apart < d && d < apart {
			return false
		}
		if isEvening(t) && sameDay(t, at) {
			evening++
		}
	}
	return !isEvening(at) || evening < eveningPings
}

// isAlone says whether nothing came lately.
func (r *run) isAlone() bool {
	return !slices.ContainsFunc(r.cameAt(), func(t time.Time) bool { return r.now().Sub(t) < apart })
}

// nextRoom gives when something may come that is put off: later today, or else tomorrow, once the night
// is over.
func (r *run) nextRoom(e Event) time.Time {
	now, quiet, bound := r.now(), r.turn.Person.Quiet(), r.boundToday(e)
	for at := now.Add(inTheMiddle); sameDay(at, now); at = at.Add(inTheMiddle) {
		if !quiet.Holds(at, at.Location()) && r.hasRoom(at, bound) {
			return at
		}
	}
	// The minute stays, so that not everybody's morning is the same instant.
	morning := time.Date(now.Year(), now.Month(), now.Day()+1, morningHour, now.Minute(), now.Second(), 0, now.Location())
	return quiet.Until(morning, now.Location())
}

func (r *run) cameAt() []time.Time {
	var at []time.Time
	for _, p := range r.s.Pings {
		at = append(at, time.Unix(p.At, 0).In(r.now().Location()))
	}
	return at
}

// boundToday gives when something else comes later today that is bound to its time. What is
// due just now and has not come yet is among it.
func (r *run) boundToday(e Event) []time.Time {
	var at []time.Time
	for _, n := range r.turn.Facts.Nudges() {
		if n.Loose || n.ID == e.Nudge && n.About == e.About || r.book.heading(n.Flow) == nil || r.silent(n.Flow) || r.justCame(n) {
			continue
		}
		o, ok := r.occasion(n.Rule, r.now().Add(-sameMoment))
		if ok && o.Slot.Date() == r.today() && !r.turn.Person.Quiet().HoldsAt(o.Slot.Minute()) {
			at = append(at, o.At.In(r.now().Location()))
		}
	}
	return at
}

func (r *run) justCame(n Nudge) bool {
	return slices.ContainsFunc(r.s.Pings, func(p Ping) bool {
		return p.Nudge == n.ID && p.About == n.About && r.now().Sub(time.Unix(p.At, 0)) <= 2*sameMoment
	})
}

func isEvening(t time.Time) bool { return t.Hour() >= eveningFrom }

func sameDay(a, b time.Time) bool { return midnight(a).Equal(midnight(b)) }

const (
	// inTheMiddle is how lately somebody must have taken part for nothing to come
	// between.
	inTheMiddle = 30 * time.Minute
	// laterToday is after how long something comes that was put off.
	laterToday = 2 * time.Hour
)

// nudged offers what comes back, in words that tell nothing to somebody who sees the
// screen. It waits while the person is in the middle of something, and behind what came a
// moment ago; what is bound to no time also waits for room, see [run.hasRoom].
func (r *run) nudged(e Event) {
	if !r.stillComes(e) {
		return
	}
	r.tidyQueue()
	c, o := r.s.Front, r.s.Offer
	busy := c != nil && r.now().Sub(time.Unix(c.At, 0)) < inTheMiddle
	switch {
	case busy || o != nil && o.Kind == heldOffer || r.photosJustOffered():
		r.do(Snooze{ID: e.Nudge, About: e.About, Flow: e.Flow, At: r.now().Add(inTheMiddle)})
	case r.waitsFor(e):
		r.queue(e)
	default:
		r.ping(e)
	}
}

// stillComes says whether what comes back has anything to come for. What leads nowhere any
// more, or is about an item that is done with, comes no more.
func (r *run) stillComes(e Event) bool {
	if e.Nudge == PartnerNudge && r.asleep() {
		return false
	}
	if r.sleeps(e) {
		return false
	}
	if r.book.heading(e.Flow) == nil || e.About != "" && !r.hasItem(e.About) {
		r.do(DropNudge{ID: e.Nudge, About: e.About})
		return false
	}
	return !r.silent(e.Flow)
}

// waitsFor says whether something waits for another one: two of one moment come as one, and
// what is loose keeps its distance. What has waited since yesterday comes once nothing came
// lately, and what was put off comes when the person was told that it does.
func (r *run) waitsFor(e Event) bool {
	switch {
	case r.justOffered(e):
		return true
	case !r.isLoose(e) || r.putOffTill(e):
		return false
	case r.waitedOvernight(e):
		return !r.isAlone()
	}
	return !r.hasRoom(r.now(), r.boundToday(e))
}

// ping offers it. The buttons of before work as well if it is still offered.
func (r *run) ping(e Event) {
	late, o := r.unqueue(e), r.s.Offer
	if o != nil && o.Kind == nudgeOffer && o.Text == e.Nudge && o.About == e.About {
		if r.now().Sub(time.Unix(o.At, 0)) < sameMoment {
			return
		}
		o.At, o.Varied, o.Behind, o.Late = r.now().Unix(), uint64(r.pinged(e.Nudge, e.About)), false, late
		r.putOffer()
		return
	}
	r.queueShown()
	r.offer(&Offer{Kind: nudgeOffer, Flow: e.Flow, Text: e.Nudge, About: e.About, Varied: uint64(r.pinged(e.Nudge, e.About)), Late: late})
}

// silent says whether what leads to a flow has nothing to come for now. It comes again by
// its rule.
func (r *run) silent(flow string) bool {
	f := r.book.flow(flow)
	return f != nil && f.silent != nil && f.silent.true(r)
}

// silence reads when a flow has nothing to come for: what it looks at are no variables, for
// there is no conversation yet.
func (l *flowLoader) silence(m *mapping) {
	if !m.has("silent") {
		return
	}
	e, err := compileExpression(m.text("silent"), newSight(nil), truthVar)
	if err != nil {
		l.fault(m.lineOf("silent"), "silent: %s", err)
	}
	l.flow.silent = e
}

// justOffered says whether something else came by itself a moment ago and waits for an
// answer: one at a time.
func (r *run) justOffered(e Event) bool {
	o := r.s.Offer
	return o != nil && o.Kind == nudgeOffer && (o.Text != e.Nudge || o.About != e.About) &&
		r.now().Sub(time.Unix(o.At, 0)) < sameMoment
}

// photosJustOffered says whether photos wait for a word, which they do not do for ever.
func (r *run) photosJustOffered() bool {
	o := r.s.Offer
	return o.ofPhotos() && r.now().Sub(time.Unix(o.At, 0)) < inTheMiddle
}

// nudgePrompt offers to begin, now or later today if there is enough left of it.
func (r *run) nudgePrompt(o *Offer) prompt {
	p := prompt{text: r.nudgeWords(o), options: []option{{nowID, r.phrase("nudge-now", nil)}}}
	made := time.Unix(o.At, 0).In(r.now().Location())
	later := made.Add(laterToday)
	if later.Day() == made.Day() && !r.turn.Person.Quiet().Holds(later, later.Location()) {
		p.options = append(p.options, option{laterID, r.phrase("nudge-later", nil)})
	}
	p.options = append(p.options, option{leaveItID, r.phrase("nudge-skip", nil)})
	return p
}

// neutralNudge is the phrase that tells nothing.
const neutralNudge = "nudge"

// nudgePhrase is the one that what comes by itself is said by: by default it tells nothing.
func (r *run) nudgePhrase() string {
	if r.turn.Person.About[wordingFact] == plainWording {
		return "nudge-plain"
	}
	return neutralNudge
}

// nudgeWords tell nothing to somebody who sees the screen, unless the person wants it
// otherwise; of what is to leave no trace they never do. They take turns from one that comes
// to the next, and say what else waits.
func (r *run) nudgeWords(o *Offer) string {
	f, key := r.book.heading(o.Flow), r.nudgePhrase()
	if f == nil || f.unexported() {
		key = neutralNudge
	}
	if o.Behind && key == neutralNudge {
		return r.variedBy(max(o.Varied, 1), "nudge-next", nil)
	}
	n := uint64(len(r.book.phrases[key].in(r.language())))
	var extra scene
	if key != neutralNudge {
		extra = scene{"title": r.parkedTitle(o.Flow)}
	}
	text := r.phraseAt(key, int(o.Varied%n), extra)
	if o.Late {
		text += " " + r.phrase("nudge-late", nil)
	}
	if len(r.s.Queue) > 0 && !o.Behind {
		text += " " + r.phrase("nudge-more", nil)
	}
	return text
}

// putOff has a nudge come again later today, or when it is no longer quiet.
func (r *run) putOff(o *Offer) {
	at := r.now().Add(laterToday)
	at = r.turn.Person.Quiet().Until(at, at.Location())
	for i, p := range r.s.Pings {
		if p.Nudge == o.Text && p.About == o.About {
			r.s.Pings[i].Again = at.Unix()
		}
	}
	r.do(Snooze{ID: o.Text, About: o.About, Flow: o.Flow, At: at})
	r.tell("nudge-put-off", scene{"time": at.Format("15:04")})
}
