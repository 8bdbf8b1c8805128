package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kintsugi/flows/schedule"
)

// safety is all that is kept of the private safety check: how it stands, and two
// dates. No answer is ever kept.
type safety struct {
	state   string        // clear, worrying or unsaid; empty if they were never asked
	checked schedule.Date // the day of the last check
	reopens schedule.Date // after clear answers: when what is closed opens again; 0 for never
}

// The outcomes of a check.
const (
	clearCheck    = "clear"    // nothing to worry about
	worryingCheck = "worrying" // something: what involves the partner is closed
	unsaidCheck   = "unsaid"   // they would rather not say: a full answer
)

const (
	// reopensAfter is how many days after clear answers things open again that a
	// worrying one has closed.
	reopensAfter = 3
	// checkHolds is for how many days clear answers hold.
	checkHolds = 30
)

// after gives what is kept once a check has come out one way. Rather not saying opens
// nothing and closes nothing.
func (s safety) after(outcome string, today schedule.Date) safety {
	switch {
	case outcome == worryingCheck:
		return safety{state: worryingCheck, checked: today}
	case !s.closed(today):
		return safety{state: outcome, checked: today}
	case outcome == clearCheck && s.reopens == 0:
		return safety{state: worryingCheck, checked: today, reopens: today + reopensAfter}
	}
	s.checked = today
	return s
}

// closed says whether what involves the partner is closed.
func (s safety) closed(today schedule.Date) bool {
	return s.state == worryingCheck && (s.reopens == 0 || today < s.reopens)
}

// safe says whether the last check was clear, and not too long ago.
func (s safety) safe(today schedule.Date) bool {
	return s.state != "" && s.state != unsaidCheck && !s.closed(today) && s.age(today) <= checkHolds
}

// age is how many days ago the last check was.
func (s safety) age(today schedule.Date) int {
	if s.checked == 0 {
		return never
	}
	return int(today - s.checked)
}

// String gives it as it is kept: "worrying 2026-11-22 2026-11-25".
func (s safety) String() string {
	text := s.state + " " + s.checked.String()
	if s.reopens != 0 {
		text += " " + s.reopens.String()
	}
	return text
}

// readSafety reads what String wrote; whatever else is no check at all.
func readSafety(text string) safety {
	words := strings.Fields(text)
	if len(words) < 2 || !slices.Contains(checkOutcomes, words[0]) {
		return safety{}
	}
	s := safety{state: words[0]}
	s.checked, _ = schedule.ParseDate(words[1])
	if len(words) > 2 {
		s.reopens, _ = schedule.ParseDate(words[2])
	}
	return s
}

func (r *run) safety() safety { return readSafety(r.turn.Person.About[safetyFact]) }

// Closed says whether what involves the partner is closed for the person.
func (p Person) Closed(now time.Time) bool {
	return readSafety(p.About[safetyFact]).closed(schedule.DateOf(now, now.Location()))
}

// ClosedLike gives the person with what a check has closed for somebody else closed for
// them as well: who goes on from another account has answered in both.
func (p Person) ClosedLike(other Person) Person {
	fact := other.About[safetyFact]
	if readSafety(fact).state != worryingCheck {
		return p
	}
	return p.With(Know{Field: safetyFact, Value: fact})
}

// safetyBlock notes how a safety check came out.
type safetyBlock struct{ outcome string }

var checkOutcomes = []string{clearCheck, worryingCheck, unsaidCheck}

func (l *flowLoader) safety(_ *node, m *mapping) block {
	return &safetyBlock{oneOf(m, "safety", clearCheck, checkOutcomes)}
}

func (b *safetyBlock) take(r *run, n *node) (*node, bool) {
	r.know(safetyFact, textValue(fmt.Sprint(r.safety().after(b.outcome, r.today()))))
	return n.after, false
}

func (b *safetyBlock) leads(n *node) []lead { return onward(n) }
