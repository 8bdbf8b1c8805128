package bot

import (
	"encoding/json"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
	"kintsugi/flows/schedule"
	"kintsugi/store"
)

// agreementKind is the kind of exchange that is an agreement. What the couple keeps of one
// holds no words. Each of the two has a copy that does, as an item of their own: it is what
// they see, and stays as it is whatever the other one deletes. News of a move is written
// into the copy at the beginning of the receiver's next turn, before it is told, so that a
// copy is never behind what its owner can act on.
const agreementKind = "agreement"

// reviewNudge comes the day before an agreement's last.
const (
	reviewNudge = "review"
	reviewRule  = " 18:00 -1d"
)

// wordless gives an agreement as the couple keeps it.
func wordless(a exchange.Agreement) exchange.Agreement {
	a.Text = ""
	a.History = append([]exchange.Entry(nil), a.History...)
	for i := range a.History {
		a.History[i].Text = ""
	}
	return a
}

// agreementView is an item as its owner sees it now, if it is an agreement: what has come
// to its end is over, though nothing has happened.
func (f *facts) agreementView(i flows.Item) flows.Item {
	a, ok := i.Agreed()
	if !ok {
		return i
	}
	a.Record = a.Record.Lapse(f.now)
	_, found, err := besideExchange(f.r, f.person, a.Exchange)
	f.note(err)
	a.Alone = !found
	seen := a.Item()
	seen.At = i.At
	return seen
}

// besideExchange gives an exchange of the couple that somebody stands beside.
func besideExchange(r *store.Records, p store.PersonID, id uint64) (e store.Exchange, found bool, err error) {
	m, found, err := r.Member(p, store.Beside)
	if err != nil || !found {
		return e, false, err
	}
	return r.Exchange(m.Couple, id)
}

// propose puts an agreement to the other one. Whoever has left hears nothing of it.
func (w work) propose(e flows.Propose) error {
	c, beside, err := w.coupleAt(store.Beside)
	if err != nil {
		return err
	}
	until, err := w.endOf(e.Until)
	if err != nil {
		return err
	}
	record, err := exchange.Propose(e.Text, until, w.t.now)
	if err != nil {
		return ignoreStale(err)
	}
	if err := w.dropLapsed(c.ID); err != nil {
		return err
	}
	kept, err := w.r.AddExchange(store.Exchange{Couple: c.ID, Kind: agreementKind})
	if err != nil {
		return err
	}
	own := flows.Agreement{Exchange: kept.ID, Kind: e.Kind, Until: e.Until, Once: e.Once, Side: exchange.First, Name: beside.Partner, Record: record}
	return errors.Join(w.keepRecord(kept, record), w.keepAgreement(own), w.tellAgreement(c, flows.NewsProposal, own))
}

// endOf gives the end of an agreement's last day, where the person is.
func (w work) endOf(date string) (time.Time, error) {
	day, err := schedule.ParseDate(date)
	if err != nil {
		return time.Time{}, err
	}
	end, _ := schedule.NewSlot(day+1, 0).In(w.zone())
	if latest := w.t.now.Add(exchange.LongestAgreement); end.After(latest) {
		end = latest
	}
	return end, nil
}

// keepRecord keeps an agreement as it stands, or nothing of one that is over.
func (w work) keepRecord(kept store.Exchange, a exchange.Agreement) error {
	if a.Standing == exchange.Over {
		return w.r.DropExchange(kept.Couple, kept.ID)
	}
	state, err := json.Marshal(wordless(a))
	if err != nil {
		return errors.New("an agreement can't be encoded")
	}
	kept.State = state
	return w.r.PutExchange(kept)
}

