package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Step takes one event and gives the session after it and what is to be done. It
// reads nothing but the turn and changes nothing but its results.
//
// Step panics on a mistake in a flow that no check could find. The panic's value
// names the flow and the step, never what a person wrote.
func (b *Book) Step(t Turn) (Session, []Effect) {
	t.Event.Text = unmarked(t.Event.Text)
	r := &run{book: b, turn: t, s: t.Session.clone(), budget: stepBudget, out: make([]Effect, 0, 4)}
	r.turn.Facts = seen{t.Facts, r}
	if t.Event.Unreached { // what came lately never reached them
		r.s.Pings = nil
	}
	switch t.Event.Kind {
	case Said, Pressed, Sent, Opened, Invited:
		r.comesBack()
	}
	caught := t.Event.Kind == Said && r.catches(t.Event.Text)
	if !caught && r.justGreets() {
		if t.Event.Kind == Said && isLong(t.Event.Text) {
			r.s.Unplaced = t.Event.Text
		}
		r.tell("returned", nil)
		return r.s, r.out
	}
	switch t.Event.Kind {
	case Said:
		if !caught {
			r.said(t.Event.Text)
		}
	case Pressed:
		r.pressed(t.Event.Token)
	case PhotoReady:
		r.photoReady(t.Event)
	case PhotoFailed:
		r.photoFailed(t.Event)
	case Sent:
		r.sent(t.Event)
		r.catches(t.Event.Text)
	case Lapsed:
		r.lapsed(t.Event.Wait)
	case Nudged:
		r.nudged(t.Event)
	case Opened:
		r.opened()
	case Invited:
		r.invited()
	}
	if t.Event.Kind == Said || t.Event.Kind == Pressed {
		r.offerLate()
	}
	if r.leading != "" { // nothing came after it
		r.say(Message{})
	}
	if (t.Event.Kind == Said || t.Event.Kind == Pressed) && !r.spoke() {
		r.tellVaried("noted")
	}
	if r.s.Front != nil && byPerson(t.Event.Kind) {
		r.s.Front.At = t.Now.Unix()
	}
	return r.s, r.out
}

// spoke says whether something was said, or will be: nobody is left without an answer.
func (r *run) spoke() bool {
	return slices.ContainsFunc(r.out, func(e Effect) bool {
		switch e.(type) {
		case Say, MakeCode:
			return true
		}
		return false
	})
}

// byPerson says whether an event is something that the person did just now.
func byPerson(k EventKind) bool {
	switch k {
	case Lapsed, Nudged, PhotoReady, PhotoFailed:
		return false
	}
	return true
}

// said takes words: a command, or an answer to what is in front, or neither.
func (r *run) said(text string) {
	if name, ok := commandIn(text); ok {
		r.command(name)
		return
	}
	if r.s.Offer != nil && r.hearOffer(heard{text: text}) {
		return
	}
	if r.s.Front == nil {
		r.idle(text)
		return
	}
	n := r.here(text)
	if n == nil {
		return
	}
	if r.onFloor() && (r.away() || !r.clearAnswer(n, text)) && r.meetsAnew() {
		if isLong(text) {
			r.unplace(text)
		}
		return
	}
	if r.away() && (r.traceless() || !r.clearAnswer(n, text)) {
		r.afterAbsence(text)
		return
	}
	r.hear(n, heard{text: text})
}

// afterAbsence takes words that may not be meant as the answer to what was asked
// long ago.
func (r *run) afterAbsence(text string) {
	switch {
	case r.fleeting() || r.traceless():
		r.park(false)
		r.idle(text)
	case r.addressed(text): // a "hi" is no answer to anything
		if s := r.sayingIn(text); !s.within {
			r.lead(s.reply.say(r, nil))
		}
		r.offerReturn(r.s.Front, "")
	case r.takesWords():
		r.hold(text)
	default:
		if isLong(text) {
			r.unplace(text)
		}
		r.offerReturn(r.s.Front, "")
	}
}

// takesWords says whether any words could be the answer to the question in front.
func (r *run) takesWords() bool {
	n := r.flow().stands(r.frame().Step)
	if n == nil {
		return true
	}
	a, ok := n.block.(*ask)
	if !ok {
		return true
	}
	switch a.kind.(type) {
	case textKind, listKind, photoKind:
		return true
	}
	return false
}

// hear hands an answer to the question in front.
func (r *run) hear(n *node, h heard) {
	if r.away() && !r.onFloor() {
		r.lead(r.phrase("welcome-back", nil))
	}
	r.s.Front.At = r.now().Unix()
	n.block.(waiter).hear(r, n, h)
	r.afterwards()
}

