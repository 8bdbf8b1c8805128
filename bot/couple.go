package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// yesLength is for how long a yes to an invitation waits for the one who invited.
const yesLength = 14 * 24 * time.Hour

// newsGap is the least time from one notice of news to the next: nobody can be flooded.
const newsGap = time.Hour

// newsLimit is how much of an inbox is looked at in a turn.
const newsLimit = 20

// newsValues are the words that come with news.
type newsValues struct {
	Text string `json:"text,omitempty"`
	From string `json:"from,omitempty"`

	Exchange uint64        `json:"exchange,omitempty"` // what is offered
	Flow     string        `json:"flow,omitempty"`     // where its question was put
	Step     string        `json:"step,omitempty"`
	Rule     exchange.Rule `json:"rule,omitempty"`
	Own      []string      `json:"own,omitempty"`
	Theirs   []string      `json:"theirs,omitempty"`

	Verdict   exchange.Verdict `json:"verdict,omitempty"`   // of how the person heard the other one
	Agreement *flows.Agreement `json:"agreement,omitempty"` // as it is now, on the receiver's side
}

// Couple is part of [flows.Facts].
func (f *facts) Couple() flows.Couple {
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

// News is part of [flows.Facts].
func (f *facts) News() []flows.News {
	found, err := f.r.NewsOf(f.person, newsLimit)
	f.note(err)
	var news []flows.News
	for _, n := range found {
		var v newsValues
		if json.Unmarshal(n.Values, &v) != nil {
			f.note(store.ErrBroken)
		}
		if n.At.After(f.now) { // it is to be handed out later
			continue
		}
		if v.Agreement != nil {
			v.Text = flows.AgreementID(v.Agreement.Exchange)
		}
		news = append(news, flows.News{
			ID: n.ID, At: n.At.In(f.zone), Kind: n.Kind, Text: v.Text, From: v.From,
			Flow: v.Flow, Step: v.Step, Rule: v.Rule, Own: v.Own, Theirs: v.Theirs, Verdict: v.Verdict,
		})
	}
	return news
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
	err = errors.Join(w.r.PutCouple(c), w.r.PutMember(w.p.ID, store.Beside, store.Member{Couple: c.ID, Partner: before.Partner, Since: w.t.now}))
	if err != nil {
		return err
	}
	stands, err := w.r.IsMember(c.People[1], store.Before, c.ID)
	if err != nil || !stands {
		return err
	}
	return w.tell(c.People[1], store.News{Kind: flows.NewsLinked, Couple: c.ID, At: w.t.now}, newsValues{})
}

// share gives words to the other one. Whoever has left gets none.
func (w work) share(text string) error {
	c, _, err := w.coupleAt(store.Beside)
	if err != nil {
		return err
	}
	other := c.People[0]
	if other == w.p.ID {
		other = c.People[1]
	}
	stands, err := w.r.IsMember(other, "", c.ID)
	if err != nil || !stands {
		return err
	}
	return w.tell(other, store.News{Kind: flows.NewsShare, Couple: c.ID, At: w.t.now}, newsValues{Text: text, From: w.p.About[flows.ShownName]})
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

// decline lets go of an invitation, and of the news of it.
func (w work) decline() error {
	before, found, err := w.r.Member(w.p.ID, store.Before)
	if err != nil || !found {
		return err
	}
	return errors.Join(w.r.DropMember(w.p.ID, store.Before), w.dropNews(before.Couple))
}

// unlink has the person stand beside nobody. On the other side nothing changes.
func (w work) unlink() error {
	beside, found, err := w.r.Member(w.p.ID, store.Beside)
	if err != nil || !found {
		return err
	}
	return errors.Join(w.r.DropMember(w.p.ID, store.Beside), w.dropNews(beside.Couple))
}

// dropNews takes what came of a couple out of the person's inbox.
func (w work) dropNews(c store.CoupleID) error {
	news, err := w.r.NewsOf(w.p.ID, newsLimit)
	if err != nil {
		return err
	}
	for _, n := range news {
		if n.Couple != c {
			continue
		}
		if err := w.r.DropNews(w.p.ID, n.ID); err != nil {
			return err
		}
	}
	return nil
}

// tell puts something into somebody's inbox, and has them told that there is something.
func (w work) tell(p store.PersonID, n store.News, v newsValues) error {
	values, err := json.Marshal(v)
	if err != nil {
		return errors.New("news can't be encoded")
	}
	n.Values = values
	row, err := w.r.Person(p)
	if err != nil {
		return err
	}
	if err := w.r.AddNews(p, n); err != nil || row.About[flows.Pause] != "" {
		return err
	}
	return w.notice(p, timeOf(n, n.At, row.About[toldFact]))
}

// toldFact is when somebody was last told that there is news.
const toldFact = "told"

// answersTo are the kinds of news that answer something the person did, so that the other
// side can't flood them with it.
var answersTo = []string{flows.NewsYes, flows.NewsLinked, flows.NewsRevealed, flows.NewsRelay, flows.NewsHeard,
	flows.NewsCounter, flows.NewsAccepted, flows.NewsDeclined}

// timeOf gives when somebody is told of news at the soonest. What the other side does alone
// comes far enough from when they were told last; an answer comes at its time.
func timeOf(n store.News, at time.Time, told string) time.Time {
	last, err := time.Parse(time.RFC3339, told)
	if err == nil && !slices.Contains(answersTo, n.Kind) && at.Before(last.Add(newsGap)) {
		return last.Add(newsGap)
	}
	return at
}

// partnerNudge is what tells somebody that there is news.
var partnerNudge = store.Nudge{ID: flows.PartnerNudge, Flow: flows.OpensNews}

// notice has somebody told at a time, unless they are to be told earlier already.
func (w work) notice(p store.PersonID, at time.Time) error {
	called, found, err := w.r.NudgeCalled(p, partnerNudge)
	if err != nil || found && !at.Before(called) {
		return err
	}
	w.done.later(at)
	return errors.Join(w.r.PutNudge(p, partnerNudge, time.Time{}), w.r.CallNudgeAgain(p, partnerNudge, at))
}

// noticeAgain has the person told of what there is, now or when it is handed out. It is
// looked at after they could not be told for a while, and after they were told of
// something else.
func (w work) noticeAgain(after time.Time) error {
	news, err := w.r.NewsOf(w.p.ID, newsLimit)
	if err != nil {
		return err
	}
	for _, n := range news {
		if !n.At.After(after) {
			continue
		}
		at := n.At
		if at.Before(w.t.now) {
			at = w.t.now
		}
		if err := w.notice(w.p.ID, timeOf(n, at, w.p.About[toldFact])); err != nil {
			return err
		}
	}
	return nil
}

// noticeLost has somebody told once more that there is news, if what may have told them of
// it is given up.
func (s *Service) noticeLost(r *store.Records, m store.Message, now time.Time) error {
	if m.Lane != store.NudgeLane {
		return nil
	}
	p, err := r.Person(m.Person)
	if err != nil || p.About[flows.Pause] != "" {
		return err
	}
	var left result // the first round looks at what is due by itself
	return work{s: s, r: r, t: turn{now: now}, p: &p, done: &left}.noticeAgain(time.Time{})
}

// settleNews takes over what the other side has decided, at the beginning of a turn: the
// person stands where the news says they do. News of a couple that they have left is
// nothing to them.
func (w work) settleNews() error {
	news, err := w.r.NewsOf(w.p.ID, newsLimit)
	if err != nil || len(news) == 0 {
		return err
	}
	if err := w.settleAgreements(news); err != nil {
		return err
	}
	for _, n := range news {
		stays, err := w.settle(n)
		if err == nil && !stays {
			err = w.r.DropNews(w.p.ID, n.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settle takes over one piece of news, and says whether there is anything to tell of it.
func (w work) settle(n store.News) (stays bool, err error) {
	c, err := w.r.Couple(n.Couple)
	if errors.Is(err, store.ErrNotFound) { // everybody has left
		return false, nil
	}
	if err != nil {
		return false, err
	}
	switch n.Kind {
	case flows.NewsYes:
		return w.settleYes(c)
	case flows.NewsLinked:
		return w.settleLinked(c)
	case flows.NewsOffer, flows.NewsRelay:
		return w.settleOffer(n)
	}
	if flows.OfAgreement(n.Kind) {
		return w.agreementStays(n)
	}
	return w.r.IsMember(w.p.ID, store.Beside, c.ID)
}

// settleYes says whether a yes still asks for anything.
func (w work) settleYes(c store.Couple) (stays bool, err error) {
	if c.Linked || !w.t.now.Before(c.Until) {
		return false, nil
	}
	return w.r.IsMember(w.p.ID, store.Before, c.ID)
}

// settleOffer looks whether what came still waits for something of the person's.
func (w work) settleOffer(n store.News) (stays bool, err error) {
	var v newsValues
	if json.Unmarshal(n.Values, &v) != nil {
		return false, store.ErrBroken
	}
	if n.Kind == flows.NewsRelay {
		return w.settleRelay(n, v)
	}
	all, err := reveals(w.r, w.p.ID, w.t.now)
	if err != nil {
		return false, err
	}
	for _, o := range all {
		if o.kept.ID == v.Exchange && !o.over(w.t.now) {
			return o.Reveal.Answers[o.sideOf(w.p.ID)] == nil, nil
		}
	}
	return false, nil
}

// settleLinked has the person stand beside the one who invited them.
func (w work) settleLinked(c store.Couple) (stays bool, err error) {
	before, found, err := w.r.Member(w.p.ID, store.Before)
	if err != nil {
		return false, err
	}
	if found && before.Couple == c.ID {
		before.Since = w.t.now
		return true, w.r.PutMember(w.p.ID, store.Beside, before)
	}
	return w.r.IsMember(w.p.ID, store.Beside, c.ID)
}
