package bot

import (
	"encoding/json"
	"errors"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// revealKind is the kind of exchange that is a reveal.
const revealKind = "reveal"

// reveal is one as it is kept: what its two have answered stands apart, each under the key
// of whoever gave it, until both are there.
type reveal struct {
	Flow   string          `json:"f"`
	Step   string          `json:"s"`
	By     int             `json:"b"`           // which of the couple began it
	About  uint64          `json:"a,omitempty"` // what was given that it is about
	Reveal exchange.Reveal `json:"r"`

	kept   store.Exchange
	people sides
}

// openReveal gives a reveal with the answers that stand.
func openReveal(r *store.Records, c store.Couple, e store.Exchange, now time.Time) (v reveal, err error) {
	if json.Unmarshal(e.State, &v) != nil || v.By < 0 || v.By > 1 {
		return v, store.ErrBroken
	}
	v.kept, v.people = e, sidesOf(c, v.By)
	for side, p := range v.people {
		if v.Reveal.Answers[side], err = standingWords(r, p, e, now); err != nil {
			return v, err
		}
	}
	return v, nil
}

// standingWords gives what somebody has answered, unless they have left, or what involves
// the partner is closed for them.
func standingWords(r *store.Records, p store.PersonID, e store.Exchange, now time.Time) ([]string, error) {
	stands, err := r.IsMember(p, store.Beside, e.Couple)
	if err != nil || !stands {
		return nil, err
	}
	row, err := r.Person(p)
	if err != nil || personOf(row).Closed(now) {
		return nil, err
	}
	return r.Words(p, e.ID)
}

// keepReveal keeps a reveal as it stands, without a word in it.
func (w work) keepReveal(v reveal) error {
	v.Reveal.Answers, v.Reveal.Result = [2][]string{}, [2][]string{}
	state, err := json.Marshal(v)
	if err != nil {
		return errors.New("a reveal can't be encoded")
	}
	v.kept.State = state
	return w.r.PutExchange(v.kept)
}

// reveals gives those of the couple that the person stands with.
func reveals(r *store.Records, p store.PersonID, now time.Time) ([]reveal, error) {
	c, all, err := exchangesOf(r, p, revealKind)
	if err != nil {
		return nil, err
	}
	var out []reveal
	for _, e := range all {
		v, err := openReveal(r, c, e, now)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// revealOf gives one of them, if it is there.
func revealOf(r *store.Records, p store.PersonID, id uint64, now time.Time) (v reveal, found bool, err error) {
	e, found, err := besideExchange(r, p, id)
	if err != nil || !found || e.Kind != revealKind {
		return v, false, err
	}
	c, err := r.Couple(e.Couple)
	if err != nil {
		return v, false, err
	}
	v, err = openReveal(r, c, e, now)
	return v, err == nil, err
}

// over says whether a reveal is no longer to be seen: it has been handed out, or lapsed.
func (v reveal) over(now time.Time) bool {
	return v.Reveal.See(exchange.First, now).Phase >= exchange.Done || v.Reveal.Phase != exchange.Done && !now.Before(v.Reveal.Deadline)
}

func (f *facts) readExchanges() []flows.Exchange {
	all, err := reveals(f.r, f.person, f.now)
	f.note(err)
	var open []flows.Exchange
	for _, v := range all {
		if v.over(f.now) {
			continue
		}
		side := v.people.of(f.person)
		open = append(open, flows.Exchange{
			ID: v.kept.ID, About: v.About, Flow: v.Flow, Step: v.Step, Mine: side == exchange.First,
			Answered: v.Reveal.Answers[side] != nil, Until: v.Reveal.Deadline.In(f.zone),
		})
	}
	return open
}

// beginReveal offers a question to the other one.
func (w work) beginReveal(e flows.BeginReveal) error {
	c, _, err := w.coupleAt(store.Beside)
	if err != nil {
		return err
	}
	if err := w.dropOver(); err != nil {
		return err
	}
	v := reveal{Flow: e.Flow, Step: e.Step, About: e.About, Reveal: exchange.OfferReveal(e.Rule, e.Order, w.t.now)}
	if !e.Until.IsZero() && e.Until.Before(v.Reveal.Deadline) {
		v.Reveal.Deadline = e.Until
	}
	if c.People[1] == w.p.ID {
		v.By = 1
	}
	if v.kept, err = w.r.AddExchange(store.Exchange{Couple: c.ID, Kind: revealKind}); err != nil {
		return err
	}
	if v.Reveal, err = v.Reveal.Answer(exchange.First, e.Answer, w.t.now, w.t.seed(w.p.ID)); err != nil {
		return err
	}
	if err := errors.Join(w.keepReveal(v), w.r.PutWords(w.p.ID, v.kept.ID, e.Answer)); err != nil {
		return err
	}
	return w.tell(c.Other(w.p.ID), store.News{Kind: flows.NewsOffer, Couple: c.ID, At: w.t.now}, newsValues{Exchange: v.kept.ID, From: w.p.About[flows.ShownName]})
}

// dropOver deletes what is over between the two.
func (w work) dropOver() error {
	all, err := reveals(w.r, w.p.ID, w.t.now)
	if err != nil {
		return err
	}
	for _, v := range all {
		if !v.over(w.t.now) {
			continue
		}
		if err := w.r.DropExchange(v.kept.Couple, v.kept.ID); err != nil {
			return err
		}
	}
	return nil
}

// answerReveal answers a question. With both answers there, each is given both, on the next
// quarter of an hour. One that is over takes no answer.
func (w work) answerReveal(e flows.AnswerReveal) error {
	v, found, err := revealOf(w.r, w.p.ID, e.Exchange, w.t.now)
	if err != nil || !found || v.Reveal.Phase >= exchange.Done {
		return err
	}
	return w.answerOpen(v, e.Answer)
}

func (w work) answerOpen(v reveal, answer []string) (err error) {
	side := v.people.of(w.p.ID)
	if v.Reveal.Phase == exchange.Offered && side == exchange.Second {
		if v.Reveal, err = v.Reveal.Accept(side, w.t.now); err != nil {
			return ignoreOver(err)
		}
	}
	if v.Reveal, err = v.Reveal.Answer(side, answer, w.t.now, w.t.seed(w.p.ID)); err != nil {
		return ignoreOver(err)
	}
	if err := errors.Join(w.keepReveal(v), w.r.PutWords(w.p.ID, v.kept.ID, answer)); err != nil || v.Reveal.Phase != exchange.Done {
		return err
	}
	for side, p := range v.people {
		news := store.News{Kind: flows.NewsRevealed, Couple: v.kept.Couple, At: v.Reveal.Out}
		err := w.tell(p, news, newsValues{
			Flow: v.Flow, Step: v.Step, Rule: v.Reveal.Rule, Shared: v.About,
			Own: v.Reveal.Result[side], Theirs: v.Reveal.Result[1-side],
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ignoreOver leaves out that something is over: the person was told, or will see.
func ignoreOver(err error) error {
	if errors.Is(err, exchange.ErrOver) || errors.Is(err, exchange.ErrMove) {
		return nil
	}
	return err
}

// withdraw takes back the person's answers, but for those that both are about to read.
func (w work) withdraw() error {
	all, err := reveals(w.r, w.p.ID, w.t.now)
	if err != nil {
		return err
	}
	for _, v := range all {
		next, err := v.Reveal.Withdraw(v.people.of(w.p.ID), w.t.now)
		if err != nil { // it is over
			continue
		}
		v.Reveal = next
		if err := errors.Join(w.keepReveal(v), w.r.DropWords(w.p.ID, v.kept.ID)); err != nil {
			return err
		}
	}
	return nil
}
