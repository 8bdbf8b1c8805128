package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"kintsugi/flows"
	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// relayKind is the kind of exchange that is a relay.
const relayKind = "relay"

// relay is one as it is kept. What was said last to somebody, and what they are to answer,
// stands apart, under their own key.
type relay struct {
	By    int            `json:"b"` // which of the couple began it
	Relay exchange.Relay `json:"r"`

	kept   store.Exchange
	people sides
}

// heard is what was said to somebody in a relay: words, and what was said of how they
// heard them.
type heard struct {
	text    string
	read    bool // they have read it, and say nothing back
	verdict exchange.Verdict
	missed  string
}

// onlyRead is kept behind the others of somebody's words where the other one has read theirs,
// and no more.
const onlyRead = "read"

func (h heard) words() []string {
	words := []string{h.text, string(h.verdict), h.missed}
	if h.read {
		words = append(words, onlyRead)
	}
	return words
}

func heardOf(words []string) heard {
	if len(words) < 3 {
		return heard{}
	}
	return heard{words[0], slices.Contains(words[3:], onlyRead), exchange.Verdict(words[1]), words[2]}
}

// liveRelay gives the relay that a person's couple has under way, if it has one.
func liveRelay(r *store.Records, p store.PersonID, now time.Time) (v relay, found bool, err error) {
	c, all, err := exchangesOf(r, p, relayKind)
	if err != nil {
		return v, false, err
	}
	for _, e := range all {
		var v relay
		if json.Unmarshal(e.State, &v) != nil || v.By < 0 || v.By > 1 {
			return v, false, store.ErrBroken
		}
		v.kept, v.people = e, sidesOf(c, v.By)
		if v.Relay.Phase < exchange.Done && now.Before(v.Relay.Deadline) {
			return v, true, nil
		}
	}
	return v, false, nil
}

func (f *facts) readRelay() flows.Relay {
	v, found, err := liveRelay(f.r, f.person, f.now)
	f.note(err)
	if err != nil || !found {
		return flows.Relay{Stage: flows.NoRelay}
	}
	words, err := f.r.Words(f.person, v.kept.ID)
	f.note(err)
	h := heardOf(words)
	return flows.Relay{
		ID: v.kept.ID, Stage: v.stage(v.people.of(f.person), f.now), Text: h.text, Read: h.read, Verdict: h.verdict, Missed: h.missed,
		Round: v.Relay.Round, Back: v.Relay.Back.In(f.zone), Until: v.Relay.Deadline.In(f.zone),
	}
}

// stage gives what a relay waits for, as one side sees it.
func (v relay) stage(side exchange.Side, now time.Time) flows.Stage {
	switch {
	case v.Relay.Phase == exchange.Offered && side == exchange.Second:
		return flows.RelayOffer
	case v.Relay.Phase == exchange.Offered:
		return flows.RelayWaits
	case now.Before(v.Relay.Back):
		return flows.RelayBreak
	case v.Relay.Turn() != side:
		return flows.RelayWaits
	}
	return map[exchange.Awaited]flows.Stage{
		exchange.Words: flows.RelayWords, exchange.Echo: flows.RelayEcho, exchange.Ruling: flows.RelayRuling,
	}[v.Relay.Awaits]
}

// keepRelay keeps a relay as it stands, without a word in it.
func (w work) keepRelay(v relay) error {
	v.Relay.Lines = nil
	state, err := json.Marshal(v)
	if err != nil {
		return errors.New("a relay can't be encoded")
	}
	v.kept.State = state
	return w.r.PutExchange(v.kept)
}

// beginRelay offers the other one to hear something. They read it once they have said yes.
func (w work) beginRelay(text string) error {
	c, _, err := w.coupleAt(store.Beside)
	if err != nil {
		return err
	}
	if err := w.dropOldRelays(c.ID); err != nil {
		return err
	}
	v := relay{Relay: exchange.OfferRelay(w.t.now)}
	if c.People[1] == w.p.ID {
		v.By = 1
	}
	if v.kept, err = w.r.AddExchange(store.Exchange{Couple: c.ID, Kind: relayKind}); err != nil {
		return err
	}
	v.people = sidesOf(c, v.By)
	return errors.Join(w.keepRelay(v), w.passOn(v, heard{text: text}, w.t.now))
}

