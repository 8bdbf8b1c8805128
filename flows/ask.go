package flows

import (
	"slices"
	"strings"

	"kintsugi/flows/answer"
)

// ask puts a question and keeps the answer.
type ask struct {
	kind     kind
	text     *wording
	save     string // a variable, or a fact about the person
	field    string // of the person, if it is one
	retry    *wording
	skip     *wording
	caption  string // the variable for the words that come with a photo
	required bool
	sayings  bool // what is said to the program is answered, and is no answer
	// unexported: no export holds the answer.
	unexported bool
	most       int // how many choices, at most; 0: any number
	min, max   float64
	limited    bool // there is a min or a max
	want       answer.Want
}

// waiter is a block that waits for the person.
type waiter interface {
	block
	// form names the kind of answer: a question whose form has changed since it was
	// put is put again.
	form() string
	prompt(r *run, n *node) prompt
	hear(r *run, n *node, h heard)
}

// heard is what the person answered with: words, a button or a photo.
type heard struct {
	text   string
	option string
	photo  string
}

// option is something to choose.
type option struct{ id, label string }

// prompt is a question ready to be put.
type prompt struct {
	text    string
	options []option
	stays   []string // the ids of those that are on every page, if there are pages
	numeric bool
	several bool
}

// Options that are the engine's own. No flow may give a choice such an id.
const (
	skipID  = "skip"
	leaveID = "leave"
)

var ownOptions = []string{skipID, leaveID, doneID, moreID}

func (l *flowLoader) ask(n *node, m *mapping) block {
	a := &ask{text: l.wording(m, "ask", n.id+".ask"), required: m.flag("required"), sayings: m.flag("sayings"), unexported: m.flag("unexported")}
	a.kind = l.kind(n, m, a)
	if m.has("skip") {
		a.skip = l.wording(m, "skip", n.id+".skip")
		if a.required {
			l.fault(m.lineOf("skip"), "a required question can't be skipped")
		}
	}
	if m.has("retry") {
		a.retry = l.wording(m, "retry", n.id+".retry", "said", "min", "max")
	}
	a.save = m.text("save")
	l.caption(m, a)
	switch {
	case a.save == "":
	case strings.HasPrefix(a.save, "person."):
		a.field = l.personField(m.lineOf("save"), a.save)
		if t, ok := personFields[a.save]; ok && t != a.kind.holds() {
			l.fault(m.lineOf("save"), "%s is %s, and this question gives %s", a.save, t, a.kind.holds())
		}
	default:
		l.declare(m.lineOf("save"), a.save, a.kind.holds())
		l.labels(a)
	}
	return a
}

// caption reads the variable that takes the words which come with a photo.
func (l *flowLoader) caption(m *mapping, a *ask) {
	if !m.has("caption") {
		return
	}
	a.caption = m.text("caption")
	if a.kind.holds() != photoVar {
		l.fault(m.lineOf("caption"), "only a photo comes with a caption")
	}
	l.declare(m.lineOf("caption"), a.caption, textVar)
}

// labels notes the words behind a variable's choices, for the texts that name it.
func (l *flowLoader) labels(a *ask) {
	var fixed []fixedOption
	switch k := a.kind.(type) {
	case *choiceKind:
		fixed = k.fixed
	case *choicesKind:
		fixed = k.fixed
	}
	for _, o := range fixed {
		if l.flow.labels[a.save] == nil {
			l.flow.labels[a.save] = map[string]*wording{}
		}
		l.flow.labels[a.save][o.id] = o.label
	}
}

func (a *ask) form() string { return a.kind.name() }

// take waits for the answer. A question about entries of which there are none is not put.
func (a *ask) take(r *run, n *node) (*node, bool) {
	if k, ok := a.kind.(*choiceKind); ok && k.by != "" && len(k.entries(r)) == 0 {
		return n.after, false
	}
	return nil, true
}

func (a *ask) leads(n *node) []lead { return onward(n) }

