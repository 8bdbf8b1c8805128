package flows

import "time"

// code makes a code that stands for the person, or lets the last one work no more.
type code struct {
	kind   string
	length time.Duration // for which it is good
	off    bool
}

// codeKinds are the kinds of code that there are.
var codeKinds = []string{MoveCode, LinkCode}

func (l *flowLoader) code(n *node, m *mapping) block {
	b := &code{kind: oneOf(m, "code", MoveCode, codeKinds), off: m.flag("off")}
	if !b.off {
		b.length = l.pause(m, n)
	}
	return b
}

func (b *code) take(r *run, n *node) (*node, bool) {
	if b.off {
		r.do(DropCode{b.kind})
		return n.after, false
	}
	if r.leading != "" { // it must not stand in one message with the code
		r.say(Message{})
	}
	r.do(MakeCode{Kind: b.kind, Until: r.now().Add(b.length)})
	return n.after, false
}

func (b *code) leads(n *node) []lead { return onward(n) }
