package bot

import (
	"encoding/json"
	"errors"
	"slices"

	"kintsugi/flows"
	"kintsugi/store"
)

// givenKind is the kind of exchange that is something given: a promise, a goal, a day. What
// the couple keeps of it holds no words. The giver's are in an item of their own, and the
// receiver has a copy, into which news of a change is written at the beginning of their next
// turn, as with agreements.
const givenKind = "given"

// given is one as it is kept.
type given struct {
	By      int  `json:"by"` // which of the couple gave it
	Version int  `json:"version"`
	Both    bool `json:"both,omitempty"` // it was taken up

	kept   store.Exchange
	couple store.Couple
}

// openGiven gives what was given in an exchange of the couple that somebody stands beside;
// not found, if that has ended, or they stand beside another.
func openGiven(r *store.Records, p store.PersonID, id uint64) (g given, found bool, err error) {
	if id == 0 {
		return g, false, nil
	}
	kept, found, err := besideExchange(r, p, id)
	if err != nil || !found || kept.Kind != givenKind {
		return g, false, err
	}
	if json.Unmarshal(kept.State, &g) != nil || g.By < 0 || g.By > 1 {
		return g, false, store.ErrBroken
	}
	g.kept = kept
	g.couple, err = r.Couple(kept.Couple)
	return g, err == nil, err
}

// byThem says whether somebody gave it.
func (g given) byThem(p store.PersonID) bool { return g.couple.People[g.By] == p }

// keepGiven keeps what is given as it stands.
func (w work) keepGiven(g given) error {
	state, err := json.Marshal(g)
	if err != nil {
		return errors.New("what is given can't be encoded")
	}
	g.kept.State = state
	return w.r.PutExchange(g.kept)
}

// sharedView is an item as its owner sees it now: shared, while they stand beside the one
// whom they share it with.
func (f *facts) sharedView(i flows.Item) flows.Item {
	if i.Shared == 0 {
		return i
	}
	g, found, err := openGiven(f.r, f.person, i.Shared)
	f.note(err)
	if !found {
		i.Shared = 0
	}
	i.Both = found && g.Both
	return i
}

// give gives an item to the other one, or other words for one that was given.
func (w work) give(e flows.Give) error {
	item, found, err := w.r.Item(w.p.ID, e.Item)
	if err != nil || !found {
		return err
	}
	g, found, err := openGiven(w.r, w.p.ID, item.Shared)
	if err == nil && !found {
		g, err = w.newGiven()
	}
	if err != nil || !g.byThem(w.p.ID) {
		return err
	}
	kind := flows.NewsGiven
	if found {
		kind = flows.NewsChanged
	}
	g.Version++
	item.Shared = g.kept.ID
	own := &flows.Given{
		Exchange: g.kept.ID, Version: g.Version, Kind: item.Kind, From: w.p.About[flows.ShownName], Text: e.Text, Values: e.Values,
	}
	return errors.Join(w.keepGiven(g), w.r.PutItem(w.p.ID, item), w.givePhoto(g, own), w.tellGiven(g, kind, own))
}

// newGiven begins an exchange of the couple that the person stands beside.
func (w work) newGiven() (g given, err error) {
	if g.couple, _, err = w.coupleAt(store.Beside); err != nil {
		return g, err
	}
	if g.couple.People[1] == w.p.ID {
		g.By = 1
	}
	g.kept, err = w.r.AddExchange(store.Exchange{Couple: g.couple.ID, Kind: givenKind})
	return g, err
}

func (w work) tellGiven(g given, kind string, own *flows.Given) error {
	news := store.News{Kind: kind, Couple: g.couple.ID, At: w.t.now}
	return w.tell(g.couple.Other(w.p.ID), news, newsValues{From: w.p.About[flows.ShownName], Given: own})
}

// takeBackGiven tells the other one that something stands no longer. From then on the item is
// the person's alone.
func (w work) takeBackGiven(e flows.TakeBack) error {
	item, found, err := w.r.Item(w.p.ID, e.Item)
	if err != nil || !found {
		return err
	}
	g, found, err := openGiven(w.r, w.p.ID, item.Shared)
	if err != nil || !found || !g.byThem(w.p.ID) {
		return err
	}
	own := &flows.Given{Exchange: g.kept.ID, Version: g.Version + 1, Kind: item.Kind, Withdrawn: true}
	item.Shared = 0
	return errors.Join(w.r.PutItem(w.p.ID, item), w.tellGiven(g, flows.NewsWithdrawn, own), w.r.DropExchange(g.kept.Couple, g.kept.ID))
}

