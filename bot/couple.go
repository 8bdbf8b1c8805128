package bot

import (
	"context"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// yesLength is for how long a yes to an invitation waits for the one who invited.
const yesLength = 14 * 24 * time.Hour

func (f *facts) readCouple() flows.Couple {
	c := flows.Couple{Invitation: flows.NoInvitation}
	beside, found, err := f.r.Member(f.person, store.Beside)
	f.note(err)
	if found {
		c.Linked, c.Partner, c.Since = true, beside.Partner, beside.Since.In(f.zone)
	}
	if f.invitation(&c) {
		return c
	}
	until, found, err := f.r.CodeUntil(f.person, flows.LinkCode)
	f.note(err)
	if found && f.now.Before(until) {
		c.Invitation, c.Until = flows.InviteOut, until.In(f.zone)
	}
	return c
}

// invitation says how one stands that has two sides already, if there is one.
func (f *facts) invitation(c *flows.Couple) bool {
	before, found, err := f.r.Member(f.person, store.Before)
	f.note(err)
	if err != nil || !found {
		return false
	}
	couple, err := f.r.Couple(before.Couple)
	f.note(err)
	if err != nil || couple.Linked || !f.now.Before(couple.Until) {
		return false
	}
	c.Other, c.Until = before.Partner, couple.Until.In(f.zone)
	switch {
	case couple.People[0] == f.person:
		c.Invitation = flows.InviteYes
	case couple.Agreed:
		c.Invitation = flows.InviteWaits
	default:
		c.Invitation = flows.InviteCame
	}
	return true
}

// comeBy finds out whether somebody has come by the code of another, who invites them.
// Every code that leads nowhere is answered alike. One of the partner's own invites anew:
// any other answer would tell whether the partner is still there.
func (s *Service) comeBy(ctx context.Context, t turn, code string, now time.Time) (turn, error) {
	var inviter store.PersonID
	err := s.store.View(ctx, func(r *store.Records) (err error) {
		inviter, _, err = r.FindCode(flows.LinkCode, code, now)
		return err
	})
	switch {
	case err != nil:
		return t, err
	case inviter != 0 && inviter == t.person:
		t.instead = "link-same"
	case inviter == 0:
		t.instead = "code-wrong"
	default:
		t.inviter, t.code = inviter, code
		t.Event = flows.Event{Kind: flows.Invited}
	}
	return t, nil
}

// invite has the person stand before a couple with the one whose code they came by. The
// code is used; the one who made it is not told. It fails with errMoved if the code has
// been used meanwhile.
func (w work) invite() error {
	inviter, _, err := w.r.FindCode(flows.LinkCode, w.t.code, w.t.now)
	if err != nil {
		return err
	}
	until, _, err := w.r.CodeUntil(inviter, flows.LinkCode)
	if err != nil {
		return err
	}
	if inviter == 0 || inviter != w.t.inviter {
		return errMoved
	}
	p, err := w.r.Person(inviter)
	if err != nil {
		return err
	}
	c, err := w.r.AddCouple(store.Couple{People: [2]store.PersonID{inviter, w.p.ID}, Until: until})
	if err != nil {
		return err
	}
	return errors.Join(
		w.r.UseCode(flows.LinkCode, w.t.code),
		w.r.PutMember(w.p.ID, store.Before, store.Member{Couple: c.ID, Partner: p.About[flows.ShownName], Since: w.t.now}))
}

// agree says yes to an invitation. The one who sent it stands before the couple as well
// from now on, and is told, unless they have taken it back or made another one since. That
// row is written here, as an inbox is, so that the yes is theirs even if it is taken back
// before they have heard of it.
func (w work) agree() error {
	c, _, err := w.coupleAt(store.Before)
	if err != nil {
		return err
	}
	inviter := c.People[0]
	until, out, err := w.r.CodeUntil(inviter, flows.LinkCode)
	if err != nil {
		return err
	}
	stands := out && until.Equal(c.Until) && w.t.now.Before(c.Until)
	c.Agreed, c.Until = true, w.t.now.Add(yesLength)
	if err := w.r.PutCouple(c); err != nil || !stands {
		return err
	}
	name := w.p.About[flows.ShownName]
	return errors.Join(
		w.r.DropCode(inviter, flows.LinkCode),
		w.r.PutMember(inviter, store.Before, store.Member{Couple: c.ID, Partner: name, Since: w.t.now}),
		w.tell(inviter, store.News{Kind: flows.NewsYes, Couple: c.ID, At: w.t.now}, newsValues{From: name}))
}

// link has the one who invited stand beside the one who said yes.
func (w work) link() error {
	c, before, err := w.coupleAt(store.Before)
	if err != nil {
		return err
	}
	c.Linked = true
	err = errors.Join(w.leaveBoard(c.ID), w.r.PutCouple(c), w.r.PutMember(w.p.ID, store.Beside, store.Member{Couple: c.ID, Partner: before.Partner, Since: w.t.now}))
	if err != nil {
		return err
	}
	return w.tell(c.People[1], store.News{Kind: flows.NewsLinked, Couple: c.ID, At: w.t.now}, newsValues{})
}

// share gives words to the other one.
func (w work) share(e flows.Share) error {
	c, _, err := w.coupleAt(store.Beside)
	if err != nil {
		return err
	}
	return w.tell(c.Other(w.p.ID), store.News{Kind: flows.NewsShare, Couple: c.ID, At: w.t.now}, newsValues{Text: e.Text, About: e.About, From: w.p.About[flows.ShownName]})
}

func (w work) coupleAt(at store.Place) (store.Couple, store.Member, error) {
	m, found, err := w.r.Member(w.p.ID, at)
	if err == nil && !found {
		err = store.ErrNotFound
	}
	if err != nil {
		return store.Couple{}, m, err
	}
	c, err := w.r.Couple(m.Couple)
	return c, m, err
}

// decline lets go of an invitation, and of the news of it. What they have not heard of yet
// keeps nobody from taking a yes back: if they are linked by it, they are no more.
func (w work) decline() error {
	before, found, err := w.r.Member(w.p.ID, store.Before)
	if err != nil {
		return err
	}
	if !found {
		return w.unlinkUnheard()
	}
	return errors.Join(w.r.DropMember(w.p.ID, store.Before), w.dropNews(before.Couple))
}

// unlinkUnheard has the person stand beside nobody, if they have not heard yet that they are
// linked.
func (w work) unlinkUnheard() error {
	beside, found, err := w.r.Member(w.p.ID, store.Beside)
	if err != nil || !found {
		return err
	}
	news, err := w.r.NewsOf(w.p.ID, newsLimit)
	if err != nil {
		return err
	}
	for _, n := range news {
		if n.Kind == flows.NewsLinked && n.Couple == beside.Couple {
			return w.unlink()
		}
	}
	return nil
}

// unlink has the person stand beside nobody. On the other side nothing changes.
func (w work) unlink() error {
	beside, found, err := w.r.Member(w.p.ID, store.Beside)
	if err != nil || !found {
		return err
	}
	return errors.Join(w.leaveBoard(0), w.r.DropMember(w.p.ID, store.Beside), w.dropNews(beside.Couple))
}
