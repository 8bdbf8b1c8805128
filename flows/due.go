package flows

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// dueFor is for how many days after its day an item waits for a word about it.
const dueFor = 14

// due gives the open items of a kind for which today is the day, newest first: those
// that something comes back about today, and those whose own day it is, or was lately
// and nothing comes about them any more. What they have spoken of today is not, and
// nor are agreements, which have a register of their own, and what the other one has given
// and they have not taken up.
func (r *run) due(kind string) []Item {
	return slices.DeleteFunc(r.itemsIn(kind, openState), func(i Item) bool {
		return i.Kind == agreementKind || i.Kind == theirGoal || i.Kind == theirMilestone || IsPiece(i.Kind) || !r.comesToday(i.ID) && !r.waitsForWord(i) || r.spokenOf(i)
	})
}

// spokenEntries is how many entries of a day are looked through for an item.
const spokenEntries = 20

// spokenOf says whether an entry of today is about an item: it has the item among its
// values.
func (r *run) spokenOf(i Item) bool {
	return slices.ContainsFunc(r.turn.Facts.Entries(i.Kind, 0, spokenEntries), func(e Entry) bool {
		if daysBetween(e.At.In(r.now().Location()), r.now()) > 0 {
			return false
		}
		for _, v := range e.Values {
			if v == i.ID {
				return true
			}
		}
		return false
	})
}

// dueItems gives their ids.
func (r *run) dueItems(kind string) []string {
	var ids []string
	for _, i := range r.due(kind) {
		ids = append(ids, i.ID)
	}
	return ids
}

// comesToday says whether something comes back about an item today, or has come.
func (r *run) comesToday(item string) bool {
	return slices.ContainsFunc(r.turn.Facts.Nudges(), func(n Nudge) bool {
		if n.About != item {
			return false
		}
		o, ok := r.occasion(n.Rule, midnight(r.now()).Add(-1))
		return ok && o.Slot.Date() == r.today()
	})
}

// waitsForWord says whether an item's day is today, or has passed lately with nothing
// more to come. A milestone that has passed waits for nothing.
func (r *run) waitsForWord(i Item) bool {
	switch ago := r.sinceDay(i); {
	case ago == 0:
		return true
	case ago > dueFor || i.Kind == "milestone":
		return false
	}
	return r.nextDay(i.ID, "").IsZero()
}

// sinceDay counts the days since the latest day among an item's values that is not to
// come; never if there is none. What comes back once is gone when it has come, so the
// day it was for is looked up there.
func (r *run) sinceDay(i Item) int {
	ago := never
	for _, v := range i.Values {
		text, _ := v.(string)
		day, err := time.Parse(dateForm, text)
		if err != nil {
			continue
		}
		if n := daysBetween(day, r.now()); n >= 0 {
			ago = min(ago, n)
		}
	}
	return ago
}

// dueItem is one as a text sees it.
type dueItem struct {
	Text words
	Kind string
}

// Due gives the open items for which today is the day.
func (s scene) Due() []dueItem {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []dueItem{{"a promise", "A promise"}}
	}
	var out []dueItem
	for _, i := range r.due("") {
		out = append(out, dueItem{words(r.itemLabel(i)), r.phrase(kindPrefix+i.Kind, nil)})
	}
	return out
}

// Later gives what comes back later today, about no item, each with its time.
func (s scene) Later() []reminder {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []reminder{{"One good thing", "21:30"}}
	}
	var out []reminder
	for _, n := range r.turn.Facts.Nudges() {
		if minute, ok := r.comesLater(n); ok {
			out = append(out, reminder{r.book.heading(n.Flow).title.say(r, nil), fmt.Sprintf("%02d:%02d", minute/60, minute%60)})
		}
	}
	slices.SortStableFunc(out, func(a, b reminder) int { return cmp.Compare(a.When, b.When) })
	return out
}

// comesLater gives the minute of the day at which a nudge about no item comes later
// today. In a rest nothing comes, nor does what is
// silent, and in quiet hours it waits for their end.
func (r *run) comesLater(n Nudge) (minute int, ok bool) {
	if n.About != "" || r.book.heading(n.Flow) == nil || r.silent(n.Flow) || r.turn.Person.About[Pause] != "" {
		return 0, false
	}
	o, ok := r.occasion(n.Rule, r.now())
	if !ok || o.Slot.Date() != r.today() || r.turn.Person.Quiet().HoldsAt(o.Slot.Minute()) {
		return 0, false
	}
	return o.Slot.Minute(), true
}

// laterToday says whether something comes later today under an id, about no item.
func (r *run) laterToday(id string) bool {
	return slices.ContainsFunc(r.turn.Facts.Nudges(), func(n Nudge) bool {
		_, ok := r.comesLater(n)
		return ok && n.ID == id
	})
}

// daysAgo counts the days since a moment in Unix seconds.
func (r *run) daysAgo(at int64) int {
	return daysBetween(time.Unix(at, 0).In(r.now().Location()), r.now())
}
