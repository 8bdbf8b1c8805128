package flows

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"kintsugi/flows/exchange"
)

// Agreement is somebody's own copy of one: what the [Item.Values] of an item of that kind
// hold. What the other one does later comes as news, and changes it only then.
type Agreement struct {
	Exchange uint64             `json:"exchange"`
	Kind     string             `json:"kind"`
	Until    string             `json:"until"` // the date of its last day, as whoever set it had it
	Side     exchange.Side      `json:"side"`  // the person's own
	Name     string             `json:"name,omitempty"`
	Once     bool               `json:"once,omitempty"` // it is about one time: nobody asks whether it goes on
	Record   exchange.Agreement `json:"record"`         // with its words
	// What a flow can recall of the record.
	Words    string `json:"words"`
	Version  int    `json:"version"`
	Standing string `json:"standing"` // proposed, agreed or over
	Mine     bool   `json:"mine"`     // it is a proposal, and waits for the person's word
	Alone    bool   `json:"alone"`    // they are no longer linked with the one it was made with
}

// agreementKind is the kind of item that is a copy of an agreement.
const agreementKind = "agreement"

// agreementKinds are the kinds of agreement.
var agreementKinds = []string{"boundary", "expectation", "transparency"}

// heldKinds are the kinds of item that a question can offer.
var heldKinds = slices.Concat(itemKinds, []string{agreementKind, pieceKind, oursKind}, copyKinds)

// Agreed gives the agreement that an item is the copy of, if it is one.
func (i Item) Agreed() (a Agreement, ok bool) {
	if i.Kind != agreementKind {
		return a, false
	}
	b, err := json.Marshal(i.Values)
	return a, err == nil && json.Unmarshal(b, &a) == nil
}

// AgreementID gives the id of the copies of an agreement. The digit in front tells it from
// those of other items, and from the id of a choice.
func AgreementID(exchange uint64) string { return "1" + strconv.FormatUint(exchange, 36) }

// Item gives the copy as an item.
func (a Agreement) Item() Item {
	r := a.Record
	a.Words, a.Version, a.Mine = r.Text, r.Version, r.Standing == exchange.Proposal && r.Turn == a.Side
	a.Standing = [...]string{"proposed", "agreed", "over"}[r.Standing]
	i := Item{ID: AgreementID(a.Exchange), Kind: agreementKind, State: openState, Text: r.Text}
	if len(r.History) > 0 {
		i.At = r.History[0].At
		switch last := r.History[len(r.History)-1]; {
		case r.Standing == exchange.Over && last.Act == exchange.Expired:
			i.State = doneState
		case r.Standing == exchange.Over, r.Standing == exchange.Proposal && a.Alone:
			i.State = droppedState
		}
	}
	b, err := json.Marshal(a)
	if err == nil {
		_ = json.Unmarshal(b, &i.Values) // it was JSON a moment ago
	}
	return i
}

// OpensAgreement is the flow that an agreement comes back by, the day before its last.
const OpensAgreement = "together.agreement-review"

// The kinds of news of agreements. Their [News.Text] is the id of the item, in which the
// words are.
const (
	NewsProposal  = "proposal"
	NewsCounter   = "counter"
	NewsAccepted  = "accepted"
	NewsDeclined  = "declined"
	NewsRenewed   = "renewed"
	NewsEnded     = "ended"
	NewsTakenBack = "taken-back" // a proposal, by the one who made it
)

var agreementNews = []string{NewsProposal, NewsCounter, NewsAccepted, NewsDeclined, NewsRenewed, NewsEnded, NewsTakenBack}

// OfAgreement says whether news of that kind is of an agreement.
func OfAgreement(kind string) bool { return slices.Contains(agreementNews, kind) }

