package flows

import (
	"slices"
	"strings"
	"time"

	"kintsugi/flows/coach"
	"kintsugi/flows/schedule"
)

// The crisis floor: whatever a person writes is read for danger before anything else
// looks at it. What it finds opens the flow that has a `crisis`, in front of everything.
// Nothing of it is kept, and nobody else hears of it.

// retractedID is the option of a question in that flow for "I didn't mean it like that":
// such words are read as that option.
const retractedID = "retracted"

// indexCrisis finds the flow that a danger opens. There is one, or none.
func (b *Book) indexCrisis(f *Heading) {
	switch {
	case f.crisis == "":
	case !f.Strangers:
		b.fault(f, 1, "a flow that answers a crisis has to be open to strangers")
	case b.floor != "":
		b.fault(f, 1, "the flow %s answers a crisis too", b.floor)
	default:
		b.floor = f.ID
	}
}

// catches reads what the person wrote for danger, and says whether that was all there
// is to do in this turn.
func (r *run) catches(text string) bool {
	if r.book.floor == "" || text == "" || r.isOption(text) || r.isPlain(text) {
		return false
	}
	d := coach.English().Danger(text)
	switch {
	case d.Crisis == coach.NoCrisis:
		return r.onFloor() && d.Retracted && r.retracts()
	case r.onFloor():
		if !r.anotherDay() && !r.metAnew() {
			return false
		}
	case r.s.Front != nil && r.urgent() && !r.anotherDay():
		// The numbers have just been said there: they are not said over again.
		r.lead(r.emergency())
		return false
	}
	r.fall(d, text)
	return true
}

// isOption says whether a text is an option of the open question, to the letter: those are
// our words ("I worry what I might do"), and lead where they should.
func (r *run) isOption(text string) bool {
	if r.s.Front == nil || r.flow() == nil {
		return false
	}
	n := r.flow().stands(r.frame().Step)
	if n == nil || !waits(n.block) || r.s.Front.Form != n.block.(waiter).form() {
		return false
	}
	return slices.ContainsFunc(n.block.(waiter).prompt(r, n).options, func(o option) bool {
		return strings.EqualFold(o.label, strings.TrimSpace(text))
	})
}

// onFloor says whether the flow that answers a crisis is in front.
func (r *run) onFloor() bool {
	return r.s.Front != nil && r.s.Front.bottom().Flow == r.book.floor
}

// A day begins at five in the morning for whoever has been awake, and a night is over after
// three hours of it.
const (
	dayBegins = 5 * time.Hour
	nightOver = 3 * time.Hour
)

// anotherDay says whether what is in front was left on another day, or long ago.
func (r *run) anotherDay() bool {
	if r.s.Front == nil {
		return false
	}
	left := time.Unix(r.s.Front.At, 0).In(r.now().Location())
	if r.now().Sub(left) < nightOver {
		return false
	}
	day := func(t time.Time) schedule.Date { return schedule.DateOf(t.Add(-dayBegins), t.Location()) }
	return r.away() || day(left) != day(r.now())
}

// metAnew says whether somebody has come back to the flow that answers a crisis, and hasn't
// said yet how it is now.
func (r *run) metAnew() bool {
	name := r.book.heading(r.book.floor).anotherDay
	return name != "" && r.onFloor() && r.s.Front.bottom().Vars.get(name).truth()
}

// meetsAnew meets somebody who comes back on another day to the flow that answers a crisis:
// it begins again, and knows that. It says whether it did.
func (r *run) meetsAnew() bool {
	f := r.book.heading(r.book.floor)
	if f == nil || f.anotherDay == "" || !r.onFloor() || !r.anotherDay() || r.s.Offer != nil {
		return false
	}
	danger := r.s.Front.bottom().Vars.get(f.crisis)
	r.park(false)
	r.s.Begun++
	r.s.Front = &Conversation{ID: r.s.Begun, At: r.now().Unix()}
	r.advance(r.push(f.ID, Answers{}.set(f.crisis, danger).set(f.anotherDay, truthValue(true))))
	return true
}

// urgent says whether the flow in front began with numbers to ring.
func (r *run) urgent() bool {
	f := r.book.heading(r.s.Front.bottom().Flow)
	return f != nil && f.Urgent
}

// retracts takes words such as "just being dramatic" for an answer, where there is one
// for them.
func (r *run) retracts() bool {
	if n := r.here(""); n != nil {
		if a, ok := n.block.(*ask); ok && hasOption(a.kind.prompt(r, a).options, retractedID) {
			r.hear(n, heard{option: retractedID})
			return true
		}
	}
	return false
}

// fall begins the flow that answers a crisis. What was in front is set aside with the
// words, which may be the answer to it; words that belong to nothing are offered to be
// kept once the flow is over.
func (r *run) fall(d coach.Danger, text string) {
	if o := r.s.Offer; o != nil {
		if o.holdsWords() {
			r.unplace(o.Text)
		}
		r.dropOffer()
	}
	_, command := commandIn(text)
	switch {
	case r.s.Front != nil:
		if !command {
			r.s.Front.Held = text
		}
		r.park(true)
	case isLong(text) && !command:
		r.unplace(text)
	}
	f := r.book.flow(r.book.floor)
	r.s.Begun++
	r.s.Front = &Conversation{ID: r.s.Begun, At: r.now().Unix()}
	r.closeQuestion()
	r.advance(r.push(f.ID, Answers{}.set(f.crisis, textValue(string(d.Crisis)))))
	r.afterwards()
}

// offerHeld offers to take the words that were held when a conversation was set aside as
// the answer to its question, if it takes words. It says whether there were any to offer.
func (r *run) offerHeld() bool {
	text := r.s.Front.Held
	r.s.Front.Held = ""
	if text == "" || r.s.Front.Form == "" {
		return false // what they were in leaves no trace, and is begun anew
	}
	n := r.here("")
	if n == nil {
		return true
	}
	switch b := n.block.(type) {
	case *coaching: // words of danger are not coached
		r.lead(r.phrase("held-draft", nil))
	case *ask:
		switch b.kind.(type) {
		case textKind, listKind:
			r.offer(&Offer{Kind: heldBackOffer, Text: text})
			return true
		}
	}
	return false
}
