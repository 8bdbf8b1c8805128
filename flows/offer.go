package flows

import "strings"

// Offer is a question of the engine's own, about a conversation rather than in one.
type Offer struct {
	Kind string
	Flow string // the conversation it is about
	At   int64  // when it was made, in Unix seconds
	Text string // words held until the person says what they were meant for
	// About is the item that it is about, for what came back about one.
	About string
	// Photos are the platform's references of photos that nothing asked for.
	Photos []string
	// Misses counts the words in a row that did not answer it.
	Misses int
	// Varied is the [Session.Varied] by which its words are chosen, or the [Ping.Wording].
	Varied uint64
	// Behind says that it waited behind something else that came by itself, Late that it has
	// waited since yesterday.
	Behind, Late bool
}

// The kinds of offer.
const (
	// returnOffer: the flow that was asked for is half done. Carry on, begin anew, or
	// leave it?
	returnOffer = "return"
	// parkedOffer: something else is through; back to what was interrupted?
	parkedOffer = "parked"
	// cancelledOffer: it has been set aside; the way back is one press.
	cancelledOffer = "cancelled"
	// heldOffer: after a long time away, were these words the answer?
	heldOffer = "held"
	// heldBackOffer: something else came first; were the words that brought it the answer?
	heldBackOffer = "held-back"
	// nudgeOffer: something has come back; now, or later?
	nudgeOffer = "nudge"
	// noteOffer: words that belong to nothing; keep them in the journal?
	noteOffer = "note"
	// firstOffer: the same, for what somebody wrote before they were greeted.
	firstOffer = "first"
	// sayingOffer: something was said to the program, and what it asks for is one press away.
	sayingOffer = "said"
)

const (
	carryOnID = "carry-on"
	anewID    = "start-again"
	leaveItID = "leave-it"
	takeID    = "take"
	askID     = "ask"
	keepID    = "keep"
	nowID     = "now"
	laterID   = "later"
)

// offerForm is the form of an offer's question.
const offerForm = "offer"

// offerPrompt puts an offer into words.
func (r *run) offerPrompt(o *Offer) prompt {
	switch o.Kind {
	case returnOffer:
		return r.returnPrompt()
	case parkedOffer:
		return prompt{
			text: r.phrase("parked", scene{"title": r.parkedTitle(o.Flow)}),
			options: []option{
				{carryOnID, r.phrase("parked-back", nil)},
				{leaveItID, r.phrase("parked-leave", nil)},
			},
		}
	case cancelledOffer:
		return prompt{
			text:    r.phrase("cancelled", scene{"title": r.parkedTitle(o.Flow)}),
			options: []option{{carryOnID, r.phrase("cancelled-back", nil)}},
		}
	case sayingOffer:
		return r.sayingPrompt(o.Text)
	case nudgeOffer:
		return r.nudgePrompt(o)
	case photoOffer, lateOffer:
		return r.photoPrompt(o)
	case heldOffer:
		return prompt{
			text: r.phrase("held", scene{"question": r.questionText()}),
			options: []option{
				{takeID, r.phrase("held-take", nil)},
				{askID, r.phrase("held-ask", nil)},
				{leaveItID, r.phrase("leave-it", nil)},
			},
		}
	}
	if o.Kind == heldBackOffer {
		return prompt{
			text:    r.phrase("held-back", scene{"question": r.questionText()}),
			options: []option{{takeID, r.phrase("held-take", nil)}, {askID, r.phrase("held-ask", nil)}},
		}
	}
	return prompt{
		text: r.noteText(o),
		options: []option{
			{keepID, r.phrase("note-keep", nil)},
			{leaveItID, r.phrase("note-leave", nil)},
		},
	}
}

// returnPrompt says where somebody had got to.
func (r *run) returnPrompt() prompt {
	title := r.titleOf(r.s.Front)
	text := r.phrase("return-begun", scene{"title": title})
	if q := r.questionText(); q != "" {
		text = r.phrase("return", scene{"title": title, "question": q})
	}
	return prompt{
		text: text,
		options: []option{
			{carryOnID, r.phrase("carry-on", nil)},
			{anewID, r.phrase("start-again", nil)},
			{leaveItID, r.phrase("leave-it", nil)},
		},
	}
}