func (a *ask) prompt(r *run, n *node) prompt {
	if sure := r.s.Front.Sure; len(sure) > 0 {
		return r.surePrompt(a, sure)
	}
	p := a.kind.prompt(r, a)
	p.text = a.text.say(r, nil) + p.text
	if a.skip != nil && a.leftWith(r).none() {
		p.options = append(p.options, option{skipID, a.skip.say(r, nil)})
	}
	return p
}

func (a *ask) hear(r *run, n *node, h heard) {
	if f, ok := r.openedBesides(h); ok {
		r.start(f)
		return
	}
	switch {
	case h.option == skipID || r.meansSkip(a, h):
		r.skip(n, a)
	case h.option == leaveID:
		r.setAside()
	case h.option == moreID:
		r.turnPage()
	case len(r.s.Front.Sure) > 0:
		r.hearSure(n, a, h)
	default:
		r.settle(n, a, h, a.kind.read(r, a, h))
	}
}

// meansSkip says whether words ask to leave the question: a general word for it, the very
// words on the question's skip button, or a plain no where that declines, such as "No name,
// thanks".
func (r *run) meansSkip(a *ask, h heard) bool {
	if a.required || h.text == "" || len(r.s.Front.Sure) > 0 {
		return false
	}
	reader := r.reader()
	if a.skip != nil {
		label := unmarked(a.skip.say(r, nil))
		if reader.Fold(h.text) == reader.Fold(label) || r.saysNo(h.text) && r.declines(label) && !r.takesNo(a, h) {
			return true
		}
	}
	return reader.Skip(h.text)
}

// declines says whether a label begins with a no, or with a word such as "nothing".
func (r *run) declines(label string) bool {
	_, none := r.reader().Choice("none", []string{label})
	return none || r.saysNo(firstWord(label))
}

// takesNo says whether a no is an answer to a question, or may be.
func (r *run) takesNo(a *ask, h heard) bool {
	switch k := a.kind.(type) {
	case textKind:
		return false
	case *choiceKind:
		_, ok := r.pick(h.text, k.open(r))
		return ok
	}
	return true
}

func (r *run) saysNo(text string) bool {
	yes, ok := r.reader().YesNo(text)
	return ok && !yes
}

func (r *run) saysYes(text string) bool {
	yes, ok := r.reader().YesNo(text)
	return ok && yes
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return word
}

// reading is what a kind of question made of an answer.
type reading struct {
	value Value    // in stored form, when it is understood
	stay  bool     // understood, and there is more to come
	sure  []string // readings to be confirmed or chosen from
	miss  string   // the phrase that says what would help, when it is not understood
}

// settle acts on a reading.
func (r *run) settle(n *node, a *ask, h heard, got reading) {
	switch {
	case got.stay:
	case len(got.sure) > 0:
		r.s.Front.Misses = 0
		r.s.Front.Sure = got.sure
		r.closeQuestion() // the buttons under an earlier reading don't confirm this one
		r.put(n)
	case got.miss != "":
		r.missed(n, a, h, got.miss)
	case got.value.none():
		r.skip(n, a)
	default:
		r.keep(n, a, got.value)
	}
}

// keep takes an answer and goes on. No value is a question that was left.
func (r *run) keep(n *node, a *ask, value Value) {
	r.mark(n)
	switch {
	case a.field != "" && !value.none():
		r.know(a.field, value)
	case a.save != "" && a.field == "":
		r.assign(a.save, value)
	}
	if a.caption != "" {
		r.assign(a.caption, captionValue(value, r.caption))
	}
	r.pass(n)
	r.advance(n.after)
}

func (r *run) skip(n *node, a *ask) {
	if a.required {
		r.lead(r.varied("required", nil))
		r.put(n)
		return
	}
	r.keep(n, a, a.leftWith(r))
}

