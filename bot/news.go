package bot

import (
	"encoding/json"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// newsGap is the least time from one notice of news to the next: nobody can be flooded.
const newsGap = time.Hour

// newsLimit is how much of an inbox is looked at in a turn.
const newsLimit = 20

// newsValues are the words that come with news.
type newsValues struct {
	Text  string `json:"text,omitempty"`
	From  string `json:"from,omitempty"`
	About string `json:"about,omitempty"`

	Exchange uint64        `json:"exchange,omitempty"` // what is offered
	Flow     string        `json:"flow,omitempty"`     // where its question was put
	Step     string        `json:"step,omitempty"`
	Rule     exchange.Rule `json:"rule,omitempty"`
	Own      []string      `json:"own,omitempty"`
	Theirs   []string      `json:"theirs,omitempty"`

	Verdict   exchange.Verdict `json:"verdict,omitempty"`   // of how the person heard the other one
	Agreement *flows.Agreement `json:"agreement,omitempty"` // as it is now, on the receiver's side
	Given     *flows.Given     `json:"given,omitempty"`
	Shared    uint64           `json:"shared,omitempty"` // what was given that a question is about
}

func (f *facts) readNews() []flows.News {
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
		switch {
		case v.Agreement != nil:
			v.Text = flows.AgreementID(v.Agreement.Exchange)
		case v.Given != nil && v.Given.OfPiece():
			n.Kind = flows.NewsBoard
		case v.Given != nil:
			v.Text = flows.CopyID(v.Given.Exchange)
		case n.Kind == flows.NewsTakenUp:
			v.Shared = v.Exchange
		}
		news = append(news, flows.News{
			ID: n.ID, At: n.At.In(f.zone), Kind: n.Kind, Text: v.Text, From: v.From, About: v.About,
			Flow: v.Flow, Step: v.Step, Rule: v.Rule, Own: v.Own, Theirs: v.Theirs, Verdict: v.Verdict,
			Given: v.Shared,
		})
	}
	return news
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
// Whoever does not stand with the couple any more gets nothing, and nobody learns of that.
func (w work) tell(p store.PersonID, n store.News, v newsValues) error {
	values, err := json.Marshal(v)
	if err != nil {
		return errors.New("news can't be encoded")
	}
	n.Values = values
	if stands, err := w.r.IsMember(p, "", n.Couple); err != nil || !stands {
		return err
	}
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

// timeOf gives when somebody is told of news at the soonest. What the other side does alone
// comes far enough from when they were told last; an answer comes at its time.
func timeOf(n store.News, at time.Time, told string) time.Time {
	last, err := time.Parse(time.RFC3339, told)
	if err == nil && !flows.IsAnswer(n.Kind) && at.Before(last.Add(newsGap)) {
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
	if err := w.settleGiven(news); err != nil {
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
	if flows.OfGiven(n.Kind) {
		return w.givenStays(n)
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
	o, found, err := revealOf(w.r, w.p.ID, v.Exchange, w.t.now)
	if err != nil || !found || o.over(w.t.now) {
		return false, err
	}
	known, err := w.hasOwn(o.About)
	return known && o.Reveal.Answers[o.people.of(w.p.ID)] == nil, err
}

// settleLinked has the person stand beside the one who invited them.
func (w work) settleLinked(c store.Couple) (stays bool, err error) {
	before, found, err := w.r.Member(w.p.ID, store.Before)
	if err != nil {
		return false, err
	}
	if found && before.Couple == c.ID {
		before.Since = w.t.now
		return true, errors.Join(w.leaveBoard(c.ID), w.r.PutMember(w.p.ID, store.Beside, before))
	}
	return w.r.IsMember(w.p.ID, store.Beside, c.ID)
}