// Each of these does nothing if the agreement is not at that version any more: what the
// person saw is not what is there.
type (
	// Propose puts an agreement to the other one. One that is about one time is never asked
	// after: once that has been, there is nothing to go on with.
	Propose struct {
		Kind, Text, Until string
		Once              bool
	}
	// AcceptAgreement says yes to it as it stands.
	AcceptAgreement struct {
		ID      uint64
		Version int
	}
	// CounterAgreement puts other words and another day in its place.
	CounterAgreement struct {
		ID          uint64
		Version     int
		Text, Until string
	}
	// DeclineAgreement says no to it.
	DeclineAgreement struct {
		ID      uint64
		Version int
	}
	// EndAgreement ends it, or takes a proposal back.
	EndAgreement struct {
		ID      uint64
		Version int
	}
	// RenewAgreement has it go on to another day.
	RenewAgreement struct {
		ID      uint64
		Version int
		Until   string
	}
)

func (Propose) effect()          {}
func (AcceptAgreement) effect()  {}
func (CounterAgreement) effect() {}
func (DeclineAgreement) effect() {}
func (EndAgreement) effect()     {}
func (RenewAgreement) effect()   {}

// agreementFlow is the flow that shows an agreement as it will be read, and asks for a yes.
const agreementFlow = "together.agreement"

// agreement proposes one to the other: `agreement: boundary`. Alone, nothing comes of it.
type agreement struct {
	call
	kind        string
	text, until string // the variables with the words, and with the last day
	once        bool   // it is about one time
}

func (l *flowLoader) agreement(_ *node, m *mapping) block {
	b := &agreement{
		call: call{flow: agreementFlow, line: m.line},
		kind: oneOf(m, "agreement", "boundary", agreementKinds), text: m.text("text"), until: m.text("until"),
		once: m.flag("once"),
	}
	l.agreedWords(m, b.text, b.until)
	return b
}

// agreedWords wants a variable with a text and one with a date.
func (l *flowLoader) agreedWords(m *mapping, text, until string) {
	l.put(func() {
		if l.flow.vars[text] != textVar || l.flow.vars[until] != dateVar {
			l.fault(m.line, "an agreement needs `text`, a variable with a text, and `until`, one with a date")
		}
	})
}

func (b *agreement) take(r *run, n *node) (*node, bool) {
	f := r.frame()
	f.Step = n.id
	words := f.Vars.get(b.text)
	if words.text == "" || !r.turn.Facts.Couple().Linked || r.safety().closed(r.today()) {
		return n.after, false
	}
	given := Answers{}.set("words", words).set("until", f.Vars.get(b.until)).set("kind", textValue(b.kind))
	return r.push(b.flow, given), false
}

// back proposes the agreement as it was shown, if the person has said yes to that.
func (b *agreement) back(r *run, theirs Frame) {
	words, until := theirs.Vars.get("words"), theirs.Vars.get("until")
	if theirs.Vars.get("go").text != "send" || !r.jointly() || !r.agreeable(words.text, until.text) {
		return
	}
	r.assign(b.text, words)
	r.assign(b.until, until)
	r.do(Propose{Kind: b.kind, Text: words.text, Until: until.text, Once: b.once})
}

func (b *agreement) leads(n *node) []lead { return onward(n) }

// The bounds of an agreement. Long ones are hard to keep, and none is for ever.
const (
	longestWords = 240
	longestDays  = int(exchange.LongestAgreement / (24 * time.Hour))
)

// agreeable says whether words can be an agreement, and a date its last day.
func (r *run) agreeable(words, until string) bool {
	day, err := time.ParseInLocation(dateForm, until, r.now().Location())
	days := daysBetween(r.now(), day)
	return err == nil && days >= 1 && days <= longestDays &&
		words != "" && len([]rune(words)) <= longestWords && unshareable(words) == ""
}

// agreedOn says whether an agreement that stands, or that waits for a word of either, has these
// words already.
func (r *run) agreedOn(words string) bool {
	return slices.ContainsFunc(r.itemsIn(agreementKind, openState), func(i Item) bool {
		a, ok := i.Agreed()
		return ok && !a.Alone && strings.TrimSpace(i.Text) == strings.TrimSpace(words)
	})
}

// agreementMove is a move of an agreement that there is. Where it can't be made, because
// something has changed since the person was shown the agreement, it goes on elsewhere.
type agreementMove struct {
	move, of, version string
	text, until       string
	otherwise         *node
}

var agreementMoves = []string{"accept", "counter", "decline", "end", "renew"}

