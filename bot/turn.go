package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// tries is how often a turn that fails is taken before its event is put aside.
const tries = 3

var (
	// errDone says that the event was applied before, or is no longer to be.
	errDone = errors.New("event is done")
	// errMoved says that the address belongs to another person than when the
	// person was locked.
	errMoved = errors.New("address has moved")
)

// turn is one event on its way through a transaction: an inbound one, a wait that
// lapsed, or what came of fetching a photo.
type turn struct {
	Inbound
	source string         // with the ID, what is claimed
	person store.PersonID // whose it is; 0 for somebody new
	due    *store.Due     // the wait that lapsed; nil for another event
	// arrival is the photo that has come, or has not; nil for another event.
	arrival *arrival
	now     time.Time
	began   time.Time // when the event came in, by the real clock; zero for what no platform brought
	// mover is who comes to the chat by a code, in place of person, and code what they
	// come by; 0 in most turns.
	mover store.PersonID
	// inviter is who invites them, by the code that they come by; 0 in most turns.
	inviter store.PersonID
	code    string
	// instead is the phrase that answers the event, if no conversation is to have it.
	instead string
	// told says that it tells of news from the other side.
	told bool
	// unrequested says that it is of something that the person did not set.
	unrequested bool
}

// inbound says whether the person did something just now.
func (t turn) inbound() bool { return t.due == nil && t.arrival == nil }

// result is what a committed turn leaves to be done.
type result struct {
	rows []row           // to be handed to the sender
	hide []store.Address // chats in which what was said lately is taken out of sight
	// gone says that the person is deleted at the end of the turn.
	gone bool
	// farewell is what somebody hears who was deleted: nothing of theirs is left that
	// it could be kept with.
	farewell []Outbound
	// left are the chats that the person has left for another, or by being deleted.
	left     []store.Address
	next     time.Time // the earliest time that was set for anything; zero for none
	answered bool      // a message took the handle of the event
}

// handle gives the handle of the event to the first message that answers it.
func (r *result) handle(t turn) string {
	if r.answered {
		return ""
	}
	r.answered = true
	return t.Handle
}

// later notes that something is due at t.
func (r *result) later(t time.Time) {
	if r.next.IsZero() || t.Before(r.next) {
		r.next = t
	}
}

// handle makes one inbound event a turn. nil says that it is done with.
func (s *Service) handle(ctx context.Context, from *sender, in Inbound) error {
	if in.Unread != "" {
		return s.setAside(ctx, from, in)
	}
	began := time.Now()
	if err := from.room(ctx); err != nil {
		return err
	}
	in.Event = from.placedPhoto(in.Event)
	err := s.turnOf(ctx, turn{Inbound: in, source: from.name, began: began})
	if errors.Is(err, store.ErrCommit) {
		s.count.unsaved.Add(1)
		s.tellCannotSave(ctx, from, in)
	}
	return err
}

// turnOf takes the turn of an inbound event, under the lock of its person. The
// lock of the address keeps apart the first events of somebody new.
func (s *Service) turnOf(ctx context.Context, t turn) error {
	unlock, err := s.locks.lock(ctx, lockKey{address: t.From})
	if err != nil {
		return err
	}
	defer unlock()
	for {
		whose, err := s.whose(ctx, t)
		if err != nil {
			return err
		}
		if whose.person == 0 && whose.mover == 0 && whose.inviter == 0 && !s.letIn(ctx, &whose) {
			s.forget([]store.Address{t.From})
			return nil
		}
		whose.User = "" // it is not kept, not even when the event is put aside
		err = s.locked(ctx, whose)
		if !errors.Is(err, errMoved) {
			return err
		}
	}
}

// whose finds whose turn an event is.
func (s *Service) whose(ctx context.Context, t turn) (turn, error) {
	if code, ok := codeIn(t.Event); ok {
		return s.whoseCode(ctx, t, code)
	}
	err := s.store.View(ctx, func(r *store.Records) (err error) {
		t.person, _, err = r.FindPerson(t.From)
		return err
	})
	return t, err
}

// lockOf is the person whose lock a turn needs.
func (t turn) lockOf() store.PersonID {
	if t.mover != 0 {
		return t.mover // the one in their place has begun nothing that a lock is for
	}
	return t.person
}

// locked takes a turn and hands its messages over before the next turn of that
// person can begin, so that they enter the sender in the order of the commits.
func (s *Service) locked(ctx context.Context, t turn) error {
	if who := t.lockOf(); who != 0 {
		unlock, err := s.locks.person(ctx, who)
		if err != nil {
			return err
		}
		defer unlock()
	}
	t.now = s.clock.Now()
	done, err := s.take(ctx, t)
	if errors.Is(err, errDone) {
		s.noteDone(t)
		return nil
	}
	if err != nil {
		return err
	}
	s.hide(ctx, done.hide)
	if t.mover != 0 {
		s.takeBack(ctx, t.mover, done.left)
	}
	s.handOver(done.rows)
	s.sayFarewell(ctx, done.farewell)
	s.forget(done.left)
	s.alarm.by(done.next)
	return nil
}

