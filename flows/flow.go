package flows

// Flow is one conversation, as it was written.
type Flow struct {
	*Heading

	first    *node
	nodes    []*node // in the order written
	byID     map[string]*node
	vars     map[string]varType
	initial  Answers           // variables that begin with a value
	moved    map[string]string // renamed steps: the released id to today's
	wordings map[string]*wording
	labels   map[string]map[string]*wording // of choices, by variable and id
	silent   *expression                    // while it holds, nothing that leads here comes by itself
	recalled []string                       // variables that are blank where an item has no value for them
	forTwo   bool                           // some expression looks at the couple
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