// questionText gives the question in front, to say where somebody had got to.
func (r *run) questionText() string {
	f := r.flow()
	if f == nil {
		return ""
	}
	n := f.stands(r.frame().Step)
	if n == nil || !waits(n.block) {
		return ""
	}
	trial := &run{book: r.book, turn: r.turn, s: r.s.clone(), budget: stepBudget}
	trial.s.Front.Sure = nil
	text := n.block.(waiter).prompt(trial, n).text
	if i := strings.LastIndex(text, "\n\n"); i >= 0 {
		text = text[i+2:]
	}
	return text
}

func (r *run) parkedTitle(flow string) string {
	if f := r.book.heading(flow); f != nil {
		return f.title.say(r, nil)
	}
	return ""
}

func (r *run) putOffer() {
	m := r.message(r.offerPrompt(r.s.Offer), offerForm+":"+r.s.Offer.Kind)
	r.say(m)
}

func (r *run) offer(o *Offer) {
	o.At = r.now().Unix()
	r.s.Offer = o
	r.closeQuestion()
	r.putOffer()
}

// offerReturn offers to go on with the conversation now in front, or to begin it again
// about the same item.
func (r *run) offerReturn(c *Conversation, about string) {
	r.offer(&Offer{Kind: returnOffer, Flow: c.bottom().Flow, About: about})
}

// offerParked offers the way back to what was interrupted last, once. It says whether there
// was anything.
func (r *run) offerParked() bool {
	for i := len(r.s.Parked) - 1; i >= 0; i-- {
		c := r.s.Parked[i]
		if !c.Interrupted {
			continue
		}
		c.Interrupted = false
		if r.book.heading(c.bottom().Flow) == nil {
			continue
		}
		r.offer(&Offer{Kind: parkedOffer, Flow: c.bottom().Flow})
		return true
	}
	return false
}

// hold keeps words said after a long time away until it is clear what they were.
func (r *run) hold(text string) {
	r.offer(&Offer{Kind: heldOffer, Text: text})
}

// hearOffer takes words as the answer to an offer, and says whether they were one.
// What is none is dealt with as if the offer had been left.
func (r *run) hearOffer(h heard) bool {
	o := r.s.Offer
	p := r.offerPrompt(o)
	if yes, ok := r.reader().YesNo(h.text); ok && o.takes(p, yes) {
		r.takeOffer(o.yesOrNo(p, yes))
		return true
	}
	if i, ok := r.reader().Choice(h.text, labelsOf(p.options)); ok {
		r.takeOffer(p.options[i].id)
		return true
	}
	if o.Kind == heldBackOffer { // the question stands in the offer, and this is its answer
		r.dropOffer()
		if isLong(o.Text) {
			r.unplace(o.Text)
		}
		return false
	}
	if o.Kind == parkedOffer && o.Misses == 0 && !isLong(h.text) {
		o.Misses++
		r.lead(r.phrase("choose-offer", nil))
		r.putOffer()
		return true
	}
	if o.Kind != returnOffer && o.Kind != heldOffer {
		r.dropOffer()
		return false
	}
	o.Misses++
	o.Text = strings.TrimPrefix(o.Text+"\n"+h.text, "\n")
	if o.Misses >= patience {
		r.giveWay(o)
		return true
	}
	r.lead(r.varied("choose-offer", nil))
	r.putOffer()
	return true
}

// giveWay lets a conversation rest that somebody does not want to hear about now, as
// their words show. What they wrote is not lost.
func (r *run) giveWay(o *Offer) {
	r.dropOffer()
	title := r.titleOf(r.s.Front)
	r.park(false)
	r.lead(r.phrase("left", scene{"title": title}))
	r.idle(o.Text)
}

