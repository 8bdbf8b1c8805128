package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Item is something that a person keeps before them until it is done or let go: a
// promise, a goal, a milestone. It differs from an [Entry] in that it changes.
type Item struct {
	ID    string // short, and unique among the person's items
	Kind  string // "promise", "goal", "milestone", "agreement" or "piece", or that of a copy
	State string // "open", "done" or "dropped"
	Text  string // in words, as the person will read it again
	At    time.Time
	// Values are the answers behind the text, by variable, as in [Record.Values].
	Values map[string]any
	// Shared is what the two call it if the other one has it too, and 0 if not: they have
	// been given it, or have given it. Both says that each has it as their own.
	Shared uint64
	Both   bool
}

// itemKinds are the kinds of item. Each is the name of the block that keeps one.
var itemKinds = []string{"promise", "goal", "milestone"}

// The states of an item.
const (
	openState    = "open"
	doneState    = "done"
	droppedState = "dropped"
)

var itemStates = []string{openState, doneState, droppedState}

// keep makes an item, or changes the one whose id the variable holds.
type keep struct {
	kind   string
	text   *wording
	as     string // the variable that holds its id
	values []string
	state  string
}

func (l *flowLoader) keep(n *node, m *mapping) block {
	b := &keep{as: m.text("as"), values: m.texts("values"), state: oneOf(m, "state", openState, itemStates)}
	for _, kind := range itemKinds {
		if m.has(kind) && b.kind == "" {
			b.kind = kind
			b.text = l.wording(m, kind, n.id+"."+kind)
		}
	}
	if b.as == "" {
		l.fault(m.line, "%s needs `as`: the variable that holds its id", b.kind)
	} else {
		l.declare(m.lineOf("as"), b.as, itemVar)
	}
	l.checkValues(m, b.values)
	l.flow.recalled = append(l.flow.recalled, b.values...)
	return b
}

func (b *keep) take(r *run, n *node) (*node, bool) {
	item, found := r.item(r.frame().Vars.get(b.as).text)
	if !found {
		at := r.recordingTime(r.place(n))
		item = Item{ID: itemID(at), At: time.UnixMilli(at).In(r.now().Location())}
	}
	item.Kind, item.State, item.Text = b.kind, b.state, b.text.say(r, nil)
	item.Values = b.mergeInto(item.Values, r.frame())
	r.keepItem(item)
	r.assign(b.as, textValue(item.ID))
	return n.after, false
}

// mergeInto gives the values with those of the block as they stand now. What the
// block does not name stays: a flow need not know all that another has kept.
func (b *keep) mergeInto(had map[string]any, f *Frame) map[string]any {
	out := behind(f, b.values)
	for name, v := range had {
		if slices.Contains(b.values, name) {
			continue
		}
		if out == nil {
			out = map[string]any{}
		}
		out[name] = v
	}
	return out
}

func (b *keep) leads(n *node) []lead { return onward(n) }

// itemID makes an id of the time of a record, which no other record of the person
// has. The digit in front tells it from the id of a choice.
func itemID(at int64) string { return "0" + strconv.FormatInt(at, 36) }

// keepItem keeps an item. About one that is no longer open nothing comes back.
func (r *run) keepItem(item Item) {
	r.do(Keep{item})
	if item.State == openState {
		return
	}
	for _, n := range r.turn.Facts.Nudges() {
		if n.About == item.ID {
			r.do(DropNudge{ID: n.ID, About: n.About})
		}
	}
}

// item gives the person's item with that id, if there is one.
func (r *run) item(id string) (Item, bool) {
	if id == "" {
		return Item{}, false
	}
	for _, i := range r.turn.Facts.Items("") {
		if i.ID == id {
			return i, true
		}
	}
	return Item{}, false
}

// hasItem says whether there is such an item and it is open.
func (r *run) hasItem(id string) bool {
	item, found := r.item(id)
	return found && item.State == openState
}

// itemsIn gives the items of a kind in a state, newest first.
func (r *run) itemsIn(kind, state string) []Item {
	if kind == oursKind {
		return r.ours()
	}
	return slices.DeleteFunc(slices.Clone(r.turn.Facts.Items(kind)), func(i Item) bool { return i.State != state })
}

// openItems gives the ids of the open items of a kind, newest first.
func (r *run) openItems(kind string) []string {
	var ids []string
	for _, i := range r.itemsIn(kind, openState) {
		ids = append(ids, i.ID)
	}
	return ids
}

// itemLabel names an item on a button: by its words, or where it has none by its day.
func (r *run) itemLabel(i Item) string {
	if text := strings.TrimSpace(i.Text); text != "" {
		return shorten(text, 48)
	}
	if IsPiece(i.Kind) {
		return r.pieceLabel(i)
	}
	return r.day(i.At.In(r.now().Location()))
}

// closing changes the state of an item, and nothing else of it.
type closing struct{ about, state string }

func (l *flowLoader) closing(_ *node, m *mapping) block {
	b := &closing{about: m.text("close"), state: oneOf(m, "state", doneState, []string{doneState, droppedState})}
	l.itemAt(m, "close", b.about)
	return b
}

// itemAt wants the variable at a key to be one that holds an item.
func (l *flowLoader) itemAt(m *mapping, key, name string) {
	line := m.lineOf(key)
	l.put(func() {
		if l.flow.vars[name] != itemVar {
			l.fault(line, "%q is no variable with an item", name)
		}
	})
}

func (b *closing) take(r *run, n *node) (*node, bool) {
	item, found := r.item(r.frame().Vars.get(b.about).text)
	if found && item.Kind != agreementKind { // which the other one would not hear of
		item.State = b.state
		r.keepItem(item)
	}
	return n.after, false
}

func (b *closing) leads(n *node) []lead { return onward(n) }

// shownItem is an item as a text sees it.
type shownItem struct {
	Text words
	On   string
}

// Items gives the open items of a kind, each with the next day that something comes
// back about it.
func (s scene) Items(kind string) []shownItem {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return []shownItem{{"a promise", "Thursday 1 January"}}
	}
	var out []shownItem
	for _, i := range r.itemsIn(kind, openState) {
		shown := shownItem{Text: words(i.Text)}
		if on := r.nextDay(i.ID, ""); !on.IsZero() {
			shown.On = r.day(on)
		}
		out = append(out, shown)
	}
	return out
}

// itemText gives an item's words, or the label of the choice beside it that was taken.
func (r *run) itemText(variable, id string) string {
	if item, found := r.item(id); found {
		return item.Text
	}
	if labels := r.flow().labels[variable]; labels[id] != nil {
		return labels[id].say(r, nil)
	}
	return ""
}
