package flows

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// options are what a question offers: written in the flow, or taken from the
// person's records, or items with what is written behind them.
type options struct {
	fixed []fixedOption
	from  string // the kind of entry
	by    string // how the ids of the flows begin whose entries they are; "" for all flows
	items string // the kind of item
	state string // of the items
	// shared leaves of the items those alone that the other one has too.
	shared bool
	// programme is the variable for the stage whose steps, or the step whose practices are
	// offered.
	programme string
	limit     int
}

type fixedOption struct {
	id    string
	label *wording
	also  *wording // what means it, besides its label; or nil
	when  *expression
}

// fromLimit is how many entries are offered unless the flow says otherwise.
const fromLimit = 8

func (l *flowLoader) options(n *node, m *mapping) options {
	y := m.node("choices")
	if y == nil {
		l.fault(m.line, "question %q needs choices", n.id)
		return options{}
	}
	if y.Kind == yaml.MappingNode {
		return l.fromRecords(n, y)
	}
	if y.Kind != yaml.SequenceNode || len(y.Content) == 0 {
		l.fault(y.Line, "choices wants a list, or `from:` with a kind of entry")
		return options{}
	}
	if len(y.Content) > buttonLimit {
		l.mild(y.Line, "%d choices are shown in pages of %d: fewer are easier to take in", len(y.Content), pageLength)
	}
	return options{fixed: l.fixedOptions(n, y.Content)}
}

func (l *flowLoader) fixedOptions(n *node, list []*yaml.Node) []fixedOption {
	fixed := make([]fixedOption, len(list))
	for i, item := range list {
		l.fixedOption(n, item, &fixed[i])
		for _, other := range fixed[:i] {
			if other.id == fixed[i].id {
				l.fault(item.Line, "choice %q stands twice", other.id)
			}
		}
	}
	return fixed
}

func (l *flowLoader) fromRecords(n *node, y *yaml.Node) options {
	m := l.mapping(y)
	if m.has("items") {
		return l.fromItems(n, m)
	}
	if m.has("programme") {
		return l.fromProgramme(n, m)
	}
	o := options{from: m.text("from"), by: m.text("by"), limit: int(m.number("limit", fromLimit))}
	if o.limit < 1 {
		l.fault(m.lineOf("limit"), "limit is how many are offered: 1 or more")
	}
	if !idForm.MatchString(o.from) {
		l.fault(m.lineOf("from"), "choices: from wants a kind of entry")
	}
	if o.from == "draft" && o.by == "" {
		l.fault(m.lineOf("from"), "drafts are offered only where they were written: `by` says how the ids of those flows begin")
	}
	m.finish()
	return o
}

// fromItems reads `items` with a kind, and what is offered beside them.
func (l *flowLoader) fromItems(n *node, m *mapping) options {
	o := options{
		items: oneOf(m, "items", "", heldKinds), state: oneOf(m, "state", openState, itemStates),
		limit: int(m.number("limit", fromLimit)), fixed: l.fixedOptions(n, m.list("and")), shared: m.flag("shared"),
	}
	if o.limit < 1 {
		l.fault(m.lineOf("limit"), "limit is how many are offered: 1 or more")
	}
	m.finish()
	return o
}

// fromProgramme reads `programme` with the variable for a stage or a step, and what is offered
// beside its steps or its practices.
func (l *flowLoader) fromProgramme(n *node, m *mapping) options {
	o := options{programme: m.text("programme"), fixed: l.fixedOptions(n, m.list("and"))}
	l.put(func() {
		if l.flow.vars[o.programme] != choiceVar {
			l.fault(m.lineOf("programme"), "%q is no variable with a choice", o.programme)
		}
	})
	m.finish()
	return o
}

// fixedOption reads `id: label`, or a mapping with id, label and when.
func (l *flowLoader) fixedOption(n *node, y *yaml.Node, o *fixedOption) {
	m := l.mapping(y)
	if m == nil {
		return
	}
	o.id = m.text("id")
	key := "label"
	if !m.has("id") && len(m.keys) == 1 {
		o.id, key = m.keys[0], m.keys[0]
	}
	if !idForm.MatchString(o.id) || slices.Contains(ownOptions, o.id) {
		l.fault(m.line, "%q can't be the id of a choice", o.id)
	}
	o.label = l.wording(m, key, n.id+".choices."+o.id)
	if m.has("also") {
		o.also = l.wording(m, "also", n.id+".choices."+o.id+".also")
	}
	if m.has("when") {
		l.expression(m, "when", truthVar, func(e *expression) { o.when = e })
	}
	m.finish()
}