// dropLapsed deletes what has come to its end between the two.
func (w work) dropLapsed(c store.CoupleID) error {
	all, err := w.r.Exchanges(c)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.Kind != agreementKind {
			continue
		}
		a, err := openRecord(e)
		if err == nil && a.Lapse(w.t.now).Standing == exchange.Over {
			err = w.r.DropExchange(c, e.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func openRecord(e store.Exchange) (a exchange.Agreement, err error) {
	if e.Kind != agreementKind || json.Unmarshal(e.State, &a) != nil {
		return a, store.ErrBroken
	}
	return a, nil
}

// keepAgreement keeps the person's copy, and has what stands come back before its end, but for
// what was about one time.
func (w work) keepAgreement(a flows.Agreement) error {
	item := a.Item()
	if err := w.keep(item); err != nil {
		return err
	}
	if a.Record.Standing != exchange.Agreed || a.Once {
		return w.r.DeleteNudge(w.p.ID, reviewNudge, item.ID)
	}
	return w.setNudge(flows.SetNudge{ID: reviewNudge, About: item.ID, Rule: "once " + a.Until + reviewRule, Flow: flows.OpensAgreement, Loose: true})
}

// ownAgreement gives the person's copy as it is kept.
func (w work) ownAgreement(id uint64) (a flows.Agreement, found bool, err error) {
	i, found, err := w.r.Item(w.p.ID, flows.AgreementID(id))
	if err != nil || !found {
		return a, false, err
	}
	if json.Unmarshal(i.Values, &a) != nil {
		return a, false, store.ErrBroken
	}
	return a, true, nil
}

// tellAgreement gives the other one the agreement as it is now.
func (w work) tellAgreement(c store.Couple, kind string, own flows.Agreement) error {
	own.Side, own.Name = own.Side.Other(), w.p.About[flows.ShownName]
	return w.tell(c.Other(w.p.ID), store.News{Kind: kind, Couple: c.ID, At: w.t.now}, newsValues{From: own.Name, Agreement: &own})
}

// agreementMove is a move of an agreement as the person saw it at a version.
type agreementMove struct {
	id      uint64
	version int
	news    string // what it is to the other one
	until   string // the new last day; empty where it stays
	make    func(exchange.Agreement, exchange.Side) (exchange.Agreement, error)
}

// agreementMove gives the move that an effect asks for, if it asks for one.
func (w work) agreementMove(e flows.Effect) (m agreementMove, ok bool, err error) {
	switch e := e.(type) {
	case flows.AcceptAgreement:
		m = agreementMove{id: e.ID, version: e.Version, news: flows.NewsAccepted}
		m.make = func(a exchange.Agreement, by exchange.Side) (exchange.Agreement, error) { return a.Accept(by, w.t.now) }
	case flows.DeclineAgreement:
		m = agreementMove{id: e.ID, version: e.Version, news: flows.NewsDeclined}
		m.make = func(a exchange.Agreement, by exchange.Side) (exchange.Agreement, error) {
			return a.Decline(by, w.t.now)
		}
	case flows.EndAgreement:
		m = agreementMove{id: e.ID, version: e.Version, news: flows.NewsEnded}
		m.make = func(a exchange.Agreement, by exchange.Side) (exchange.Agreement, error) { return a.End(by, w.t.now) }
	case flows.CounterAgreement:
		until, err := w.endOf(e.Until)
		m = agreementMove{id: e.ID, version: e.Version, news: flows.NewsCounter, until: e.Until}
		m.make = func(a exchange.Agreement, by exchange.Side) (exchange.Agreement, error) {
			return a.Counter(by, e.Text, until, w.t.now)
		}
		return m, true, err
	case flows.RenewAgreement:
		until, err := w.endOf(e.Until)
		m = agreementMove{id: e.ID, version: e.Version, news: flows.NewsRenewed, until: e.Until}
		m.make = func(a exchange.Agreement, by exchange.Side) (exchange.Agreement, error) {
			return a.Renew(by, until, w.t.now)
		}
		return m, true, err
	}
	return m, m.make != nil, nil
}

// moveAgreement makes a move in the couple's record and in the person's copy, and tells
// the other one. If the agreement is not as the person saw it, nothing changes.
func (w work) moveAgreement(m agreementMove) error {
	own, found, err := w.ownAgreement(m.id)
	if err != nil || !found || own.Record.Version != m.version {
		return err
	}
	kept, found, err := besideExchange(w.r, w.p.ID, m.id)
	if err != nil {
		return err
	}
	if !found {
		return w.moveAlone(m, own)
	}
	record, err := openRecord(kept)
	if err != nil || record.Version != m.version {
		return err
	}
	if record, err = m.make(record, own.Side); err != nil {
		return ignoreStale(err)
	}
	if m.news == flows.NewsEnded && own.Record.Standing == exchange.Proposal {
		m.news = flows.NewsTakenBack
	}
	if own, err = m.of(own); err != nil {
		return ignoreStale(err)
	}
	c, err := w.r.Couple(kept.Couple)
	if err != nil {
		return err
	}
	return errors.Join(w.keepRecord(kept, record), w.keepAgreement(own), w.tellAgreement(c, m.news, own))
}

// moveAlone is what somebody can do who has left: their copy can be put off, and ended.
func (w work) moveAlone(m agreementMove, own flows.Agreement) error {
	if m.news != flows.NewsEnded && m.news != flows.NewsRenewed {
		return nil
	}
	own, err := m.of(own)
	if err != nil {
		return ignoreStale(err)
	}
	return w.keepAgreement(own)
}

// of makes the move in a copy.
func (m agreementMove) of(own flows.Agreement) (flows.Agreement, error) {
	record, err := m.make(own.Record, own.Side)
	if err != nil {
		return own, err
	}
	own.Record = record
	if m.until != "" {
		own.Until = m.until
	}
	return own, nil
}

// ignoreStale leaves out that a move can't be made any more: the person will see.
func ignoreStale(err error) error {
	if errors.Is(err, exchange.ErrTurn) {
		return nil
	}
	return ignoreOver(err)
}

// settleAgreements writes the moves of the other one into the person's copies. What was
// taken back before the person was told of it is nothing to them.
func (w work) settleAgreements(news []store.News) error {
	untold := map[uint64][]uint64{} // news by exchange
	for _, n := range news {
		if !flows.OfAgreement(n.Kind) {
			continue
		}
		a, fresh, err := w.settleAgreement(n)
		if err != nil {
			return err
		}
		before := untold[a.Exchange]
		untold[a.Exchange] = append(before, n.ID)
		if !fresh || n.Kind != flows.NewsTakenBack || len(before) == 0 {
			continue
		}
		for _, id := range untold[a.Exchange] {
			if err := w.r.DropNews(w.p.ID, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleAgreement writes one move into a copy, unless it is there.
func (w work) settleAgreement(n store.News) (a flows.Agreement, fresh bool, err error) {
	if a, err = agreementIn(n); err != nil {
		return a, false, err
	}
	stands, err := w.r.IsMember(w.p.ID, "", n.Couple) // news of being linked may come with it
	if err != nil || !stands {
		return a, false, err
	}
	own, found, err := w.ownAgreement(a.Exchange)
	if err != nil || found && own.Record.Version >= a.Record.Version {
		return a, false, err
	}
	return a, true, w.keepAgreement(a)
}

func agreementIn(n store.News) (flows.Agreement, error) {
	var v newsValues
	if json.Unmarshal(n.Values, &v) != nil || v.Agreement == nil {
		return flows.Agreement{}, store.ErrBroken
	}
	return *v.Agreement, nil
}

// agreementStays says whether there is something to tell of a move. Of an agreement only
// the last move is told, and of one that has come to its end nothing.
func (w work) agreementStays(n store.News) (bool, error) {
	a, err := agreementIn(n)
	if err != nil {
		return false, err
	}
	own, found, err := w.ownAgreement(a.Exchange)
	if err != nil || !found || own.Record.Version != a.Record.Version {
		return false, err
	}
	stands := a.Record.Standing == exchange.Over || a.Record.Lapse(w.t.now).Standing != exchange.Over
	beside, err := w.r.IsMember(w.p.ID, store.Beside, n.Couple)
	return beside && stands, err
}
