package flows

import (
	"slices"
	"time"
)

// Thanks is what a share is about that comes of something the other one did.
const Thanks = "thanks"

// ReadIt is what a share is about that says of another that it was read, and no more. Nobody is
// asked whether they want to say that back.
const ReadIt = "read"

// gatheringNudge is the id of what brings the thanks of a week together.
const gatheringNudge = "gathering"

// The kinds of entry with what the person has given the other one, and what they were
// given. That is the other one's, and in no export.
const (
	sharedKind   = "shared"
	receivedKind = "received"
)

// aboutValue and whoValue are the values of such an entry with what it is about, and of
// one received with what its giver is called.
const (
	aboutValue = "about"
	whoValue   = "who"
)

// thankYou is a thank-you as a text sees it.
type thankYou struct {
	Day  string
	Text words
	Mine bool
	Who  string // who gave it, if it is not the person's own and they have a name

	at time.Time
}

// thanksBetween gives the thanks that the person has given and been given from one time
// on and before another, the oldest first. They are the person's own entries, whatever
// the other one has kept.
func (r *run) thanksBetween(from, to time.Time) []thankYou {
	var out []thankYou
	for _, kind := range []string{sharedKind, receivedKind} {
		for _, e := range r.entriesSince(kind, from) {
			if !e.At.Before(to) || e.Values[aboutValue] != Thanks {
				continue
			}
			who, _ := e.Values[whoValue].(string)
			out = append(out, thankYou{
				Day: r.day(e.At.In(r.now().Location())), Text: words(e.Text), Mine: kind == sharedKind, Who: who, at: e.At,
			})
		}
	}
	slices.SortStableFunc(out, func(a, b thankYou) int { return a.at.Compare(b.at) })
	return out
}

// entriesAtOnce is how many entries are read at a time.
const entriesAtOnce = 20

// entriesSince gives the entries of a kind from a time on, and reads few others.
func (r *run) entriesSince(kind string, from time.Time) (out []Entry) {
	for {
		found := r.turn.Facts.Entries(kind, len(out), entriesAtOnce)
		for _, e := range found {
			if e.At.Before(from) {
				return out
			}
			out = append(out, e)
		}
		if len(found) < entriesAtOnce {
			return out
		}
	}
}

// gatheringBegins is from when on thanks are gathered: since the time of the last
// gathering but this one, or for seven days, and not from before the two were linked.
func (r *run) gatheringBegins() time.Time {
	begins := r.now().AddDate(0, 0, -7)
	for _, n := range r.turn.Facts.Nudges() {
		if n.ID != gatheringNudge {
			continue
		}
		// Once a week it comes: this one is in the seven days up to now, and the last one
		// the first in the seven before those.
		if last, ok := r.occasion(n.Rule, r.now().AddDate(0, 0, -14)); ok && last.At.Before(begins) {
			begins = last.At
		}
	}
	if c := r.turn.Facts.Couple(); c.Linked && c.Since.After(begins) {
		begins = c.Since
	}
	return begins
}

// gathered gives the thanks of the gathering, or those from before it.
func (r *run) gathered(when string) []thankYou {
	begins := r.gatheringBegins()
	if when == "before" {
		return r.thanksBetween(time.Time{}, begins)
	}
	return r.thanksBetween(begins, r.now().Add(time.Minute)) // an entry may be of this moment
}

// countGathered is how many there are, as expressions see it.
func (r *run) countGathered(when string) int { return len(r.gathered(when)) }

// Gathered gives a page of them, the oldest first; the first page is of the newest.
func (s scene) Gathered(when string, number any, size int) []thankYou {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []thankYou{{"Thursday 1 January", "a text", false, "Ben", time.Time{}}}
	}
	all := r.gathered(when)
	to := max(0, len(all)-(wholeNumber(number)-1)*size)
	return all[max(0, to-size):to]
}