// takeUp makes what was given both's.
func (w work) takeUp(e flows.TakeUp) error {
	copied, found, err := w.r.Item(w.p.ID, e.Copy)
	if err != nil || !found {
		return err
	}
	own, found, err := w.r.Item(w.p.ID, e.Item)
	if err != nil || !found {
		return err
	}
	g, found, err := openGiven(w.r, w.p.ID, copied.Shared)
	if err != nil || !found || g.Both || g.byThem(w.p.ID) {
		return err
	}
	g.Both, own.Shared, copied.State = true, g.kept.ID, flows.ItemDone
	news := store.News{Kind: flows.NewsTakenUp, Couple: g.couple.ID, At: w.t.now}
	return errors.Join(
		w.keepGiven(g), w.r.PutItem(w.p.ID, own), w.r.PutItem(w.p.ID, copied),
		w.tell(g.couple.Other(w.p.ID), news, newsValues{From: w.p.About[flows.ShownName], Exchange: g.kept.ID}))
}

// settleGiven writes news of what was given into the person's copies. What was changed
// before the person was told of it comes with its new words, and what was taken back before
// that is nothing to them.
func (w work) settleGiven(news []store.News) error {
	untold := map[uint64]store.News{} // by exchange
	for _, n := range news {
		if !flows.OfGiven(n.Kind) {
			continue
		}
		g, cared, err := w.settleCopy(n)
		if err != nil {
			return err
		}
		first, waits := untold[g.Exchange]
		var none []store.News // what there is nothing to tell of
		switch {
		case waits && n.Kind == flows.NewsWithdrawn && first.Kind == flows.NewsGiven:
			none = []store.News{first, n}
			delete(untold, g.Exchange)
		case waits && n.Kind == flows.NewsWithdrawn:
			none = []store.News{first}
			untold[g.Exchange] = n
		case waits || !cared:
			none = []store.News{n}
		default:
			untold[g.Exchange] = n
		}
		for _, n := range none {
			if err := w.r.DropNews(w.p.ID, n.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleCopy writes one piece of news into a copy, unless it is there. It says whether the
// person still cares: not for what they have let go of.
func (w work) settleCopy(n store.News) (g flows.Given, cared bool, err error) {
	if g, err = givenIn(n); err != nil {
		return g, false, err
	}
	stands, err := w.r.IsMember(w.p.ID, "", n.Couple) // news of being linked may come with it
	if err != nil || !stands {
		return g, false, err
	}
	if g.OfPiece() && g.Withdrawn {
		cared, err = w.settleOff(g)
		return g, cared, err
	}
	had, err := w.copyOf(g.Exchange)
	if err != nil {
		return g, false, err
	}
	copied, fresh := g.Copy(had)
	if !fresh {
		return g, true, nil
	}
	if had.ID == "" {
		copied.At = n.At
	}
	err = w.keep(copied)
	if g.Withdrawn {
		err = errors.Join(err, w.r.DeleteNudge(w.p.ID, flows.SeenNudge, copied.ID))
	}
	return g, had.ID == "" || had.Stands(), err
}

// copyOf gives the person's copy of what was given, or none.
func (w work) copyOf(exchange uint64) (flows.Item, error) {
	kept, found, err := w.r.Item(w.p.ID, flows.CopyID(exchange))
	if err != nil || !found {
		return flows.Item{}, err
	}
	i := flows.Item{ID: kept.ID, Kind: kept.Kind, State: kept.State, Text: kept.Text, At: kept.At, Shared: kept.Shared}
	if len(kept.Values) > 0 && json.Unmarshal(kept.Values, &i.Values) != nil {
		return i, store.ErrBroken
	}
	return i, nil
}

// hasOwn says whether the person has something of both's that a question is about, as their
// own; there is nothing to have for one that is about nothing.
func (w work) hasOwn(about uint64) (bool, error) {
	if about == 0 {
		return true, nil
	}
	items, err := w.r.Items(w.p.ID, "")
	return slices.ContainsFunc(items, func(i store.Item) bool {
		return i.Shared == about && i.ID != flows.CopyID(about) && i.State == flows.ItemOpen
	}), err
}

func givenIn(n store.News) (flows.Given, error) {
	var v newsValues
	if json.Unmarshal(n.Values, &v) != nil || v.Given == nil {
		return flows.Given{}, store.ErrBroken
	}
	return *v.Given, nil
}

// givenStays says whether there is something to tell of news of what was given.
func (w work) givenStays(n store.News) (bool, error) {
	beside, err := w.r.IsMember(w.p.ID, store.Beside, n.Couple)
	if err != nil || !beside {
		return false, err
	}
	g, err := givenIn(n)
	if err != nil {
		return false, err
	}
	copied, err := w.copyOf(g.Exchange)
	return n.Kind == flows.NewsWithdrawn || copied.Stands(), err
}
