package store

import (
	"fmt"
	"math"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// Nudge is something that comes back to a person by a rule of time. Its row is sealed,
// and nothing in it changes when it comes: only the time that it is due next does,
// which stands in the index of what is due.
type Nudge struct {
	// ID and About tell it from the person's other nudges: a fixed word such as
	// "gratitude", and the ID of what it is about, if it is about something.
	ID, About string
	Rule      string // when it comes back, as the caller writes rules
	Flow      string // what it leads to
	// Unrequested says that the person did not set it themselves.
	Unrequested bool
	// Loose says that nobody was promised the minute.
	Loose bool
}

// A nudge is due up to twice: when it comes next, and at a time that has come and waits
// for its turn. Each [Due.ID] is a letter and the nudge's hidden name.
const (
	armedPrefix  = "n"
	calledPrefix = "c"
)

// Armed says whether it is a nudge that is due.
func (d Due) Armed() bool { return d.leadsTo(armedPrefix) }

// Called says whether it is a nudge that was due, called by [Records.CallNudge].
func (d Due) Called() bool { return d.leadsTo(calledPrefix) }

// calledName gives the hidden name in the ID of a nudge that was called.
func calledName(id string) (name string, ok bool) {
	if !(Due{ID: id}).Called() {
		return "", false
	}
	return id[len(calledPrefix):], true
}

func (d Due) leadsTo(prefix string) bool {
	return len(d.ID) == len(prefix)+nameSize && strings.HasPrefix(d.ID, prefix)
}

// PutNudge keeps a nudge in place of one with the same ID about the same, and arms it
// for due; a zero due lets it sleep. It fails with [ErrNotFound] if there is no such
// person.
func (r *Records) PutNudge(p PersonID, n Nudge, due time.Time) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	name := r.nudgeName(p, n.ID, n.About)
	key := nudgeKey(p, name)
	if err := r.tx.Put(tableNudges, key, b.seal(tableNudges, key, n.encode())); err != nil {
		return err
	}
	return r.arm(p, name, due)
}

// MoveNudge sets when the nudge that was due comes next, and when it is to take its
// turn; with a zero time it doesn't.
func (r *Records) MoveNudge(d Due, next, turn time.Time) error {
	return r.changeDue(d.Person, armedPrefix+d.ID[1:], func(at *dueRow) {
		at[0] = noTime
		if !next.IsZero() {
			at[0] = next.UnixMilli()
		}
		if !turn.IsZero() {
			at[1] = turn.UnixMilli()
		}
	})
}

func (r *Records) arm(p PersonID, name string, due time.Time) error {
	if due.IsZero() {
		return r.DeleteDue(p, armedPrefix+name)
	}
	return r.PutDue(Due{At: due, Person: p, ID: armedPrefix + name})
}

// CallNudge has the nudge that a due row leads to take its turn at a time, apart from
// when it comes next.
func (r *Records) CallNudge(d Due, at time.Time) error {
	return r.PutDue(Due{At: at, Person: d.Person, ID: calledPrefix + d.ID[1:]})
}

// CallNudgeAgain has a person's nudge take its turn at a time, apart from when it comes
// next.
func (r *Records) CallNudgeAgain(p PersonID, n Nudge, at time.Time) error {
	return r.PutDue(Due{At: at, Person: p, ID: calledPrefix + r.nudgeName(p, n.ID, n.About)})
}

// UncallNudge has a person's nudge take no turn any more but when it comes next.
func (r *Records) UncallNudge(p PersonID, n Nudge) error {
	return r.DeleteDue(p, calledPrefix+r.nudgeName(p, n.ID, n.About))
}

// NudgeOf gives the nudge that a due row leads to, if there is one.
func (r *Records) NudgeOf(d Due) (n Nudge, found bool, err error) {
	if !d.Armed() && !d.Called() {
		return Nudge{}, false, nil
	}
	return r.nudge(d.Person, nudgeKey(d.Person, d.ID[1:]))
}