// dropOldRelays deletes relays that are over: there is one at a time.
func (w work) dropOldRelays(c store.CoupleID) error {
	all, err := w.r.Exchanges(c)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.Kind != relayKind {
			continue
		}
		if err := w.r.DropExchange(c, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// acceptRelay is the yes to hear something. What the other one has to say came with the
// offer, so that it is for the person to say it back.
func (w work) acceptRelay() error {
	return w.moveRelay(func(v relay, side exchange.Side) (relay, error) {
		words, err := w.r.Words(w.p.ID, v.kept.ID)
		if err != nil {
			return v, err
		}
		next, err := v.Relay.Accept(side, w.t.now)
		if err != nil {
			return v, err
		}
		v.Relay, err = next.Say(side.Other(), heardOf(words).text, w.t.now)
		return v, err
	})
}

// sayRelay passes on what a speaker says, or what a listener has heard.
func (w work) sayRelay(text string) error {
	return w.moveRelay(func(v relay, side exchange.Side) (relay, error) {
		next, err := v.Relay.Say(side, text, w.t.now)
		if err != nil {
			return v, err
		}
		v.Relay = next
		return v, w.passOn(v, heard{text: text}, w.t.now)
	})
}

// readRelay passes on that a listener has read it.
func (w work) readRelay() error {
	return w.moveRelay(func(v relay, side exchange.Side) (relay, error) {
		next, err := v.Relay.Read(side, w.t.now)
		if err != nil {
			return v, err
		}
		v.Relay = next
		return v, w.passOn(v, heard{read: true}, w.t.now)
	})
}

// ruleRelay passes on how the speaker was heard.
func (w work) ruleRelay(e flows.RuleRelay) error {
	return w.moveRelay(func(v relay, side exchange.Side) (relay, error) {
		said, err := w.r.Words(v.people[side.Other()], v.kept.ID)
		if err != nil {
			return v, err
		}
		next, err := v.Relay.Rule(side, e.Verdict, e.Missed, w.t.now)
		if err != nil {
			return v, err
		}
		v.Relay = next
		h := heardOf(said)
		h.verdict, h.missed = e.Verdict, e.Missed
		if next.Phase == exchange.Done {
			return v, w.endRelay(v, h)
		}
		return v, w.passOn(v, h, w.t.now)
	})
}

// breakRelay is a time-out. The other one hears of it, and both when it is over.
func (w work) breakRelay(length time.Duration) error {
	return w.moveRelay(func(v relay, side exchange.Side) (relay, error) {
		next, err := v.Relay.TimeOut(length, w.t.now)
		if err != nil {
			return v, err
		}
		v.Relay = next
		return v, errors.Join(
			w.relayNews(v, v.people[side.Other()], next.Back),
			w.relayNews(v, v.people[side.Other()], w.t.now),
			w.relayNews(v, w.p.ID, next.Back))
	})
}

// moveRelay makes a move in the relay that is under way. A move that is not the person's to
// make now changes nothing.
func (w work) moveRelay(move func(relay, exchange.Side) (relay, error)) error {
	v, found, err := liveRelay(w.r, w.p.ID, w.t.now)
	if err != nil || !found {
		return err
	}
	v, err = move(v, v.people.of(w.p.ID))
	if errors.Is(err, exchange.ErrTurn) {
		return nil
	}
	if err != nil || v.Relay.Phase == exchange.Done {
		return ignoreOver(err)
	}
	return w.keepRelay(v)
}

// passOn puts what was said before the one across, and has them told.
func (w work) passOn(v relay, h heard, at time.Time) error {
	other := v.people[v.people.of(w.p.ID).Other()]
	stands, err := w.r.IsMember(other, "", v.kept.Couple)
	if err != nil || !stands {
		return err
	}
	return errors.Join(w.r.PutWords(other, v.kept.ID, h.words()), w.relayNews(v, other, at))
}

// relayNews has somebody told that the relay has gone on. One such piece of news will do.
func (w work) relayNews(v relay, p store.PersonID, at time.Time) error {
	stands, err := w.r.IsMember(p, "", v.kept.Couple)
	if err != nil || !stands {
		return err
	}
	news, err := w.r.NewsOf(p, newsLimit)
	if err != nil {
		return err
	}
	for _, n := range news {
		if n.Kind == flows.NewsRelay && n.Couple == v.kept.Couple && !n.At.After(w.t.now) {
			if err := w.r.DropNews(p, n.ID); err != nil {
				return err
			}
		}
	}
	return w.tell(p, store.News{Kind: flows.NewsRelay, Couple: v.kept.Couple, At: at}, newsValues{Exchange: v.kept.ID})
}

// endRelay ends a relay with what was said last of how the listener had heard.
func (w work) endRelay(v relay, h heard) error {
	other := v.people[v.people.of(w.p.ID).Other()]
	if err := w.r.DropExchange(v.kept.Couple, v.kept.ID); err != nil {
		return err
	}
	return w.tell(other, store.News{Kind: flows.NewsHeard, Couple: v.kept.Couple, At: w.t.now}, newsValues{Text: h.missed, Verdict: h.verdict})
}

// settleRelay looks whether there is still something for the person to do in a relay, or
// will be.
func (w work) settleRelay(n store.News, v newsValues) (stays bool, err error) {
	live, found, err := liveRelay(w.r, w.p.ID, w.t.now)
	if err != nil || !found || live.kept.ID != v.Exchange {
		return false, err
	}
	stage := live.stage(live.people.of(w.p.ID), w.t.now)
	endOfBreak := n.At.Equal(live.Relay.Back.Truncate(time.Millisecond)) // both hear of that
	return n.At.After(w.t.now) || endOfBreak || stage != flows.RelayWaits, nil
}