// open gives the options that are open to the person now.
func (o options) open(r *run) []option {
	var out []option
	if o.items != "" {
		items := r.itemsIn(o.items, o.state)
		if o.shared {
			items = slices.DeleteFunc(items, func(i Item) bool { return i.Shared == 0 })
		}
		for _, i := range items[:min(len(items), o.limit)] {
			out = append(out, option{i.ID, r.itemLabel(i)})
		}
	}
	if o.programme != "" {
		out = r.programmed(r.frame().Vars.get(o.programme).text)
	}
	for _, f := range o.fixed {
		if f.when == nil || f.when.true(r) {
			out = append(out, option{f.id, f.label.say(r, nil)})
		}
	}
	if o.from != "" {
		for _, e := range o.entries(r) {
			out = append(out, option{e.ID, r.day(e.At) + ": " + shorten(e.Text, 48)})
		}
	}
	return out
}

// entries gives those that are offered, newest first. What was written in one practice may be
// for nobody else's eyes, and is not offered in another.
func (o options) entries(r *run) (out []Entry) {
	if o.by == "" {
		return r.turn.Facts.Entries(o.from, 0, o.limit)
	}
	for _, e := range r.turn.Facts.Entries(o.from, 0, r.turn.Facts.CountEntries(o.from)) {
		if strings.HasPrefix(e.Flow, o.by) && len(out) < o.limit {
			out = append(out, e)
		}
	}
	return out
}

// beside gives the ids of the choices beside items, if they are few.
func (o options) beside() []string {
	var ids []string
	if o.items == "" && o.programme == "" || len(o.fixed) > stayLimit {
		return nil
	}
	for _, f := range o.fixed {
		ids = append(ids, f.id)
	}
	return ids
}

// value is what is saved for an option: its id, or an entry's words.
func (o options) value(r *run, id string) string {
	if o.from == "" {
		return id
	}
	for _, e := range o.entries(r) {
		if e.ID == id {
			return e.Text
		}
	}
	return ""
}

