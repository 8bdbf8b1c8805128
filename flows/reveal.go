package flows

import (
	"slices"
	"strings"
	"time"

	"kintsugi/flows/exchange"
)

// Exchange is something that the two of a couple do with each other, as one of them may
// see it: what the other one has answered is not in it, nor whether.
type Exchange struct {
	ID         uint64
	About      uint64    // what was given that it is about, if anything
	Flow, Step string    // where its question is put
	Mine       bool      // the person began it
	Answered   bool      // they have answered, and it stands
	Until      time.Time // when it lapses
}

type (
	// BeginReveal offers a question to the other one, with the person's own answer.
	BeginReveal struct {
		Flow, Step string
		Rule       exchange.Rule
		Order      []string
		Answer     []string
		About      uint64
		Until      time.Time // when it lapses, if that is sooner than usual
	}
	// AnswerReveal answers a question that was offered, or answers it anew.
	AnswerReveal struct {
		Exchange uint64
		Answer   []string
	}
	// Withdraw takes back every answer that has not been revealed.
	Withdraw struct{}
)

func (BeginReveal) effect()  {}
func (AnswerReveal) effect() {}
func (Withdraw) effect()     {}

// revealFlow is the flow that shows an answer as it will be read, and asks for a yes.
const revealFlow = "together.reveal"

// reveal has the two read each other's answer to a question once both have answered. The
// other one goes through the steps from the question to this one, and no further. Alone,
// nothing comes of it: the answer is the person's own.
type reveal struct {
	call
	answer string // the variable with the answer
	from   string // the step that asks for it
	about  string // the variable with an item of both's that the flow is about, if any
	until  string // the variable with the last day on which it can be answered, if any
	rule   exchange.Rule
	then   string // the flow by which each may go on once both have answered, if any
	line   int
}

var revealRules = []string{string(exchange.Both), string(exchange.Overlap), string(exchange.Lot), string(exchange.Lower)}

func (l *flowLoader) reveal(n *node, m *mapping) block {
	b := &reveal{
		call: call{flow: revealFlow, line: m.line}, answer: m.text("reveal"), from: m.text("from"), about: l.flow.about, then: m.text("then"), until: m.text("until"),
		rule: exchange.Rule(oneOf(m, "rule", string(exchange.Both), revealRules)), line: m.line,
	}
	l.put(func() {
		switch t := l.flow.vars[b.answer]; {
		case l.flow.byID[b.from] == nil:
			l.fault(b.line, "a reveal says in `from` at which step its question is, and %q is none%s", b.from, didYouMean(b.from, l.flow.stepIDs()))
		case t != textVar && t != listVar && t != choiceVar && t != choicesVar:
			l.fault(b.line, "a reveal needs a variable with a text, a list or a choice, and %q is none", b.answer)
		case b.rule != exchange.Both && t != choiceVar && t != choicesVar:
			l.fault(b.line, "%q can't be compared: the rule %s takes a choice", b.answer, b.rule)
		case b.until != "" && l.flow.vars[b.until] != dateVar:
			l.fault(b.line, "`until` of a reveal is a variable with a date, and %q is none", b.until)
		case b.rule == exchange.Lower && len(l.flow.order(b.answer)) == 0:
			l.fault(b.line, "the choices of %q have no order that is known beforehand, which the rule lower takes", b.answer)
		default:
			l.checkGuest(n, b)
		}
	})
	return b
}

// checkGuest wants the steps from a question to its reveal to name nothing that was
// answered before: the other one comes in at the question.
func (l *flowLoader) checkGuest(n *node, b *reveal) {
	from := slices.Index(l.flow.nodes, l.flow.byID[b.from])
	to := slices.Index(l.flow.nodes, n)
	known := map[string]bool{b.about: true}
	for _, step := range l.flow.nodes[from:max(from, to)] {
		if a, ok := step.block.(*ask); ok {
			known[a.save] = true
		}
	}
	for _, step := range l.flow.nodes[from:max(from, to)] {
		for _, name := range l.flow.namedIn(step) {
			if _, variable := l.flow.vars[name]; variable && !known[name] {
				l.fault(step.line, "the other one is asked this as well, and does not know %q", name)
			}
		}
	}
}