// Nudge gives a person's nudge, if they have it.
func (r *Records) Nudge(p PersonID, id, about string) (n Nudge, found bool, err error) {
	return r.nudge(p, nudgeKey(p, r.nudgeName(p, id, about)))
}

func (r *Records) nudge(p PersonID, key []byte) (n Nudge, found bool, err error) {
	sealed, err := r.tx.Get(tableNudges, key)
	if err != nil || sealed == nil {
		return Nudge{}, false, err
	}
	n, err = r.openNudge(p, key, sealed)
	return n, err == nil, err
}

// QuietNudge lets a person's nudge sleep, called or not, until it is put again.
func (r *Records) QuietNudge(p PersonID, n Nudge) error {
	return r.sleep(p, r.nudgeName(p, n.ID, n.About))
}

func (r *Records) sleep(p PersonID, name string) error {
	return r.changeDue(p, armedPrefix+name, func(at *dueRow) { *at = dueRow{noTime, noTime} })
}

// NudgeDue says when a person's nudge comes next; not found if it sleeps.
func (r *Records) NudgeDue(p PersonID, n Nudge) (at time.Time, found bool, err error) {
	return r.Due(p, armedPrefix+r.nudgeName(p, n.ID, n.About))
}

// NudgeCalled says when a person's nudge that has been called takes its turn, if it was
// called.
func (r *Records) NudgeCalled(p PersonID, n Nudge) (at time.Time, found bool, err error) {
	return r.Due(p, calledPrefix+r.nudgeName(p, n.ID, n.About))
}

// Nudges gives all nudges of a person, in an order that stays.
func (r *Records) Nudges(p PersonID) ([]Nudge, error) {
	keys, err := r.keysIn(tableNudges, prefixed(personKey(p)), math.MaxInt)
	if err != nil {
		return nil, err
	}
	var nudges []Nudge
	for _, key := range keys {
		n, _, err := r.nudge(p, key)
		if err != nil {
			return nil, err
		}
		nudges = append(nudges, n)
	}
	return nudges, nil
}

// DeleteNudge takes a nudge away. Taking away what was never there does nothing.
func (r *Records) DeleteNudge(p PersonID, id, about string) error {
	name := r.nudgeName(p, id, about)
	if err := r.sleep(p, name); err != nil {
		return err
	}
	return r.tx.Delete(tableNudges, nudgeKey(p, name))
}

func (r *Records) openNudge(p PersonID, key, sealed []byte) (Nudge, error) {
	b, err := r.box(p)
	if err != nil {
		return Nudge{}, err
	}
	row, err := b.open(tableNudges, key, sealed)
	if err != nil {
		return Nudge{}, fmt.Errorf("nudge: %w", err)
	}
	return decodeNudge(row)
}

// encode writes a nudge in the wire format of protocol buffers. The numbers of the
// fields are never reused.
func (n Nudge) encode() []byte {
	b := make([]byte, 0, 64)
	for i, text := range []string{n.ID, n.About, n.Rule, n.Flow} {
		b = appendText(b, protowire.Number(i+1), text)
	}
	b = appendWhole(b, 5, protowire.EncodeBool(n.Unrequested))
	return appendWhole(b, 6, protowire.EncodeBool(n.Loose))
}

// decodeNudge reads what encode wrote. The error is [ErrBroken].
func decodeNudge(row []byte) (n Nudge, err error) {
	err = eachField(row, func(num protowire.Number, whole uint64, text []byte) error {
		switch num {
		case 1:
			n.ID = string(text)
		case 2:
			n.About = string(text)
		case 3:
			n.Rule = string(text)
		case 4:
			n.Flow = string(text)
		case 5:
			n.Unrequested = protowire.DecodeBool(whole)
		case 6:
			n.Loose = protowire.DecodeBool(whole)
		}
		return nil
	})
	return n, err
}

func (r *Records) nudgeName(p PersonID, id, about string) string {
	return string(r.keys.nameKey(p, tableNudges, id, about))
}

func nudgeKey(p PersonID, name string) []byte { return append(personKey(p), name...) }