// takes says whether a yes, or a no, is an answer to an offer. Nothing is asked where
// something was set aside: an "ok" there only takes note. A saying has a yes where there is
// one thing to say yes to.
func (o *Offer) takes(p prompt, yes bool) bool {
	if o.Kind == sayingOffer {
		return !yes || len(p.options) == 1
	}
	return o.Kind != returnOffer && o.Kind != cancelledOffer
}

// holdsWords says whether its text is what the person wrote, for a place that is still to be
// found.
func (o *Offer) holdsWords() bool { return o.Kind != nudgeOffer && o.Kind != sayingOffer }

// asks says whether an offer wants an answer before anything else comes.
func (o *Offer) asks() bool { return o.Kind != cancelledOffer && o.Kind != sayingOffer }

// yesOrNo gives the option that a yes or a no stands for. A no to what comes back is
// "not today", and not "later today".
func (o *Offer) yesOrNo(p prompt, yes bool) string {
	switch {
	case yes:
		return p.options[0].id
	case o.Kind == nudgeOffer, o.Kind == sayingOffer:
		return leaveItID
	}
	return p.options[1].id
}

// dropOffer lets an offer go without an answer.
func (r *run) dropOffer() {
	r.s.Offer = nil
	r.closeQuestion()
}

func (r *run) leaveOffer() { r.takeOffer(leaveItID) }

// takeOffer acts on what was chosen.
func (r *run) takeOffer(option string) {
	o := r.s.Offer
	r.dropOffer()
	if o.Kind == sayingOffer && option != leaveItID {
		r.openFlow(&Offer{Flow: option})
		return
	}
	switch option {
	case carryOnID:
		r.carryOn(o)
	case anewID:
		r.beginAnew(o)
	case takeID:
		r.s.Front.At = r.now().Unix()
		if n := r.here(o.Text); n != nil {
			r.hear(n, heard{text: o.Text})
		}
	case askID:
		r.s.Front.At = r.now().Unix()
		r.again()
	case nowID:
		r.came = true
		r.openFlow(o)
		if r.s.Front != nil {
			r.s.Front.Came = true
		}
	case laterID:
		r.putOff(o)
	case keepID:
		r.keepOffered(o)
	default:
		r.leave(o)
	}
}

func (r *run) carryOn(o *Offer) {
	if o.Kind != returnOffer {
		c := r.unpark(o.Flow)
		if c == nil {
			r.tellVaried("nothing-open")
			return
		}
		r.s.Front = c
	}
	r.s.Front.At = r.now().Unix()
	if !r.offerHeld() {
		r.again()
	}
}

func (r *run) beginAnew(o *Offer) {
	r.unawait()
	r.s.Front = nil
	if f := r.book.heading(o.Flow); f != nil {
		r.begin(f, o.About)
		return
	}
	r.tell("gone", nil)
}

// openFlow starts the flow of an offer as if the person had asked for it.
func (r *run) openFlow(o *Offer) {
	if f := r.book.heading(o.Flow); f != nil {
		r.startAbout(f, o.About)
		return
	}
	r.tell("gone", nil)
}

// leave takes no for an answer.
func (r *run) leave(o *Offer) {
	switch o.Kind {
	case returnOffer, heldOffer, heldBackOffer:
		title := r.titleOf(r.s.Front)
		r.park(false)
		r.tell("left", scene{"title": title})
		r.placeWords()
	case nudgeOffer:
		r.lead(r.phrase("nudge-left", nil))
		r.leaveQueued(o.Flow)
		if !r.offerQueued() {
			r.say(Message{})
		}
	case sayingOffer:
		r.say(Message{Text: r.phraseAt("noted", 0, nil)})
	case noteOffer, firstOffer:
		r.tell("note-dropped", nil)
	case photoOffer, lateOffer:
		r.lead(r.phrase("photo-dropped", nil))
		r.repeat()
	default:
		r.tell("left", scene{"title": r.parkedTitle(o.Flow)})
		r.placeWords()
	}
}

// keepOffered keeps what an offer is about.
func (r *run) keepOffered(o *Offer) {
	if o.ofPhotos() {
		r.takePhotos(o)
		return
	}
	r.keepNote(o.Text)
}
