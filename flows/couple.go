package flows

import (
	"slices"
	"time"

	"kintsugi/flows/coach"
)

// Couple is how a person stands with another one, as far as they know: somebody who has
// left without a word is still there.
type Couple struct {
	Linked  bool
	Partner string    // what the other one is called, as they chose; empty if they would rather not say
	Since   time.Time // when they were linked
	// Invitation is how far one is that the person sent or came by, Other who is on the
	// other side of it, and Until when it lapses.
	Invitation Invitation
	Other      string
	Until      time.Time
}

// Invitation is how far it is.
type Invitation string

// The ways in which an invitation can stand.
const (
	NoInvitation Invitation = "none"
	InviteOut    Invitation = "out"      // a code was made, and nobody has said yes
	InviteCame   Invitation = "came"     // the person has come by the code of another
	InviteWaits  Invitation = "waits"    // they have said yes, and wait for the other one
	InviteYes    Invitation = "accepted" // somebody said yes to theirs: is it whom they meant?
)

// Two people are never changed in one turn: what these do to the other side comes to it
// as [News].
type (
	// Agree says yes to the invitation that the person came by.
	Agree struct{}
	// Link says that whoever said yes is the one that was meant.
	Link struct{}
	// Decline lets go of the invitation that the person came by, or of the yes that came.
	// The other side is told nothing.
	Decline struct{}
	// Unlink ends being linked, on this side.
	Unlink struct{}
	// Share gives words to the other side, which may be [Thanks] or [ReadIt].
	Share struct{ Text, About string }
	// TakeNews takes something out of the inbox.
	TakeNews struct{ ID uint64 }
)

func (Agree) effect()    {}
func (Link) effect()     {}
func (Decline) effect()  {}
func (Unlink) effect()   {}
func (Share) effect()    {}
func (TakeNews) effect() {}

// coupleStep does one of these.
type coupleStep struct {
	act   string
	words string // the variable with what is shared
	about string // the variable with what it is about, if it is about anything
}

var coupleActs = []string{"agree", "link", "decline", "unlink", "share", "answer", "withdraw"}

func (l *flowLoader) couple(_ *node, m *mapping) block {
	b := &coupleStep{act: oneOf(m, "couple", "unlink", coupleActs), words: m.text("words"), about: m.text("about")}
	line := m.line
	l.put(func() {
		if (b.act == "share") != (b.words != "") || b.words != "" && l.flow.vars[b.words] != textVar {
			l.fault(line, "sharing wants `words`, a variable with a text, and nothing else has any")
		}
		if b.about != "" && (b.act != "share" || l.flow.vars[b.about] != textVar) {
			l.fault(line, "`about` is of a share, and a variable with a text")
		}
	})
	return b
}

// take does it, or does nothing where it can't be: the engine closes what involves the
// partner for whoever has had it closed, whatever a flow says.
func (b *coupleStep) take(r *run, n *node) (*node, bool) {
	c := r.turn.Facts.Couple()
	switch words := r.frame().Vars.get(b.words).text; {
	case b.act == "unlink":
		r.do(Unlink{})
		r.s.Parked = slices.DeleteFunc(r.s.Parked, r.isJoint)
	case b.act == "decline":
		r.do(Decline{})
	case b.act == "withdraw":
		r.do(Withdraw{})
	case b.act == "answer":
		r.frame().Step = n.id
		if first, ok := r.answerOffer(); ok {
			return first, false
		}
	case !r.jointly():
	case b.act == "agree" && c.Invitation == InviteCame:
		r.do(Agree{})
	case b.act == "link" && c.Invitation == InviteYes:
		r.do(Link{})
	case b.act == "share" && c.Linked && words != "" && unshareable(words) == "":
		r.do(Share{Text: words, About: shareAbout(r.frame().Vars.get(b.about).text)})
	}
	return n.after, false
}

// isJoint says whether a conversation is one that only somebody who is linked comes back to.
func (r *run) isJoint(c *Conversation) bool {
	f := r.book.heading(c.bottom().Flow)
	return f != nil && f.joint
}

