package flows

import (
	"fmt"
	"strings"
)

// Graph draws a flow as a Mermaid flowchart: questions are boxes, what only speaks
// or decides is rounded, and each arrow says when it is taken.
func (f *Flow) Graph() string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, n := range f.nodes {
		open, shut := "(", ")"
		if waits(n.block) {
			open, shut = "[", "]"
		}
		fmt.Fprintf(&b, "  %s%s%q%s\n", nodeName(n), open, n.id+"\n"+blockName(n.block), shut)
	}
	for _, n := range f.nodes {
		for _, l := range n.block.leads(n) {
			arrow(&b, n, l)
		}
		if n.when != nil {
			arrow(&b, n, lead{"otherwise", n.after})
		}
	}
	return b.String()
}

func arrow(b *strings.Builder, from *node, l lead) {
	label := ""
	if l.label != "" {
		label = "|" + mermaidText(l.label) + "|"
	}
	fmt.Fprintf(b, "  %s -->%s %s\n", nodeName(from), label, nodeName(l.to))
}

func nodeName(n *node) string {
	if n == nil {
		return "the-end((end))"
	}
	return "s-" + n.id
}

// mermaidText writes an expression as Mermaid takes it in a label.
func mermaidText(s string) string {
	return `"` + strings.NewReplacer(`"`, "'", "|", "#124;").Replace(s) + `"`
}

func blockName(b block) string {
	switch b := b.(type) {
	case *ask:
		return "ask " + b.kind.name()
	case *say:
		return "say"
	case *branch:
		return "branch"
	case *each:
		return "each"
	case *set:
		return "set"
	case *call:
		return "call " + b.flow
	case *record:
		return "record " + b.kind
	case deletion:
		return "delete " + b.when
	case *pause:
		return "pause " + b.until
	case *safetyBlock:
		return "safety " + b.outcome
	case hide:
		return "hide"
	case *keep:
		return b.kind
	case *closing:
		return "close " + b.about
	case *recall:
		return "recall " + b.item
	case *nudge:
		return "nudge " + b.id
	case *document:
		return "document " + b.spec
	case *picturing:
		return "picture " + b.kind
	case *album:
		if b.drop {
			return "photo " + dropPhoto
		}
		return "photo " + showPhoto
	case *wait:
		return "wait"
	case *resources:
		return "resources"
	case *open:
		return "open " + b.flow
	case *goTo:
		return "goto"
	}
	return "end"
}
