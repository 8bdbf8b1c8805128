package flows

import (
	"time"

	"kintsugi/flows/exchange"
)

// Relay is the one relay that a couple can have under way, as one of them may see it.
type Relay struct {
	ID    uint64
	Stage Stage
	// Text is what the other one said last, if there is something to answer; Verdict and
	// Missed are the other one's of what the person said back last.
	Text    string
	Read    bool // the other one has read it, and says nothing back
	Verdict exchange.Verdict
	Missed  string
	Round   int       // how often the listener has tried so far
	Back    time.Time // when a time-out is over
	Until   time.Time // when it lapses
}

// Stage is what a relay waits for.
type Stage string

// The stages.
const (
	NoRelay     Stage = "none"
	RelayOffer  Stage = "offered" // the other one would like to say something
	RelayWords  Stage = "words"   // the person is to speak
	RelayEcho   Stage = "echo"    // they are to say back what they heard
	RelayRuling Stage = "ruling"  // they are to say whether they were heard
	RelayWaits  Stage = "waits"   // it is the other one's turn
	RelayBreak  Stage = "break"   // there is a time-out
)

type (
	// BeginRelay offers the other one to hear something, and to say it back.
	BeginRelay struct{ Text string }
	// AcceptRelay is the other one's yes.
	AcceptRelay struct{}
	// SayRelay is what a speaker says, or what a listener has heard.
	SayRelay struct{ Text string }
	// ReadRelay says that a listener has read it, and nothing else.
	ReadRelay struct{}
	// RuleRelay says how the speaker was heard, with what was missed.
	RuleRelay struct {
		Verdict exchange.Verdict
		Missed  string
	}
	// BreakRelay is a time-out. It has a length.
	BreakRelay struct{ Length time.Duration }
)

func (BeginRelay) effect()  {}
func (AcceptRelay) effect() {}
func (SayRelay) effect()    {}
func (ReadRelay) effect()   {}
func (RuleRelay) effect()   {}
func (BreakRelay) effect()  {}

// relayFlow is the flow that shows what is to be said, and asks for a yes.
const relayFlow = "together.relay-offer"

// relay offers the other one to hear a text, and to say back what they heard. Alone,
// nothing comes of it.
type relay struct {
	call
	words string // the variable with the text
}

func (l *flowLoader) relay(_ *node, m *mapping) block {
	b := &relay{call: call{flow: relayFlow, line: m.line}, words: m.text("relay")}
	line := m.lineOf("relay")
	l.put(func() {
		if l.flow.vars[b.words] != textVar {
			l.fault(line, "a relay needs a variable with a text, and %q is none", b.words)
		}
	})
	return b
}

func (b *relay) take(r *run, n *node) (*node, bool) {
	f := r.frame()
	f.Step = n.id
	words := f.Vars.get(b.words)
	if words.text == "" || !r.turn.Facts.Couple().Linked || r.safety().closed(r.today()) {
		return n.after, false
	}
	return r.push(b.flow, Answers{}.set("words", words)), false
}

// back offers it, if the person has said yes to that.
func (b *relay) back(r *run, theirs Frame) {
	words := theirs.Vars.get("words").text
	if theirs.Vars.get("go").text == "send" && r.jointly() && unshareable(words) == "" && r.turn.Facts.Relay().Stage == NoRelay {
		r.do(BeginRelay{words})
	}
}

func (b *relay) leads(n *node) []lead { return onward(n) }

// relayTurn is a turn in the relay that is under way.
type relayTurn struct {
	act    string
	words  string        // the variable with what is said, or was missed
	rules  string        // the variable with the verdict
	length time.Duration // of a time-out
}

var relayTurns = []string{"accept", "say", "read", "rule", "break"}

func (l *flowLoader) relayTurn(n *node, m *mapping) block {
	b := &relayTurn{act: oneOf(m, "turn", "accept", relayTurns), words: m.text("words"), rules: m.text("verdict")}
	line := m.lineOf("turn")
	if b.act == "break" {
		b.length = l.pause(m, n)
		if b.length < exchange.ShortTimeOut || b.length > exchange.LongTimeOut {
			l.fault(line, "a break is 20m to 24h long")
		}
	}
	l.put(func() {
		says, rules := b.act == "say" || b.act == "rule", b.act == "rule"
		if says != (l.flow.vars[b.words] == textVar) || rules != (l.flow.vars[b.rules] == choiceVar) {
			l.fault(line, "say wants `words`, a variable with a text, and rule wants `verdict` as well, one with a choice")
		}
	})
	return b
}

// take makes the move, if it is the person's to make now. The stage is looked at once more:
// the other one may have moved since the question was put.
func (b *relayTurn) take(r *run, n *node) (*node, bool) {
	stage, vars := r.turn.Facts.Relay().Stage, r.frame().Vars
	words := vars.get(b.words).text
	if !r.jointly() || unshareable(words) != "" {
		return n.after, false
	}
	switch {
	case b.act == "accept" && stage == RelayOffer:
		r.do(AcceptRelay{})
	case b.act == "say" && (stage == RelayWords || stage == RelayEcho) && words != "":
		r.do(SayRelay{words})
	case b.act == "read" && stage == RelayEcho:
		r.do(ReadRelay{})
	case b.act == "rule" && stage == RelayRuling:
		r.do(RuleRelay{exchange.Verdict(vars.get(b.rules).text), words})
	case b.act == "break" && stage != NoRelay && stage != RelayOffer && stage != RelayBreak:
		r.do(BreakRelay{b.length})
	}
	return n.after, false
}

func (b *relayTurn) leads(n *node) []lead { return onward(n) }

// relayMap is the relay as expressions see it.
func (r *run) relayMap() map[string]any {
	e := r.turn.Facts.Relay()
	return map[string]any{"stage": string(e.Stage), "text": e.Text, "read": e.Read, "verdict": string(e.Verdict), "missed": e.Missed, "round": e.Round}
}

// shownRelay is what texts see.
func (r *run) shownRelay() map[string]any {
	m, e := r.relayMap(), r.turn.Facts.Relay()
	m["text"], m["missed"] = words(e.Text), words(e.Missed)
	m["back"] = ""
	if at := e.Back.In(r.now().Location()); !e.Back.IsZero() {
		m["back"] = r.phrase("day-and-time", scene{"date": r.day(at), "time": at.Format("15:04")})
	}
	return m
}

// Relay is part of [Facts].
func (s seen) Relay() Relay {
	e := s.Facts.Relay()
	for _, effect := range s.r.out {
		switch m := effect.(type) {
		case BeginRelay:
			e = Relay{Stage: RelayWaits}
		case AcceptRelay:
			e.Stage = RelayEcho
		case SayRelay, ReadRelay, RuleRelay:
			e = Relay{ID: e.ID, Stage: RelayWaits, Until: e.Until}
		case BreakRelay:
			e.Stage, e.Back = RelayBreak, s.r.now().Add(m.Length)
		}
	}
	return e
}
