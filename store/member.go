package store

import (
	"errors"
	"time"
)

// Place is where somebody stands with a couple. A person has one couple at each.
type Place string

// The places.
const (
	// Beside is being linked, as far as the person knows.
	Beside Place = "beside"
	// Before is an invitation that the person sent or came by.
	Before Place = "before"
)

func places() []Place { return []Place{Beside, Before} }

// Member is one person's side of a couple.
type Member struct {
	Couple  CoupleID
	Partner string    // what the other one is called, as they chose
	Since   time.Time // when this side began
}

type memberRow struct {
	Couple  CoupleID `json:"c"`
	Partner string   `json:"p,omitempty"`
	Since   int64    `json:"s"` // Unix milliseconds
}

// PutMember has a person stand at a place, and nowhere else with that couple. They leave
// the couple that they stood there with.
func (r *Records) PutMember(p PersonID, at Place, m Member) error {
	b, err := r.box(p)
	if err != nil {
		return err
	}
	for _, other := range places() {
		had, found, err := r.Member(p, other)
		if err != nil {
			return err
		}
		switch {
		case found && had.Couple == m.Couple:
			if err := r.tx.Delete(tableMembers, r.keys.memberKey(p, other)); err != nil {
				return err
			}
		case found && other == at:
			if err := r.DropMember(p, at); err != nil {
				return err
			}
		}
	}
	key := r.keys.memberKey(p, at)
	sealed, err := sealJSON(b, tableMembers, key, &memberRow{Couple: m.Couple, Partner: m.Partner, Since: m.Since.UnixMilli()})
	if err != nil {
		return err
	}
	return r.tx.Put(tableMembers, key, sealed)
}

// Member gives where a person stands, if they stand there.
func (r *Records) Member(p PersonID, at Place) (m Member, found bool, err error) {
	key := r.keys.memberKey(p, at)
	sealed, err := r.tx.Get(tableMembers, key)
	if err != nil || sealed == nil {
		return Member{}, false, err
	}
	b, err := r.box(p)
	if err != nil {
		return Member{}, false, err
	}
	var row memberRow
	if err := openJSON(b, tableMembers, key, sealed, &row); err != nil {
		return Member{}, false, err
	}
	return Member{Couple: row.Couple, Partner: row.Partner, Since: time.UnixMilli(row.Since).UTC()}, true, nil
}

// IsMember says whether a person stands with a couple, at a place or, for "", at any.
func (r *Records) IsMember(p PersonID, at Place, c CoupleID) (bool, error) {
	for _, other := range places() {
		if at != "" && other != at {
			continue
		}
		m, found, err := r.Member(p, other)
		if err != nil || found && m.Couple == c {
			return found && m.Couple == c, err
		}
	}
	return false, nil
}

// DropMember has a person stand at a place no more, and takes back their words that were not
// given away. Nothing of the other's side changes; the last one to leave a couple takes it
// along. Leaving where one does not stand does
// nothing.
func (r *Records) DropMember(p PersonID, at Place) error {
	m, found, err := r.Member(p, at)
	if err != nil || !found {
		return err
	}
	if err := errors.Join(r.tx.Delete(tableMembers, r.keys.memberKey(p, at)), r.dropWordsOf(p, m.Couple)); err != nil {
		return err
	}
	return r.dropEmpty(m.Couple)
}

// leaveAll has a person who is being deleted leave every couple. One that can't be read
// stays behind, with nobody's words in it.
func (r *Records) leaveAll(p PersonID) error {
	for _, at := range places() {
		if err := r.DropMember(p, at); err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

func (k *keys) memberKey(p PersonID, at Place) []byte {
	return append(personKey(p), k.nameKey(p, tableMembers, string(at))...)
}