// take commits a turn. If the turn itself fails three times, its event is put
// aside instead.
func (s *Service) take(ctx context.Context, t turn) (result, error) {
	settled := s.settler.board(t.person)
	var reason string
	for range tries {
		var done result
		var failed error
		err := s.update(ctx, func(r *store.Records) error {
			done = result{}
			failed = guard(func() error { return errors.Join(settleAll(r, settled), s.apply(r, t, &done)) })
			return failed
		})
		if err == nil {
			s.settler.drop(settled)
			s.noteTurn(t)
			return done, nil
		}
		if failed == nil || isOutside(failed) || errors.Is(err, store.ErrCommit) {
			s.settler.leave(settled)
			return result{}, err
		}
		reason = reasonOf(failed)
	}
	s.settler.leave(settled)
	return s.quarantine(ctx, t, reason)
}

// isOutside says that an error of a turn is not the turn's own fault.
func isOutside(err error) bool {
	return errors.Is(err, errDone) || errors.Is(err, errMoved) || errors.Is(err, store.ErrClosed) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// apply is a turn within its transaction.
func (s *Service) apply(r *store.Records, t turn, done *result) error {
	if err := claim(r, t); err != nil {
		return err
	}
	if t.mover != 0 {
		return s.arrive(r, t, done)
	}
	p, err := s.load(r, t)
	if err != nil {
		return err
	}
	if t.Gone {
		return markUnreachable(r, p.ID, t.From)
	}
	before := p
	w := work{s: s, r: r, t: t, p: &p, done: done}
	if t.inbound() && p.Unreachable {
		p.Unreachable, t.Event.Unreached = false, true
		if err := w.noticeAgain(time.Time{}); err != nil {
			return err
		}
	}
	if t.due == nil && !p.Met && s.door.isPhrase(t.Event) {
		t.Event = flows.Event{Kind: flows.Opened} // said twice: it is no answer either
	}
	return s.complete(w, t, before)
}

// complete lets an event happen and keeps the person as it leaves them, who were as
// before.
func (s *Service) complete(w work, t turn, before store.Person) error {
	if err := s.happen(w, t); err != nil {
		return err
	}
	if w.done.gone {
		w.done.rows, w.done.left = nil, w.p.Addresses
		return w.r.DeletePerson(w.p.ID)
	}
	if samePerson(before, *w.p) {
		return nil
	}
	return w.r.PutPerson(*w.p)
}

// happen does what an event leads to: mostly a step, with its effects.
func (s *Service) happen(w work, t turn) error {
	w.t = t
	if t.instead != "" {
		return w.sayPhrase(t.instead)
	}
	if err := w.settleNews(); err != nil {
		return err
	}
	if t.inviter != 0 {
		if err := w.invite(); err != nil {
			return err
		}
	}
	if own, err := w.ownDue(); own || err != nil {
		return err
	}
	if t.due != nil && t.due.Called() {
		if wanted, err := s.comeBack(w.r, &w.t, *w.p); err != nil || !wanted {
			return err
		}
	}
	if w.t.told {
		w.about(toldFact, w.t.now.UTC().Format(time.RFC3339))
	}
	if t.arrival != nil {
		var err error
		if w.t.Event, err = w.photoEvent(); err != nil {
			return err
		}
	}
	effects, err := s.step(w.r, w.t, *w.p)
	if err != nil {
		return err
	}
	for _, e := range effects {
		if err := w.do(e); err != nil {
			return err
		}
	}
	if w.t.told {
		return w.noticeAgain(w.t.now)
	}
	return nil
}

// claim takes the event for good, or fails with errDone.
func claim(r *store.Records, t turn) error {
	if t.due != nil {
		return claimDue(r, *t.due)
	}
	if t.arrival != nil {
		return claimPhoto(r, t.arrival.due)
	}
	fresh, err := r.Claim(t.source, t.ID, t.now)
	if err == nil && !fresh {
		return errDone
	}
	return err
}

// load gives the person of a turn, who is added if they are new. It fails with
// errMoved if the address is no longer theirs.
func (s *Service) load(r *store.Records, t turn) (store.Person, error) {
	if t.person == 0 {
		return s.addPerson(r, t)
	}
	p, err := r.Person(t.person)
	if errors.Is(err, store.ErrNotFound) && t.inbound() {
		return p, errMoved
	}
	if err == nil && t.inbound() && !slices.Contains(p.Addresses, t.From) {
		return p, errMoved
	}
	return p, err
}

func (s *Service) addPerson(r *store.Records, t turn) (store.Person, error) {
	_, found, err := r.FindPerson(t.From)
	if err != nil {
		return store.Person{}, err
	}
	if found {
		return store.Person{}, errMoved
	}
	return r.AddPerson(store.Person{
		Language: t.Language, Since: t.now, Addresses: []store.Address{t.From},
	})
}