func (l *flowLoader) agreementMove(n *node, m *mapping) block {
	b := &agreementMove{
		move: oneOf(m, "move", "end", agreementMoves), of: m.text("of"), version: m.text("version"),
		text: m.text("text"), until: m.text("until"), otherwise: n.after,
	}
	l.itemAt(m, "of", b.of)
	l.way(n, m, "else", func(to *node) { b.otherwise = to })
	switch b.move {
	case "counter":
		l.agreedWords(m, b.text, b.until)
	case "renew":
		l.put(func() {
			if l.flow.vars[b.until] != dateVar {
				l.fault(m.line, "renewing needs `until`, a variable with a date")
			}
		})
	}
	l.put(func() {
		if t := l.flow.vars[b.version]; t != numberVar && t != wholeVar {
			l.fault(m.line, "a move needs `version`, a variable with the number that `recall` has put there")
		}
	})
	return b
}

func (b *agreementMove) take(r *run, n *node) (*node, bool) {
	vars := r.frame().Vars
	item, _ := r.item(vars.get(b.of).text)
	a, ok := item.Agreed()
	effect := b.effect(a, vars)
	if !ok || item.State != openState || a.Version != int(vars.get(b.version).number) || !r.mayMove(effect, a) {
		return b.otherwise, false
	}
	r.do(effect)
	return n.after, false
}

func (b *agreementMove) effect(a Agreement, vars Answers) Effect {
	words, until := vars.get(b.text).text, vars.get(b.until).text
	switch b.move {
	case "accept":
		return AcceptAgreement{a.Exchange, a.Version}
	case "counter":
		return CounterAgreement{a.Exchange, a.Version, words, until}
	case "decline":
		return DeclineAgreement{a.Exchange, a.Version}
	case "renew":
		return RenewAgreement{a.Exchange, a.Version, until}
	}
	return EndAgreement{a.Exchange, a.Version}
}

// mayMove says whether the person may make a move. A no and an end need no fresh safety
// check; with what involves the partner closed, nothing goes over at all.
func (r *run) mayMove(e Effect, a Agreement) bool {
	switch e := e.(type) {
	case AcceptAgreement:
		return a.Mine && r.jointly()
	case CounterAgreement:
		return a.Mine && r.jointly() && r.agreeable(e.Text, e.Until)
	case DeclineAgreement:
		return a.Mine && !r.safety().closed(r.today())
	case RenewAgreement:
		return a.Standing == "agreed" && e.Until > a.Until && r.jointly() && r.agreeable(a.Record.Text, e.Until)
	}
	return a.Alone || !r.safety().closed(r.today()) // an end on one's own side alone is private
}

func (b *agreementMove) leads(n *node) []lead {
	if b.otherwise == n.after {
		return onward(n)
	}
	return []lead{{"moved", n.after}, {"changed", b.otherwise}}
}

// sleeps says whether what comes back is about an agreement or about a promise to the other
// one or by them, and what involves the partner is closed. Then it is looked at again each
// day.
func (r *run) sleeps(e Event) bool {
	item, _ := r.item(e.About)
	joint := item.Kind == agreementKind || item.Kind == theirPromise || item.Kind == "promise" && item.Shared != 0
	if !joint || !r.safety().closed(r.today()) {
		return false
	}
	r.do(Snooze{ID: e.Nudge, About: e.About, Flow: e.Flow, At: r.now().AddDate(0, 0, 1)})
	return true
}

// History gives what was done to the agreement in a variable, a line for each, the oldest
// first, and of a long one the end.
func (s scene) History(variable string) []string {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []string{"Friday 2 January: you proposed it"}
	}
	item, _ := r.item(r.frame().Vars.get(variable).text)
	a, _ := item.Agreed()
	var lines []string
	for _, e := range a.Record.History[max(0, len(a.Record.History)-historyShown):] {
		lines = append(lines, r.phrase("agreement-"+string(e.Act), scene{
			"mine": e.By == a.Side, "name": a.Name, "date": r.day(e.At.In(r.now().Location())),
		}))
	}
	return lines
}

// historyShown is how many lines of a history are shown.
const historyShown = 4
