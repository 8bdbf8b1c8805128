package flows

import (
	"slices"
	"strconv"
)

// Given is what somebody has given to the other one: a promise to them, a goal or a day
// that could be both's, or a piece of the board of both. The receiver has a copy of it, an [Item] of a kind of its own, which
// stays as it is whatever the giver does with theirs; what they say of it later comes as
// news, and changes the copy.
type Given struct {
	Exchange uint64         `json:"exchange"`
	Version  int            `json:"version"` // of the words; the first is 1
	Kind     string         `json:"kind"`    // what it is to the giver: promise, goal, milestone or piece
	From     string         `json:"from,omitempty"`
	Text     string         `json:"text"`
	Values   map[string]any `json:"values,omitempty"` // when it is for, as the giver's item has it

	Withdrawn bool `json:"withdrawn,omitempty"` // it stands no longer
}

// The kinds of item that are copies.
const (
	theirPromise   = "their-promise"
	theirGoal      = "their-goal"
	theirMilestone = "their-milestone"
)

var copyKinds = []string{theirPromise, theirGoal, theirMilestone, theirPiece}

// copyOf gives the kind of the copies of a kind of item.
func copyOf(kind string) string { return "their-" + kind }

// givenValues are the values of an item that go over with it. All else of it stays.
var givenValues = map[string][]string{
	"promise":   {"often", "once", "day"},
	"goal":      {},
	"milestone": {"day", "repeat"},
}

// The kinds of news of what is given. Their [News.Text] is the id of the item: of the copy,
// and of what was taken up, of the person's own.
const (
	NewsGiven     = "given"
	NewsChanged   = "changed"   // it has other words now
	NewsWithdrawn = "withdrawn" // the giver has taken it back
	NewsTakenUp   = "taken-up"  // it is the other one's as well
)

// OfGiven says whether news of that kind is of a copy.
func OfGiven(kind string) bool {
	return slices.Contains([]string{NewsGiven, NewsChanged, NewsWithdrawn}, kind)
}

// CopyID gives the id of the copy of what is given. The digit in front tells it from those of
// other items, and from the id of a choice.
func CopyID(exchange uint64) string { return "2" + strconv.FormatUint(exchange, 36) }

// Copy gives the receiver's copy, in the place of the one that they had, if any. It is fresh
// if that one was not as new. What they have let go of stays so.
func (g Given) Copy(had Item) (copied Item, fresh bool) {
	if version, _ := had.Values["version"].(float64); had.ID != "" && int(version) >= g.Version {
		return had, false
	}
	copied = Item{ID: CopyID(g.Exchange), Kind: copyOf(g.Kind), State: openState, Text: g.Text, At: had.At, Shared: g.Exchange}
	copied.Values = map[string]any{"version": float64(g.Version), "from": g.From, "words": g.Text}
	for name, v := range g.Values {
		copied.Values[name] = v
	}
	if had.ID != "" && had.State != openState {
		copied.State = had.State
	}
	if g.Withdrawn {
		copied.State, copied.Text = droppedState, had.Text
	}
	return copied, true
}

// Stands says whether an item was neither done nor let go.
func (i Item) Stands() bool { return i.State == openState }

// ItemOpen is the state of an item that stands, ItemDone that of a copy that was taken up.
const (
	ItemOpen = openState
	ItemDone = doneState
)

// SeenNudge asks the one to whom a promise was made whether they saw it.
const SeenNudge = "seen"

type (
	// Give gives an item to the other one: with words of its own, and when it is for. Given
	// already, it has other words from now on.
	Give struct {
		Item, Text string
		Values     map[string]any
	}
	// TakeBack tells the other one that what was given stands no longer.
	TakeBack struct{ Item string }
	// TakeUp makes what was given both's: Copy is the person's copy, Item is their own.
	TakeUp struct{ Copy, Item string }
)

func (Give) effect()     {}
func (TakeBack) effect() {}
func (TakeUp) effect()   {}

// handing gives an item to the other one, takes it back, or takes up what they gave.
type handing struct {
	act   string
	item  string // the variable with the person's own item
	words string // the one with what goes over
	given string // the one with the copy that is taken up
}

var handingActs = []string{"give", "take-back", "take-up"}

func (l *flowLoader) handing(_ *node, m *mapping) block {
	b := &handing{act: oneOf(m, "handing", "give", handingActs), item: m.text("item"), words: m.text("words"), given: m.text("given")}
	l.itemAt(m, "item", b.item)
	if b.act == "take-up" {
		l.itemAt(m, "given", b.given)
	}
	l.put(func() {
		if (b.act == "give") != (b.words != "") || b.words != "" && l.flow.vars[b.words] != textVar {
			l.fault(m.line, "giving wants `words`, a variable with a text, and nothing else has any")
		}
	})
	return b
}

// take does it, or nothing where it can't be, whatever a flow says.
func (b *handing) take(r *run, n *node) (*node, bool) {
	vars := r.frame().Vars
	item, found := r.item(vars.get(b.item).text)
	if !found || !r.turn.Facts.Couple().Linked {
		return n.after, false
	}
	switch words := vars.get(b.words).text; {
	case b.act == "take-back":
		if item.Shared != 0 && !r.safety().closed(r.today()) {
			r.do(TakeBack{item.ID})
		}
	case !r.jointly() || item.State != openState:
	case b.act == "take-up":
		if copied, found := r.item(vars.get(b.given).text); found && copied.State == openState && copied.Kind == copyOf(item.Kind) {
			r.do(TakeUp{Copy: copied.ID, Item: item.ID})
		}
	case words != "" && slices.Contains(itemKinds, item.Kind) && unshareable(words) == "":
		r.do(Give{Item: item.ID, Text: words, Values: valuesGiven(item)})
	}
	return n.after, false
}

func valuesGiven(i Item) map[string]any {
	var out map[string]any
	for _, name := range givenValues[i.Kind] {
		if v, has := i.Values[name]; has {
			if out == nil {
				out = map[string]any{}
			}
			out[name] = v
		}
	}
	return out
}

func (b *handing) leads(n *node) []lead { return onward(n) }

// shared says whether the other one has been given an item of the person's, or has given it.
func (r *run) shared(id string) bool {
	i, found := r.item(id)
	return found && i.Shared != 0 && r.turn.Facts.Couple().Linked
}

// both says whether an item is both's.
func (r *run) both(id string) bool {
	i, _ := r.item(id)
	return i.Both && r.shared(id)
}

// sharedItem gives the person's own item, or else the copy, of what was given.
func (r *run) sharedItem(exchange uint64) (Item, bool) {
	var copied Item
	for _, i := range r.turn.Facts.Items("") {
		if i.Shared != exchange || exchange == 0 || i.State != openState {
			continue
		}
		if slices.Contains(itemKinds, i.Kind) {
			return i, true
		}
		copied = i
	}
	return copied, copied.ID != ""
}