// namedIn gives what the texts of a step name.
func (f *Flow) namedIn(n *node) (names []string) {
	for key, w := range f.wordings {
		if !strings.HasPrefix(key, n.id+".") {
			continue
		}
		for _, t := range w.texts[english] {
			names = append(names, t.uses...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// order gives the choices of a variable in the order in which they are offered.
func (f *Flow) order(variable string) []string {
	var ids []string
	for _, n := range f.nodes {
		a, ok := n.block.(*ask)
		if !ok || a.save != variable {
			continue
		}
		if k, ok := a.kind.(*choiceKind); ok {
			for _, o := range k.fixed {
				ids = append(ids, o.id)
			}
		}
	}
	return ids
}

func (b *reveal) take(r *run, n *node) (*node, bool) {
	f := r.frame()
	f.Step = n.id
	guest := f.Guest != 0
	if _, open := r.exchange(f.Guest); guest && !open {
		r.tell("exchange-over", nil)
		return nil, false
	}
	if len(b.own(r)) == 0 || b.about != "" && !r.both(f.Vars.get(b.about).text) || !r.turn.Facts.Couple().Linked || r.safety().closed(r.today()) {
		return b.onward(guest, n), false
	}
	about, _ := r.item(f.Vars.get(b.about).text)
	if r.toRead(about.ID) {
		return b.onward(guest, n), false
	}
	asked, open := r.asked(f.Flow, about.Shared)
	second := guest || open && !asked.Mine
	given := Answers{}.set("words", textValue(r.asWords(r.shown(b.answer)))).set("second", truthValue(second)).set("rule", textValue(string(b.rule)))
	if until := f.Vars.get(b.until); !second && !until.none() {
		given = given.set("until", until)
	}
	return r.push(b.flow, given), false
}

// onward gives where it goes on: a guest goes no further.
func (b *reveal) onward(guest bool, n *node) *node {
	if guest {
		return nil
	}
	return n.after
}

// own is the person's answer.
func (b *reveal) own(r *run) []string {
	v := r.frame().Vars.get(b.answer)
	switch {
	case len(v.list) > 0:
		return v.list
	case v.text != "":
		return []string{v.text}
	}
	return nil
}

// back gives the answer away, if the person has said yes to that.
func (b *reveal) back(r *run, theirs Frame) {
	f, own := r.frame(), b.own(r)
	if theirs.Vars.get("go").text != "send" || !r.jointly() || !b.shareable(r, own) {
		return
	}
	if f.Guest != 0 {
		r.do(AnswerReveal{Exchange: f.Guest, Answer: own})
		return
	}
	about, _ := r.item(f.Vars.get(b.about).text)
	if e, open := r.asked(f.Flow, about.Shared); open { // the other one came to it first, or they did before
		r.do(AnswerReveal{Exchange: e.ID, Answer: own})
		return
	}
	begin := BeginReveal{Flow: f.Flow, Step: b.from, Rule: b.rule, Order: r.flow().order(b.answer), Answer: own, About: about.Shared}
	if day, err := time.ParseInLocation(dateForm, f.Vars.get(b.until).text, r.now().Location()); err == nil {
		begin.Until = day.AddDate(0, 0, 1)
	}
	r.do(begin)
}

// asked gives the open question of a flow about something that is both's, if there is one.
func (r *run) asked(flow string, about uint64) (Exchange, bool) {
	for _, e := range r.turn.Facts.Exchanges() {
		if about != 0 && e.About == about && e.Flow == flow {
			return e, true
		}
	}
	return Exchange{}, false
}

// toRead says whether both answers to a question about an item are there and the person
// has not looked at them yet: until then no other is put about it.
func (r *run) toRead(item string) bool {
	i, _ := r.item(item)
	return i.Shared != 0 && slices.ContainsFunc(r.news(), func(n News) bool {
		return n.Kind == NewsRevealed && n.Given == i.Shared
	})
}

func (b *reveal) leads(n *node) []lead { return onward(n) }

// shareable says whether nothing in an answer forbids to give it to the other one. What was
// chosen from buttons is none of the person's own words, and its id are no words at all.
func (b *reveal) shareable(r *run, answer []string) bool {
	labels := r.flow().labels[b.answer]
	return !slices.ContainsFunc(answer, func(words string) bool { return labels[words] == nil && unshareable(words) != "" })
}

// exchange gives one that the person may still answer.
func (r *run) exchange(id uint64) (Exchange, bool) {
	for _, e := range r.turn.Facts.Exchanges() {
		if e.ID == id {
			return e, true
		}
	}
	return Exchange{}, false
}

// offers gives what the other one has offered and the person has not answered, unless what
// involves the partner is closed. A check that is due is asked for before they answer.
func (r *run) offers() []Exchange {
	if r.safety().closed(r.today()) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.turn.Facts.Exchanges()), func(e Exchange) bool {
		f := r.book.flow(e.Flow)
		return e.Mine || e.Answered || f == nil || f.stands(e.Step) == nil || !r.hasAbout(e)
	})
}

// hasAbout says whether the person has what a question is about.
func (r *run) hasAbout(e Exchange) bool {
	item, found := r.sharedItem(e.About)
	return e.About == 0 || found && slices.Contains(itemKinds, item.Kind)
}

// withdrawable gives what the person has answered and the other one has not.
func (r *run) withdrawable() []Exchange {
	return slices.DeleteFunc(slices.Clone(r.turn.Facts.Exchanges()), func(e Exchange) bool { return !e.Answered })
}

// answerOffer puts the oldest question that was offered: the flow that it is in begins
// there, on top of the one in front, and ends with the answer.
func (r *run) answerOffer() (*node, bool) {
	offers := r.offers()
	if len(offers) == 0 || !r.jointly() {
		return nil, false
	}
	r.push(offers[0].Flow, nil)
	r.frame().Guest = offers[0].ID
	if about, found := r.sharedItem(offers[0].About); found {
		r.assign(r.flow().about, textValue(about.ID))
	}
	return r.flow().stands(offers[0].Step), true
}

// thenOf gives the flow by which it goes on after a question that both have answered.
func (b *Book) thenOf(flow, step string) string {
	f := b.flow(flow)
	if f == nil {
		return ""
	}
	for _, n := range f.nodes {
		if v, ok := n.block.(*reveal); ok && f.stands(v.from) == f.stands(step) && b.heading(v.then) != nil {
			return v.then
		}
	}
	return ""
}

// checkThens looks whether what a flow goes on by is there.
func (b *Book) checkThens(f *Flow) {
	for _, n := range f.nodes {
		if v, ok := n.block.(*reveal); ok && v.then != "" && b.heading(v.then) == nil {
			b.fault(f.Heading, v.line, "there is no flow %q to go on by%s", v.then, didYouMean(v.then, b.ids()))
		}
	}
}

// labelled puts an answer into the words that people read, each of a list for itself.
func (r *run) labelled(flow, step string, answer []string) []string {
	words := slices.Clone(answer)
	labels := r.labelsAt(flow, step)
	for i, id := range words {
		if label := labels[id]; label != nil {
			words[i] = label.say(r, nil)
		}
	}
	return words
}

// labelsAt gives the labels of what can be chosen at a step that is revealed.
func (r *run) labelsAt(flow, step string) map[string]*wording {
	f := r.book.flow(flow)
	if f == nil {
		return nil
	}
	for _, n := range f.nodes {
		if b, ok := n.block.(*reveal); ok && f.stands(step) == f.stands(b.from) {
			return f.labels[b.answer]
		}
	}
	return nil
}

// revealed gives an answer in the words that people read.
func (r *run) revealed(flow, step string, answer []string) string {
	words := r.labelled(flow, step, answer)
	if len(r.labelsAt(flow, step)) > 0 {
		return r.series("", words)
	}
	return r.together(words)
}
