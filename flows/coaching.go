package flows

import (
	"slices"
	"strings"

	"kintsugi/flows/coach"
)

// coaching helps with a draft: the person writes, is asked to mend one thing at a time,
// sees it before and after, and keeps it, or their own, or leaves it.
type coaching struct {
	mode    coach.Mode
	text    *wording
	save    string // the variable for the draft in the end
	before  string // the variable for what they wrote first
	outcome string // the variable for how it ended: kept, own or left
	blocked string // the variable that says that it can't be shared as it is
	from    string // the variable with the line to say anew, if there is one
	rounds  int    // how many mends are asked for at most
}

// mends is how many mends are asked for where the flow does not say.
const mends = 3

// How a draft can end.
const (
	draftKept = "kept"
	draftOwn  = "own"
	draftLeft = "left"
)

// The options of a draft under way.
const (
	exampleID = "example"
	ownID     = "own"
	changeID  = "change"
	dropID    = "drop"
)

// coachForm is the form of the block's question.
const coachForm = "coach"

func (l *flowLoader) coaching(n *node, m *mapping) block {
	b := &coaching{rounds: int(m.number("rounds", mends)), text: l.wording(m, "ask", n.id+".ask")}
	b.mode, _ = coach.ParseMode(oneOf(m, "coach", coach.Statement.String(), coach.ModeNames()))
	for _, v := range []struct {
		key  string
		name *string
		t    varType
	}{{"save", &b.save, textVar}, {"before", &b.before, textVar}, {"outcome", &b.outcome, choiceVar}, {"blocked", &b.blocked, truthVar}} {
		if *v.name = m.text(v.key); *v.name != "" {
			l.declare(m.lineOf(v.key), *v.name, v.t)
		}
	}
	if b.from = m.text("from"); b.from != "" {
		line := m.lineOf("from")
		l.put(func() {
			if l.flow.vars[b.from] != textVar {
				l.fault(line, "from wants a variable with a text")
			}
		})
	}
	if b.rounds < 1 {
		l.fault(m.lineOf("rounds"), "rounds is how many mends are asked for: 1 or more")
	}
	return b
}

func (b *coaching) form() string                    { return coachForm }
func (b *coaching) take(*run, *node) (*node, bool)  { return nil, true }
func (b *coaching) leads(n *node) []lead            { return onward(n) }
func (b *coaching) draft(r *run) *draft             { return decodeDraft(r.s.Front.Partial) }
func (b *coaching) read(text string) coach.Reading  { return coach.English().Read(b.mode, text) }
func (b *coaching) phrase(part, kind string) string { return "coach-" + kind + "-" + part }

// prompt puts what the draft needs next.
func (b *coaching) prompt(r *run, _ *node) prompt {
	d := b.draft(r)
	switch d.stage {
	case mendStage:
		return prompt{text: b.mend(r, d), options: b.mendOptions(r, d)}
	case reviewStage:
		return prompt{text: b.review(r, d), options: b.reviewOptions(r, d)}
	}
	text := b.text.say(r, nil)
	if d.stage == anewStage {
		text = r.phrase("coach-anew", nil)
	}
	return prompt{text: text, options: []option{{dropID, r.phrase("coach-leave", nil)}}}
}

func (b *coaching) mendOptions(r *run, d *draft) []option {
	var out []option
	if !d.shown {
		out = append(out, option{exampleID, r.phrase("coach-example", nil)})
	}
	return append(out, option{ownID, r.phrase("coach-own", nil)}, option{dropID, r.phrase("coach-leave", nil)})
}

func (b *coaching) reviewOptions(r *run, d *draft) []option {
	out := []option{{keepID, r.phrase("coach-keep", nil)}, {changeID, r.phrase("coach-change", nil)}}
	if d.text != d.first && b.from == "" {
		out = append(out, option{ownID, r.phrase("coach-own-first", nil)})
	}
	return append(out, option{dropID, r.phrase("coach-leave", nil)})
}

// mend says what is there, and asks for one thing.
func (b *coaching) mend(r *run, d *draft) string {
	reading := b.read(d.text)
	var parts []string
	if d.rounds == 1 && len(reading.Findings) > 0 && b.from == "" {
		parts = append(parts, r.phrase("coach-reflect-"+b.mode.String(), nil))
	}
	if d.misses > 0 {
		return r.phraseAt(b.phrase(b.asked(d), "again"), d.misses-1, nil)
	}
	if praise := b.praise(r, d, reading); praise != "" {
		parts = append(parts, praise)
	}
	if f, ok := b.open(d, reading); ok {
		return joinNonempty(" ", append(parts, b.hint(r, d, f))...)
	}
	return joinNonempty(" ", append(parts, r.phrase(b.phrase(d.asks, "ask"), nil))...)
}

// asked names what was asked for last, for the words in which it is asked again.
func (b *coaching) asked(d *draft) string {
	if d.asks == "" {
		return "whole"
	}
	return d.asks
}

// hint is what a finding says, with feelings that often lie beneath a word that is none.
func (b *coaching) hint(r *run, d *draft, f coach.Finding) string {
	hint := f.Hint
	if f.Asks != "" && d.has(f.Asks) { // that is there already, in another sentence
		hint = withoutQuestion(hint) + " " + r.phrase("coach-ask-whole", nil)
	}
	if beneath := coach.English().Beneath(strings.ToLower(f.Words)); len(beneath) > 0 {
		hint += " " + r.phrase("coach-beneath", scene{"feelings": r.joinBy("or", beneath)})
	}
	return hint
}

// withoutQuestion leaves out the question that a text ends with.
func withoutQuestion(text string) string {
	if !strings.HasSuffix(text, "?") {
		return text
	}
	if i := strings.LastIndexAny(text[:len(text)-1], ".!?"); i >= 0 {
		return text[:i+1]
	}
	return text
}

