package bot

import (
	"context"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// beginning is for how long somebody who keeps nothing counts as having just begun.
const beginning = 24 * time.Hour

// whoseCode finds whose turn an event is that holds a code. Of one for moving, it is the
// turn of the one for whom the code stands, who takes the place of somebody who has just
// begun. One that invites leads to a step. Any other is answered in place of a step.
func (s *Service) whoseCode(ctx context.Context, t turn, code string) (turn, error) {
	now := s.clock.Now()
	may := s.codes.left(t.From, now)
	var owner store.PersonID
	var begun bool
	err := s.store.View(ctx, func(r *store.Records) (err error) {
		if t.person, _, err = r.FindPerson(t.From); err != nil {
			return err
		}
		if begun, err = justBegun(r, t.person, now); err != nil || !may {
			return err
		}
		owner, _, err = r.FindCode(flows.MoveCode, code, now)
		return err
	})
	if errors.Is(err, store.ErrBroken) {
		owner, begun, err = 0, false, nil // a turn finds out what is broken
	}
	if err != nil {
		return t, err
	}
	if owner == 0 && may {
		t, err = s.comeBy(ctx, t, code, now)
		if err != nil || t.instead != "code-wrong" {
			return t, err
		}
		s.codes.use(t.From, now)
	}
	switch {
	case owner == 0:
		t.instead = "code-wrong"
	case owner == t.person:
		t.instead = "move-same"
	case !begun:
		t.instead = "move-own"
	default:
		t.mover, t.code = owner, code
	}
	return t, nil
}

// justBegun says whether nothing is kept of somebody that they would miss; nobody (0)
// misses nothing.
func justBegun(r *store.Records, id store.PersonID, now time.Time) (bool, error) {
	if id == 0 {
		return true, nil
	}
	p, err := r.Person(id)
	if err != nil || p.Met && now.Sub(p.Since) > beginning {
		return false, err
	}
	entries, err := r.CountEntries(id, "")
	if err != nil || entries > 0 {
		return false, err
	}
	items, err := r.Items(id, "")
	if err != nil || len(items) > 0 {
		return false, err
	}
	photos, _, err := r.CountPhotos(id)
	if err != nil || photos > 0 {
		return false, err
	}
	for _, at := range []store.Place{store.Beside, store.Before} {
		if _, stands, err := r.Member(id, at); err != nil || stands {
			return false, err
		}
	}
	nudges, err := r.Nudges(id)
	return len(nudges) == 0, err
}

// arrive moves a person to the chat that their code was sent from, and greets them there
// with what is open.
func (s *Service) arrive(r *store.Records, t turn, done *result) error {
	p, left, err := moveIn(r, t)
	if err != nil {
		return err
	}
	done.left = left
	for _, chat := range left {
		away := flows.Message{Text: s.steps.Phrase("moved-away", p.Language)}
		done.farewell = append(done.farewell, direct(chat, away))
	}
	done.later(t.now) // for what waited
	before := p
	w := work{s: s, r: r, t: t, p: &p, done: done}
	if err := w.sayPhrase("moved-here"); err != nil {
		return err
	}
	t.Event = flows.Event{Kind: flows.Opened}
	return s.complete(w, t, before)
}

// moveIn gives the person of a code as they are after the move, and the chats that they
// have left. It fails with errMoved if anything is not as it was when the code was looked
// up.
func moveIn(r *store.Records, t turn) (p store.Person, left []store.Address, err error) {
	if err := stillMoves(r, t); err != nil {
		return p, nil, err
	}
	if p, err = r.Person(t.mover); err != nil {
		return p, nil, err
	}
	if t.person != 0 {
		if p.About, err = replace(r, t.person, p); err != nil {
			return p, nil, err
		}
	}
	left, p.Addresses, p.Unreachable = p.Addresses, []store.Address{t.From}, false
	return p, left, errors.Join(r.PutPerson(p), r.DropCode(p.ID, flows.MoveCode), sendNow(r, p.ID, t.now))
}

// stillMoves fails with errMoved unless the code is still the mover's and the chat still
// that of the one in whose place they come.
func stillMoves(r *store.Records, t turn) error {
	owner, _, err := r.FindCode(flows.MoveCode, t.code, t.now)
	if err != nil {
		return err
	}
	here, _, err := r.FindPerson(t.From)
	if err != nil {
		return err
	}
	begun, err := justBegun(r, here, t.now)
	if err == nil && (owner != t.mover || here != t.person || !begun) {
		return errMoved
	}
	return err
}

// replace deletes somebody in whose place another person comes, and gives what is known
// about that one then.
func replace(r *store.Records, gone store.PersonID, p store.Person) (about map[string]string, err error) {
	g, err := r.Person(gone)
	if err != nil {
		return nil, err
	}
	return personOf(p).ClosedLike(personOf(g)).About, r.DeletePerson(gone)
}

// sendNow has all that somebody is owed be sent as soon as it can be: what it waited for
// was of another chat.
func sendNow(r *store.Records, p store.PersonID, now time.Time) error {
	for _, lane := range []store.Lane{store.ReplyLane, store.NudgeLane} {
		waiting, err := r.Take(p, lane, now.AddDate(100, 0, 0))
		if err != nil {
			return err
		}
		for _, m := range waiting {
			m.Attempts = 0
			if err := r.Park(m, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeBack takes what somebody is owed out of the hands of the senders of chats that they
// have left, but for what is being sent. The caller holds their lock.
func (s *Service) takeBack(ctx context.Context, p store.PersonID, left []store.Address) {
	for _, chat := range left {
		from := s.senders[chat.Platform]
		if from == nil {
			continue
		}
		rows := from.takeOff(p)
		if len(rows) == 0 {
			continue
		}
		now := s.clock.Now()
		err := s.update(ctx, func(r *store.Records) error {
			for _, w := range rows {
				if err := parkOne(r, w.Message, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil { // they stay attempting, and are looked at again at the next start
			s.log.Error("outbox can't be changed", "platform", from.name, "reason", reasonOf(err))
		}
	}
}

// takeOff takes rows off somebody's line, all but the one that is being sent.
func (s *sender) takeOff(p store.PersonID) (rows []row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lines[p]
	if l == nil {
		return nil
	}
	for lane := range l.rows {
		stays := 0
		if l.busy && l.lane == store.Lane(lane) {
			stays = 1
		}
		rows = append(rows, l.rows[lane][stays:]...)
		if store.Lane(lane) == store.NudgeLane {
			s.nudges -= len(l.rows[lane]) - stays
		}
		l.rows[lane] = l.rows[lane][:stays:stays]
	}
	s.forget(l)
	return rows
}