func (b *coupleStep) leads(n *node) []lead { return onward(n) }

// shareAbout gives what a share says that it is about: of that, nothing goes over but one
// of a few words.
func shareAbout(about string) string {
	if about == Thanks || about == ReadIt {
		return about
	}
	return ""
}

// jointly says whether the person may do anything now that involves the partner.
func (r *run) jointly() bool { return r.safety().safe(r.today()) }

// unshareable gives why words can't be given to the other one: the rule that forbids it,
// or "danger"; "" if they can.
func unshareable(words string) string {
	if coach.English().Danger(words).Crisis != coach.NoCrisis {
		return "danger"
	}
	for _, mode := range []coach.Mode{coach.Statement, coach.Request} {
		for _, f := range coach.English().Read(mode, words).Findings {
			if f.Blocks {
				return f.Rule
			}
		}
	}
	return ""
}

// shareFlow is the flow that shows what the other one will see, asks for a yes, and
// shares.
const shareFlow = "together.share"

// share offers to give a text of the person's to the other one: `share: thanks`.
func (l *flowLoader) share(_ *node, m *mapping) block {
	return &call{flow: shareFlow, line: m.lineOf("share"), give: []handover{{"words", m.text("share"), m.lineOf("share")}}}
}

// invited meets somebody who has come by the code of another.
func (r *run) invited() {
	if f := r.book.heading(invitedFlow); f != nil {
		r.start(f)
	}
}

// The flows that are opened by what the other side does.
const (
	invitedFlow = "together.invited"
	newsFlow    = "together.news"
)

// coupleMap is the couple as expressions see it.
func (r *run) coupleMap() map[string]any {
	c := r.turn.Facts.Couple()
	return map[string]any{
		"linked": c.Linked, "partner": c.Partner, "invitation": string(c.Invitation), "other": c.Other,
		"news": len(r.news()), "offers": len(r.offers()), "standing": len(r.withdrawable()),
	}
}

// shownCouple is what texts see.
func (r *run) shownCouple() map[string]any {
	c, m := r.turn.Facts.Couple(), r.coupleMap()
	m["since"], m["until"] = "", ""
	if !c.Since.IsZero() {
		m["since"] = r.day(c.Since.In(r.now().Location()))
	}
	if at := c.Until.In(r.now().Location()); !c.Until.IsZero() {
		m["until"] = r.phrase("day-and-time", scene{"date": r.day(at), "time": at.Format("15:04")})
	}
	return m
}

// coupleFacts are the facts of the turn with what its effects have changed.
func coupleFacts(c Couple, effects []Effect, now time.Time) Couple {
	for _, e := range effects {
		switch e := e.(type) {
		case Agree:
			c.Invitation = InviteWaits
		case Link:
			c = Couple{Linked: true, Partner: c.Other, Since: now, Invitation: NoInvitation}
		case Decline:
			c.Invitation, c.Other, c.Until = NoInvitation, "", time.Time{}
		case Unlink:
			c.Linked, c.Partner, c.Since = false, "", time.Time{}
		case MakeCode:
			if e.Kind == LinkCode {
				c.Invitation, c.Other, c.Until = InviteOut, "", e.Until
			}
		case DropCode:
			if e.Kind == LinkCode && c.Invitation == InviteOut {
				c.Invitation, c.Until = NoInvitation, time.Time{}
			}
		}
	}
	return c
}

// Couple is part of [Facts].
func (s seen) Couple() Couple { return coupleFacts(s.Facts.Couple(), s.r.out, s.r.now()) }

// Exchanges is part of [Facts].
func (s seen) Exchanges() []Exchange {
	all := slices.Clone(s.Facts.Exchanges())
	for _, effect := range s.r.out {
		for i := range all {
			switch e := effect.(type) {
			case AnswerReveal:
				all[i].Answered = all[i].Answered || all[i].ID == e.Exchange
			case Withdraw:
				all[i].Answered = false
			}
		}
	}
	return all
}