// afterwards begins what a conversation opens once it is over. Otherwise it offers the
// way back, or a place for words that came before there was one.
func (r *run) afterwards() {
	if r.s.Front != nil || r.s.Offer != nil {
		return
	}
	if r.opening != "" {
		r.openNext()
		return
	}
	if r.offerParked() { // words that were set by can wait until that is through
		return
	}
	if text := r.s.Unplaced; text != "" && r.turn.Person.Met {
		r.s.Unplaced = ""
		r.offer(&Offer{Kind: firstOffer, Text: text})
		return
	}
	if r.came {
		r.offerQueued()
	}
}

// pressed takes a button. One of a question that is no longer open changes nothing.
func (r *run) pressed(tok string) {
	option, ok := r.optionOf(tok)
	switch {
	case !ok:
		r.stale()
	case r.s.Offer != nil:
		r.takeOffer(option)
	case r.s.Front == nil:
		r.stale()
	default:
		if n := r.here(""); n != nil {
			r.hear(n, heard{option: option})
		}
	}
}

// optionOf finds the option behind a button of the open question.
func (r *run) optionOf(tok string) (string, bool) {
	serial, place, _ := strings.Cut(tok, ".")
	q := r.s.Question
	i, err := strconv.Atoi(place)
	if q.Form == "" || err != nil || serial != strconv.Itoa(q.Serial) || i < 0 || i >= len(q.Options) {
		return "", false
	}
	return q.Options[i], true
}

func (r *run) stale() {
	r.lead(r.varied("stale", nil))
	r.repeat()
}

// repeat shows what is in front again, whatever that is.
func (r *run) repeat() {
	switch {
	case r.s.Offer != nil && r.s.Offer.asks():
		r.putOffer()
	case r.s.Front != nil:
		if n := r.here(""); n != nil {
			r.put(n)
		}
	case r.leading == "":
		r.tellVaried("nothing-open")
	}
}

func (r *run) waitingForPhoto() *node {
	if r.s.Front == nil || r.s.Offer != nil {
		return nil
	}
	if r.s.Front.Form != (photoKind{}).name() {
		return nil
	}
	return r.here("")
}

// sent meets whatever is neither words nor a button with one kind line.
func (r *run) sent(e Event) {
	switch {
	case e.Thing == "edit":
		r.tellVaried("sent-edit")
		return
	case e.Thing == "photo" && e.Photo != "":
		r.sentPhoto(e)
		return
	case r.meetsAnew():
		return
	case r.waitingForPhoto() != nil:
		r.lead(r.varied("retry-photo", nil))
	case e.Thing == "forward":
		r.lead(r.varied("sent-forward", nil))
	default:
		r.lead(r.varied("sent", nil))
	}
	r.repeat()
}

// lapsed goes on where a wait has run out. A wait that is no longer in front has
// nothing to say.
func (r *run) lapsed(id string) {
	c := r.s.Front
	if c == nil || id != awaitID(c) {
		return
	}
	n := r.here("")
	if n == nil {
		return
	}
	if b, ok := n.block.(*wait); ok {
		offer := r.s.Offer
		r.s.Offer = nil
		b.lapsed(r, n)
		if offer == nil || r.opening != "" {
			r.afterwards()
		}
	}
}

// opened greets somebody whose chat has just come into view.
func (r *run) opened() {
	switch {
	case !r.turn.Person.Met && r.s.Front == nil:
		r.start(r.book.heading(r.book.greeting))
	case r.s.Offer == nil && r.s.Front == nil:
		r.greet()
	case r.meetsAnew():
	default:
		r.reopen()
	}
}

// reopen shows what was in front when the chat went out of view, unless it leaves no
// trace and was a while ago.
func (r *run) reopen() {
	if !r.away() {
		r.repeat()
		return
	}
	if r.s.Offer == nil && r.traceless() {
		r.park(false)
		r.greet()
		return
	}
	r.lead(r.phrase("welcome-back", nil))
	r.repeat()
}

// greet meets somebody who opens the chat, with nothing in front.
func (r *run) greet() {
	p := r.turn.Person
	r.tell("opened", scene{"name": p.Name, "leaving": r.date(p.About[Leaving])})
}

// longAway is how long somebody stays away before words from them are more likely
// a greeting than the answer to what was asked back then.
const longAway = 8 * time.Hour

func (r *run) away() bool {
	c := r.s.Front
	return c != nil && r.now().Sub(time.Unix(c.At, 0)) >= longAway
}

// clearAnswer says whether words can only be meant as the answer: a number to a
// scale is, a "hi" to an open question may not be.
func (r *run) clearAnswer(n *node, text string) bool {
	if _, drafts := n.block.(*coaching); drafts {
		return false
	}
	a, ok := n.block.(*ask)
	if !ok {
		return true
	}
	switch a.kind.(type) {
	case textKind, listKind, photoKind:
		return false
	}
	if len(r.s.Front.Sure) > 0 {
		_, ok := r.pickSure(a, r.s.Front.Sure, heard{text: text})
		return ok
	}
	trial := &run{book: r.book, turn: r.turn, s: r.s.clone(), budget: stepBudget}
	return a.kind.read(trial, a, heard{text: text}).miss == ""
}
