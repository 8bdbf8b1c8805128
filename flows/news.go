package flows

import (
	"slices"
	"time"

	"kintsugi/flows/exchange"
)

// News is something that came from the other side and that the person has not looked at.
type News struct {
	ID   uint64
	At   time.Time // in the person's zone
	Kind string    // one of those below, or of an agreement
	Text string    // what was shared
	From string    // what the one who shared it is called
	// About is what was shared: [Thanks], [ReadIt], or nothing of that kind.
	About string
	// Of a reveal: the question, and both answers.
	Flow, Step  string
	Own, Theirs []string
	Rule        exchange.Rule
	Verdict     exchange.Verdict // of a relay that is over
	// Given is what was given that it is about: a question for both, or what was taken up.
	Given uint64
}

// The kinds of news.
const (
	NewsYes    = "yes"    // somebody said yes to the person's invitation
	NewsLinked = "linked" // the one who invited them has said yes as well
	NewsShare  = "share"  // the other one shares some words
	NewsOffer  = "offer"  // the other one offers a question for both
	NewsRelay  = "relay"  // the relay has gone on
	NewsHeard  = "heard"  // the relay is over, with what was said last of how they heard
	// NewsRevealed: both have answered a question.
	NewsRevealed = "revealed"
	// newsTogether is one of which there is only what both have in common.
	newsTogether = "together"
	// newsLower is one of which there is the lower of the two.
	newsLower = "lower"
)

// PartnerNudge is the ID of the nudge that comes when there is news. It has no rule.
const PartnerNudge = "partner"

// newsStep looks at the oldest news and takes it out of the inbox.
type newsStep struct {
	kind, text, theirs, from, verdict, on string // the variables for what there is of it
	about, item, next                     string
	own, other                            string // both answers, as lists
}

func (l *flowLoader) news(_ *node, m *mapping) block {
	b := &newsStep{}
	for _, v := range []struct {
		key  string
		name *string
		t    varType
	}{
		{"news", &b.kind, choiceVar}, {"text", &b.text, textVar}, {"theirs", &b.theirs, textVar}, {"from", &b.from, textVar},
		{"verdict", &b.verdict, choiceVar}, {"on", &b.on, dateVar}, {"about", &b.about, textVar}, {"item", &b.item, itemVar},
		{"next", &b.next, textVar}, {"own", &b.own, listVar}, {"other", &b.other, listVar},
	} {
		*v.name = m.text(v.key)
		l.declare(m.lineOf(v.key), *v.name, v.t)
	}
	return b
}

func (b *newsStep) take(r *run, n *node) (*node, bool) {
	news := News{Kind: string(NoInvitation)}
	if all := r.news(); len(all) > 0 {
		news = all[0]
		r.do(TakeNews{news.ID})
		if news.Kind == NewsBoard { // however often it has changed, that is told once
			r.lookedAtBoard()
		}
	}
	kind, text := news.Kind, news.Text
	if kind == NewsRevealed {
		text = r.revealed(news.Flow, news.Step, news.Own)
		switch news.Rule {
		case exchange.Overlap, exchange.Lot:
			kind = newsTogether
		case exchange.Lower:
			kind = newsLower
		}
	}
	r.assign(b.kind, textValue(kind))
	r.assign(b.text, textValue(text))
	r.assign(b.next, textValue(r.book.thenOf(news.Flow, news.Step)))
	r.assign(b.own, listValue(r.labelled(news.Flow, news.Step, news.Own)))
	r.assign(b.other, listValue(r.labelled(news.Flow, news.Step, news.Theirs)))
	r.assign(b.theirs, textValue(r.revealed(news.Flow, news.Step, news.Theirs)))
	r.assign(b.from, textValue(news.From))
	item, _ := r.sharedItem(news.Given)
	if OfGiven(news.Kind) {
		item.ID = news.Text
	}
	r.assign(b.item, textValue(item.ID))
	r.assign(b.verdict, textValue(string(news.Verdict)))
	r.assign(b.about, Value{})
	if news.About != "" {
		r.assign(b.about, textValue(news.About))
	}
	r.assign(b.on, textValue(""))
	if !news.At.IsZero() {
		r.assign(b.on, textValue(news.At.Format(dateForm)))
	}
	return n.after, false
}

func (b *newsStep) leads(n *node) []lead { return onward(n) }

// news gives what there is, the oldest first. It sleeps while what involves the partner
// is closed.
func (r *run) news() []News {
	if r.safety().closed(r.today()) {
		return nil
	}
	return r.turn.Facts.News()
}

// OpensNews is the flow that tells of [News].
const OpensNews = newsFlow

// News is part of [Facts].
func (s seen) News() []News {
	return slices.DeleteFunc(slices.Clone(s.Facts.News()), func(n News) bool {
		return slices.Contains(s.r.out, Effect(TakeNews{n.ID}))
	})
}

// asleep says whether there is nothing to be told of now: it was looked at, or what
// involves the partner is closed. Then it is looked at again each day.
func (r *run) asleep() bool {
	if len(r.news()) > 0 {
		return false
	}
	if len(r.turn.Facts.News()) > 0 {
		r.do(Snooze{ID: PartnerNudge, Flow: newsFlow, At: r.now().AddDate(0, 0, 1)})
	}
	return true
}
