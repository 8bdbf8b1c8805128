package flows

// Flow is one conversation, as it was written.
type Flow struct {
	ID         string
	Command    string // starts it, without the slash; empty if nothing typed does
	For        string // "betrayed", "betrayer" or "both"
	Minutes    int    // how long a sitting takes
	Strangers  bool   // open to somebody never met
	Aside      bool   // says its piece without disturbing what is in front
	Urgent     bool   // what it says before its first question always comes at once
	Fleeting   bool   // there is nothing in it to come back to: leaving it ends it
	joint      bool   // nor once the person is linked with nobody
	Traceless  bool   // no answer in it outlives it, nor the person's leaving it half done
	Unexported bool   // no export tells that it was begun, or what was answered in it
	File       string

	title    *wording // what people read where the flow is named
	does     *wording // what its command does, for the list of commands
	group    string   // of the list that its command stands in; empty for most
	first    *node
	nodes    []*node // in the order written
	byID     map[string]*node
	vars     map[string]varType
	initial  Answers           // variables that begin with a value
	moved    map[string]string // renamed steps: the released id to today's
	wordings map[string]*wording
	labels   map[string]map[string]*wording // of choices, by variable and id
	practice *Practice                      // nil for what is no practice
	crisis   string                         // the variable for the danger that it answers
	about    string                         // the variable for what it is opened about
	silent   *expression                    // while it holds, nothing that leads here comes by itself
	recalled []string                       // variables that are blank where an item has no value for them
}

// node is one step in its place.
type node struct {
	id    string
	line  int
	after *node   // where the flow goes on; nil at the end
	each  []*node // the each steps around it, outermost first
	when  *expression
	block block
}

// block is what a step does.
type block interface {
	// take does the step. It gives the step to go on at, nil at the end of the
	// flow; or it waits for the person, and next means nothing.
	take(r *run, n *node) (next *node, waits bool)
	// leads gives every way the flow may go on from here.
	leads(n *node) []lead
}

// lead is one way on. A nil node is the end of the flow.
type lead struct {
	label string
	to    *node
}

// onward is the only way of a block that does not branch.
func onward(n *node) []lead { return []lead{{to: n.after}} }

func (f *Flow) stepIDs() []string {
	ids := make([]string, len(f.nodes))
	for i, n := range f.nodes {
		ids[i] = n.id
	}
	return ids
}
