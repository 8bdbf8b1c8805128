package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Practice is where a flow stands in the programme.
type Practice struct {
	Step   int    // of the fifteen, from 1
	Number int    // within its step, from 1
	Stage  int    // 1 to 3: what it is suggested in
	Weight string // light, middling or heavy
	// Unsuggested is for what nobody is led to, and what no look back tells of: forgiving.
	Unsuggested bool
}

var weights = []string{"light", "middling", "heavy"}

// stepCount is how many steps the programme has.
const stepCount = 15

// practice reads where a flow stands in the programme.
func (l *flowLoader) practice(m *mapping) {
	n := m.node("practice")
	if n == nil {
		return
	}
	p := l.mapping(n)
	if p == nil {
		return
	}
	l.flow.practice = &Practice{
		Step: int(p.number("step", 0)), Number: int(p.number("number", 0)), Stage: int(p.number("stage", 0)),
		Weight: oneOf(p, "weight", "", weights), Unsuggested: p.flag("unsuggested"),
	}
	if at := l.flow.practice; at.Step < 1 || at.Step > stepCount || at.Number < 1 || at.Stage < 1 || at.Stage > 3 || at.Weight == "" {
		l.fault(p.line, "a practice has a step from 1 to %d, a number within it, a stage from 1 to 3 and a weight", stepCount)
	}
	p.finish()
	l.put(func() {
		if !slices.ContainsFunc(l.flow.nodes, func(n *node) bool { _, is := n.block.(*did); return is }) {
			l.fault(m.lineOf("practice"), "a practice says by `did` when it is done")
		}
	})
}

// practiceKind is the kind of entry that says what was done in a practice.
const practiceKind = "practice"

// did notes that the practice has been done, with a line on what: `did: text`. What it is
// done by, its flow says; whoever goes on after that, or doesn't, has done it.
type did struct{ record }

func (l *flowLoader) did(n *node, m *mapping) block {
	return &did{record{kind: practiceKind, text: l.wording(m, "did", n.id+".did")}}
}

// helped puts beside the line of the practice how it was: `helped: variable`, with a choice.
// It may stand in a flow that the practice calls.
type helped struct{ answer string }

func (l *flowLoader) helped(_ *node, m *mapping) block {
	b := &helped{m.text("helped")}
	line := m.lineOf("helped")
	l.put(func() {
		if l.flow.vars[b.answer] != choiceVar {
			l.fault(line, "%q is no variable with a choice", b.answer)
		}
	})
	return b
}

func (b *helped) take(r *run, n *node) (*node, bool) {
	word := r.frame().Vars.get(b.answer).text
	for _, e := range r.turn.Facts.Entries(practiceKind, 0, 1) {
		if e.Flow != r.practiceID() || word == "" {
			continue
		}
		values := map[string]any{"helped": word}
		r.do(Record{ID: e.ID, At: e.At, Kind: e.Kind, Text: e.Text, Flow: e.Flow, Values: values})
	}
	return n.after, false
}

func (b *helped) leads(n *node) []lead { return onward(n) }

// practiceID gives the practice that the person is in, also within what it calls; "" if
// they are in none.
func (r *run) practiceID() string {
	if r.s.Front == nil {
		return ""
	}
	for _, f := range slices.Backward(r.s.Front.Frames) {
		if flow := r.book.flows[f.Flow]; flow != nil && flow.practice != nil {
			return f.Flow
		}
	}
	return ""
}

// command is what begins a practice, from a list of them: /p3_1 for the first of step 3.
func (p *Practice) command() string { return fmt.Sprintf("p%d_%d", p.Step, p.Number) }

// practiceBy gives the practice that a command begins, if one does.
func (b *Book) practiceBy(command string) *Flow {
	for _, f := range b.programme {
		if f.practice.command() == command {
			return f
		}
	}
	return nil
}

// practiceOf gives the practice that a flow is, or is a further part of: those of
// growth.walk begin with growth.walk-. It is nil for what is neither.
func (b *Book) practiceOf(flow string) *Flow {
	for _, f := range b.programme {
		if flow == f.ID || strings.HasPrefix(flow, f.ID+"-") {
			return f
		}
	}
	return nil
}

// orderPractices puts the practices in the order of their steps.
func (b *Book) orderPractices() {
	for _, id := range b.ids() {
		if b.flows[id].practice != nil {
			b.programme = append(b.programme, b.flows[id])
		}
	}
	slices.SortStableFunc(b.programme, func(a, b *Flow) int {
		return cmp.Or(cmp.Compare(a.practice.Step, b.practice.Step), cmp.Compare(a.practice.Number, b.practice.Number))
	})
}

// checkPractices looks whether every place in the programme is taken once.
func (b *Book) checkPractices() {
	at := map[string]*Flow{}
	for _, f := range b.programme {
		place := fmt.Sprintf("%d.%d", f.practice.Step, f.practice.Number)
		if other := at[place]; other != nil {
			b.fault(f, 1, "practice %s is %s already", place, other.ID)
		}
		at[place] = f
	}
}