// shorten cuts a text at a word, for a button.
func shorten(text string, length int) string {
	text, _, _ = strings.Cut(text, "\n")
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	cut := strings.TrimSpace(string(runes[:length-1]))
	if i := strings.LastIndex(cut, " "); i > length/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func labelsOf(options []option) []string {
	labels := make([]string, len(options))
	for i, o := range options {
		labels[i] = unmarked(o.label)
	}
	return labels
}

func hasOption(options []option, id string) bool {
	return slices.ContainsFunc(options, func(o option) bool { return o.id == id })
}

// choiceKind takes one of a few.
type choiceKind struct{ options }

func (l *flowLoader) choice(n *node, m *mapping) kind { return &choiceKind{l.options(n, m)} }

func (k *choiceKind) name() string { return "choice" }

func (k *choiceKind) holds() varType {
	switch {
	case k.from != "":
		return textVar
	case k.items != "":
		return itemVar
	}
	return choiceVar
}

func (k *choiceKind) prompt(r *run, _ *ask) prompt {
	return prompt{options: k.open(r), stays: k.beside()}
}

func (k *choiceKind) read(r *run, _ *ask, h heard) reading {
	open := k.open(r)
	if h.option != "" && hasOption(open, h.option) {
		return reading{value: textValue(k.value(r, h.option))}
	}
	id, ok := r.pick(h.text, open)
	if !ok {
		id, ok = k.meant(r, h.text)
	}
	switch {
	case !ok:
		return reading{miss: "retry-choice"}
	case id == moreID:
		r.turnPage()
		return reading{stay: true}
	}
	return reading{value: textValue(k.value(r, id))}
}

// meant gives the option that words mean besides its label.
func (o options) meant(r *run, text string) (id string, ok bool) {
	folded := r.reader().Fold(text)
	for _, f := range o.fixed {
		if f.also == nil || f.when != nil && !f.when.true(r) {
			continue
		}
		for _, t := range f.also.in(r.language()) {
			if folded == r.reader().Fold(t.source) {
				return f.id, true
			}
		}
	}
	return "", false
}

// choicesKind takes as many as fit. Each press marks one; words answer at once.
type choicesKind struct{ options }

func (k *choicesKind) name() string { return "choices" }

func (k *choicesKind) holds() varType {
	if k.from != "" {
		return listVar
	}
	return choicesVar
}

func (k *choicesKind) prompt(r *run, _ *ask) prompt {
	p := prompt{several: true}
	picked := r.s.Front.Partial
	for _, o := range k.open(r) {
		if slices.Contains(picked, o.id) {
			o.label = r.phrase("picked", scene{"label": o.label})
		}
		p.options = append(p.options, o)
	}
	p.options = append(p.options, option{doneID, r.phrase("choices-done", nil)})
	return p
}

func (k *choicesKind) read(r *run, a *ask, h heard) reading {
	c, open := r.s.Front, k.open(r)
	if h.option == doneID || h.option == "" && r.saysDone(h.text, "choices-done") {
		return k.result(r, c.Partial)
	}
	if h.option != "" && hasOption(open, h.option) {
		return k.toggle(r, a, h.option)
	}
	// The button that says "that's it" can be named by its number too.
	picked, ok := r.pickSeveral(h.text, open)
	if !ok {
		return reading{miss: "retry-choices"}
	}
	if slices.Contains(picked, moreID) {
		r.turnPage()
		return reading{stay: true}
	}
	picked = slices.DeleteFunc(picked, func(id string) bool { return id == doneID })
	if len(picked) == 0 {
		return k.result(r, c.Partial)
	}
	if a.most > 0 && len(picked) > a.most {
		return reading{miss: "retry-most"}
	}
	return k.result(r, picked)
}

func (k *choicesKind) toggle(r *run, a *ask, id string) reading {
	c := r.s.Front
	if i := slices.Index(c.Partial, id); i >= 0 {
		c.Partial = slices.Delete(c.Partial, i, i+1)
	} else if a.most > 0 && len(c.Partial) >= a.most {
		return reading{miss: "retry-most"}
	} else {
		c.Partial = append(c.Partial, id)
	}
	c.Misses = 0
	r.putAgain()
	return reading{stay: true}
}

// result gives the picked options in the order offered; none at all is a question
// left.
func (k *choicesKind) result(r *run, ids []string) reading {
	var values []string
	for _, o := range k.open(r) {
		if slices.Contains(ids, o.id) {
			values = append(values, k.value(r, o.id))
		}
	}
	if len(values) == 0 {
		return reading{}
	}
	return reading{value: listValue(values)}
}

// labels gives the words of chosen options, for a text.
func (r *run) labels(variable string, ids []string) picks {
	words := make(picks, len(ids))
	for i, id := range ids {
		words[i] = r.labelOf(variable, id)
	}
	return words
}

func (r *run) labelOf(variable, id string) string {
	if labels := r.flow().labels[variable]; labels[id] != nil {
		return labels[id].say(r, nil)
	}
	return id
}

// yesnoKind takes yes or no.
type yesnoKind struct {
	yes, no *wording
	age     int // it asks whether somebody is of that age, and their age says so too; or 0
}

func (l *flowLoader) yesno(n *node, m *mapping) kind {
	k := yesnoKind{age: int(m.number("age", 0))}
	if m.has("yes") {
		k.yes = l.wording(m, "yes", n.id+".yes")
	}
	if m.has("no") {
		k.no = l.wording(m, "no", n.id+".no")
	}
	return k
}

func (yesnoKind) name() string   { return "yesno" }
func (yesnoKind) holds() varType { return truthVar }

func (k yesnoKind) options(r *run) []option {
	yes, no := option{"yes", r.phrase("yes", nil)}, option{"no", r.phrase("no", nil)}
	if k.yes != nil {
		yes.label = k.yes.say(r, nil)
	}
	if k.no != nil {
		no.label = k.no.say(r, nil)
	}
	return []option{yes, no}
}

func (k yesnoKind) prompt(r *run, _ *ask) prompt { return prompt{options: k.options(r)} }

func (k yesnoKind) read(r *run, _ *ask, h heard) reading {
	if h.option == "yes" || h.option == "no" {
		return reading{value: truthValue(h.option == "yes")}
	}
	if yes, ok := r.reader().YesNo(h.text); ok {
		return reading{value: truthValue(yes)}
	}
	if years, ok := r.reader().Age(h.text); ok && k.age > 0 {
		return reading{value: truthValue(years >= k.age)}
	}
	if i, ok := r.reader().Choice(h.text, labelsOf(k.options(r))); ok {
		return reading{value: truthValue(i == 0)}
	}
	return reading{miss: "retry-yesno"}
}