// leftWith is what a question is left with: what has been listed so far, or nothing.
func (a *ask) leftWith(r *run) Value {
	if _, ok := a.kind.(listKind); ok && len(r.s.Front.Partial) > 0 {
		return listValue(r.s.Front.Partial)
	}
	return Value{}
}

// captionValue is what came with a photo, or nothing where none was taken.
func captionValue(photo Value, caption string) Value {
	if photo.none() || caption == "" {
		return Value{}
	}
	return textValue(caption)
}

// patience is how often an answer may be missed before the person is offered
// buttons, skip or leave.
const patience = 3

// missed says kindly that an answer was not understood: what the flow says for it,
// or a phrase, shorter each time.
func (r *run) missed(n *node, a *ask, h heard, why string) {
	if r.takenBack(h.text) {
		return
	}
	c := r.s.Front
	c.Misses++
	extra := scene{"said": h.text, "min": plain(a.min), "max": plain(a.max), "most": a.most}
	p := n.block.(waiter).prompt(r, n)
	var said *saying
	if why != "retry-most" { // too many is understood
		said = r.answers(a, h.text)
	}
	tells := said == nil && r.tells(a, h.text)
	stuck := c.Misses >= patience
	switch {
	case said != nil: // and so the question stands as it was
	case tells && hasChoices(a):
		p.text = r.variedBy(uint64(c.Misses), "retry-long", nil)
	case tells: // and the question stands as it was
		r.lead(r.variedBy(uint64(c.Misses), "retry-told", nil))
	case stuck:
		p.text = r.variedBy(uint64(c.Misses-patience+1), "stuck", extra) + "\n\n" + p.text
	case a.retry != nil:
		p.text = a.retry.at(r, c.Misses-1, extra)
	case a.required: // later wordings may speak of /skip
		p.text = r.phraseAt(why, 0, extra)
	default:
		p.text = r.phraseAt(why, c.Misses-1, extra)
	}
	switch {
	case said != nil && said.leaves:
		p = r.withOpenings(a, p, said)
	case stuck:
		p = r.withWaysOut(a, p)
	}
	r.show(p, a.form())
}

// tellingWords is how many words tell something, rather than miss a choice.
const tellingWords = 8

// hasChoices says whether a question is one of a few things to choose from.
func hasChoices(a *ask) bool {
	switch a.kind.(type) {
	case *choiceKind, *choicesKind, yesnoKind:
		return true
	}
	return false
}

// tells says whether words tell something, where a choice, a number or a town was asked for, and
// keeps them until there is a place for them.
func (r *run) tells(a *ask, text string) bool {
	if _, photo := a.kind.(photoKind); photo {
		return false
	}
	return len(strings.Fields(text)) >= tellingWords && r.unplaceAt(a, text)
}

// unplaceAt keeps words until there is a place for them, unless they were said where nothing
// is kept. It says whether it did.
func (r *run) unplaceAt(a *ask, text string) bool {
	if a.unexported || r.leavesNothing() {
		return false
	}
	r.unplace(text)
	return true
}

// leavesNothing says whether what is said in front is kept nowhere, or not for long.
func (r *run) leavesNothing() bool {
	return slices.ContainsFunc(r.s.Front.Frames, func(f Frame) bool {
		flow := r.book.heading(f.Flow)
		return flow == nil || flow.Traceless || flow.Fleeting || flow.unexported()
	})
}

// withWaysOut adds what is left when words don't get anywhere.
func (r *run) withWaysOut(a *ask, p prompt) prompt {
	if !a.required && !slices.ContainsFunc(p.options, func(o option) bool { return o.id == skipID }) {
		p.options = withOption(p.options, option{skipID, r.phrase("skip", nil)})
	}
	p.options = withOption(p.options, option{leaveID, r.phrase("leave", nil)})
	return p
}

// withOption adds an option, unless the flow has one that says the same.
func withOption(options []option, o option) []option {
	if slices.ContainsFunc(options, func(other option) bool { return strings.EqualFold(other.label, o.label) }) {
		return options
	}
	return append(options, o)
}
