package flows

// listKind takes items, in one message or in several, until the person says that
// is all.
type listKind struct{}

// listLimit is how many items a list may have.
const listLimit = 100

func (listKind) name() string   { return "list" }
func (listKind) holds() varType { return listVar }

func (k listKind) prompt(r *run, _ *ask) prompt {
	if len(r.s.Front.Partial) == 0 {
		return prompt{}
	}
	return prompt{
		text:    "\n\n" + k.soFar(r),
		options: []option{{doneID, r.phrase("list-done", nil)}},
	}
}

func (k listKind) read(r *run, a *ask, h heard) reading {
	c := r.s.Front
	if h.option == doneID || r.saysDone(h.text, "list-done") {
		if len(c.Partial) == 0 { // that was all before there was any: the question is left
			return reading{}
		}
		return reading{value: listValue(c.Partial)}
	}
	items := r.reader().List(h.text)
	if len(items) == 0 {
		return reading{miss: "retry-list"}
	}
	c.Misses = 0
	c.Partial = append(c.Partial, items...)
	if len(c.Partial) >= listLimit {
		return reading{value: listValue(c.Partial[:listLimit])}
	}
	p := k.prompt(r, a)
	p.text = k.soFar(r)
	r.show(p, k.name())
	return reading{stay: true}
}

// soFar says how much has been listed, and asks for more.
func (listKind) soFar(r *run) string {
	return r.phrase("list-more", scene{"count": len(r.s.Front.Partial)})
}

// saysDone says whether words mean "that is all": those on the button, or one of
// the general phrases for it.
func (r *run) saysDone(said, button string) bool {
	reader := r.reader()
	folded := reader.Fold(said)
	if folded == "" {
		return false
	}
	if folded == reader.Fold(unmarked(r.phrase(button, nil))) {
		return true
	}
	for _, t := range r.book.phrases["done-words"].in(r.language()) {
		if folded == reader.Fold(t.source) {
			return true
		}
	}
	return false
}