// praise names one part that is there: the one that came last, or the first.
func (b *coaching) praise(r *run, d *draft, reading coach.Reading) string {
	var found coach.Part
	for _, p := range reading.Parts {
		if found.Part == "" || len(d.asked) > 1 && p.Part == d.asked[len(d.asked)-2] {
			found = p
		}
	}
	if found.Part == "" || slices.Contains(unasked, found.Part) {
		return ""
	}
	whole := d.pieceOf(found.Part)
	if !inSentences(b.mode) && len(reading.Findings) == 0 {
		whole = d.text
	}
	if whole == "" { // it stands in a sentence that has something to mend
		return ""
	}
	words := strings.TrimRight(r.withDays(whole), ".!?")
	return r.phrase(b.phrase(found.Part, "praise"), scene{"words": shorten(words, 90)})
}

// review shows the draft before and after.
func (b *coaching) review(r *run, d *draft) string {
	reading := b.read(d.text)
	note := ""
	if f, ok := b.open(d, reading); ok {
		note = r.phrase("coach-remains", scene{"words": f.Words})
		if reading.Blocked() {
			note = r.phrase("coach-blocked", scene{"words": f.Words})
		}
	}
	texts := scene{"first": d.first, "now": d.text}
	if d.text == d.first {
		return joinNonempty("\n\n", r.phrase("coach-review-same", texts), note, r.phrase("coach-review", nil))
	}
	return joinNonempty("\n\n", r.phrase("coach-review-changed", texts), note, r.phrase("coach-review", nil))
}

func (b *coaching) hear(r *run, n *node, h heard) {
	d := b.draft(r)
	option := h.option
	if option == "" && h.text != "" {
		option = b.optionIn(r, n, h.text)
	}
	switch {
	case option == "" && h.text == "" && d.stage == mendStage: // that question is left, and no more
		b.next(r, n, d)
	case option == dropID || option == "" && h.text == "":
		b.finish(r, n, d, draftLeft)
	case option == keepID:
		b.finish(r, n, d, draftKept)
	case option == ownID && d.stage == mendStage && d.text != d.first: // both are theirs by now
		d.stage = reviewStage
		b.ask(r, n, d)
	case option == ownID:
		b.finish(r, n, d, draftOwn)
	case option == exampleID:
		b.showExamples(r, n, d)
	case option == changeID:
		d.stage, d.pieces = anewStage, nil
		d.rounds = min(d.rounds, b.rounds-1)
		b.ask(r, n, d)
	case strings.TrimSpace(h.text) == "":
		r.lead(r.varied("retry-text", nil))
		r.put(n)
	default:
		b.write(r, n, d, strings.TrimSpace(h.text))
	}
}

// optionIn finds the option that words name, if they do.
func (b *coaching) optionIn(r *run, n *node, text string) string {
	if len(strings.Fields(text)) > 8 {
		return ""
	}
	options := b.prompt(r, n).options
	if own := r.phrase("coach-own", nil); b.draft(r).stage == reviewStage && r.reader().Fold(text) == r.reader().Fold(own) {
		return keepID // they say it as they did the last time
	}
	if i, ok := r.reader().Choice(text, labelsOf(options)); ok {
		return options[i].id
	}
	return ""
}

// ask keeps the draft as it stands and puts the question anew.
func (b *coaching) ask(r *run, n *node, d *draft) {
	r.s.Front.Partial, r.s.Front.Misses = d.encode(), 0
	r.closeQuestion()
	r.put(n)
}

// withDays writes the days of the week as the language does: with a capital in English.
func (r *run) withDays(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		for _, day := range r.book.phrases["weekdays"].in(r.language()) {
			if strings.EqualFold(strings.TrimRight(w, ".,;:!?"), day.source) {
				words[i] = day.source + w[len(day.source):]
			}
		}
	}
	return strings.Join(words, " ")
}

// showExamples shows two examples, and the question again.
func (b *coaching) showExamples(r *run, n *node, d *draft) {
	b.sayExamples(r, d)
	b.ask(r, n, d)
}

// sayExamples says two examples, built from the person's own words where there are
// sentences of theirs to build from.
func (b *coaching) sayExamples(r *run, d *draft) {
	if d.shown {
		return
	}
	d.shown = true
	for i := range 2 {
		r.lead(b.example(r, d, i))
	}
}

func (b *coaching) example(r *run, d *draft, i int) string {
	if b.mode == coach.Statement {
		if seen := d.pieceOf("observation"); seen != "" {
			return r.phraseAt("coach-example-seen", i, scene{"seen": r.withDays(seen)})
		}
		if felt := d.pieceOf("feeling"); felt != "" {
			return r.phraseAt("coach-example-felt", i, scene{"felt": r.withDays(felt)})
		}
	}
	return r.phraseAt("coach-examples-"+b.mode.String(), i, nil)
}

// finish keeps how it ended, and goes on.
func (b *coaching) finish(r *run, n *node, d *draft, how string) {
	text := d.text
	if how == draftOwn {
		text = d.first
	}
	if d.stage == writeStage || how == draftLeft {
		how, text = draftLeft, ""
	}
	r.mark(n)
	set := func(name string, v Value) {
		if name != "" {
			r.assign(name, v)
		}
	}
	none := Value{}
	set(b.save, none)
	set(b.before, none)
	if text != "" {
		set(b.save, textValue(text))
		set(b.before, textValue(d.first))
	}
	set(b.outcome, textValue(how))
	set(b.blocked, truthValue(text != "" && b.read(text).Blocked()))
	r.pass(n)
	r.advance(n.after)
}
