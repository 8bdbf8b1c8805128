package flows

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Practice is where a flow stands in the programme.
type Practice struct {
	Step   int    // of the fifteen, from 1
	Number int    // within its step, from 1
	Stage  int    // 1 to 3: what it is suggested in
	Weight string // light, middling or heavy
	// Easing is for what asks little, on the days after a hard one.
	Easing bool
	// Unsuggested is for what nobody is led to, and what no look back tells of: forgiving.
	Unsuggested bool
}

var weights = []string{"light", "middling", "heavy"}

// stepCount is how many steps the programme has.
const stepCount = 15

// readPractice reads where a flow stands in the programme; nil for what is no practice.
func readPractice(s source, m *mapping) *Practice {
	n := m.node("practice")
	if n == nil {
		return nil
	}
	p := s.mapping(n)
	if p == nil {
		return nil
	}
	at := &Practice{
		Step: int(p.number("step", 0)), Number: int(p.number("number", 0)), Stage: int(p.number("stage", 0)),
		Weight: oneOf(p, "weight", "", weights), Unsuggested: p.flag("unsuggested"), Easing: p.flag("easing"),
	}
	if at.Step < 1 || at.Step > stepCount || at.Number < 1 || at.Stage < 1 || at.Stage > 3 || at.Weight == "" {
		s.fault(p.line, "a practice has a step from 1 to %d, a number within it, a stage from 1 to 3 and a weight", stepCount)
	}
	p.finish()
	return at
}

// checkDone wants a practice to say when it is done.
func (l *flowLoader) checkDone(line int) {
	l.put(func() {
		if !slices.ContainsFunc(l.flow.nodes, func(n *node) bool { _, is := n.block.(*did); return is }) {
			l.fault(line, "a practice says by `did` when it is done")
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
		if h := r.book.heading(f.Flow); h != nil && h.practice != nil {
			return f.Flow
		}
	}
	return ""
}

// command is what begins a practice, from a list of them: /p3_1 for the first of step 3.
func (p *Practice) command() string { return fmt.Sprintf("p%d_%d", p.Step, p.Number) }

// placeForm is the name by which a text names a practice: {{.p3_1}} reads “A first
// appointment” (/p3_1), as a command alone says nothing to anybody.
var placeForm = regexp.MustCompile(`^p[0-9]+_[0-9]+$`)

// barePlace finds such a command where it stands without its name.
var barePlace = regexp.MustCompile(`/p[0-9]+_[0-9]+`)

// practiceNamed names a practice in a text, with what opens it.
func (r *run) practiceNamed(command string) string {
	f := r.book.practiceBy(command)
	if f == nil {
		return "/" + command
	}
	return r.phrase("practice-named", scene{"title": r.titleIn(f), "command": command})
}

// checkPlaces looks whether the practices that texts name are there, and are named.
func (b *Book) checkPlaces(file string, w *wording) {
	s := source{file, &b.problems}
	for _, texts := range w.texts {
		for _, t := range texts {
			if bare := barePlace.FindString(t.source); bare != "" {
				s.fault(w.line, "nobody knows what %s is: {{.%s}} gives its name as well", bare, bare[1:])
			}
			for _, name := range t.uses {
				if placeForm.MatchString(name) && b.practiceBy(name) == nil {
					s.fault(w.line, "there is no practice %s", name)
				}
			}
		}
	}
}

// practiceBy gives the practice that a command begins, if one does.
func (b *Book) practiceBy(command string) *Heading { return b.places[command] }

// practiceOf gives the practice that a flow is, or is a further part of: those of
// growth.walk begin with growth.walk-. It is nil for what is neither.
func (b *Book) practiceOf(flow string) *Heading {
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
		if h := b.heading(id); h.practice != nil {
			b.programme = append(b.programme, h)
		}
	}
	slices.SortStableFunc(b.programme, func(a, b *Heading) int {
		return cmp.Or(cmp.Compare(a.practice.Step, b.practice.Step), cmp.Compare(a.practice.Number, b.practice.Number))
	})
	for _, f := range slices.Backward(b.programme) { // of two in one place, which is a mistake, the first
		b.places[f.practice.command()] = f
	}
}

// checkDids wants what notes that a practice has been done to be that practice, or a further
// part of it by its id: otherwise nobody would see what it notes.
func (b *Book) checkDids(f *Flow) {
	for _, n := range f.nodes {
		if _, is := n.block.(*did); is && b.practiceOf(f.ID) == nil {
			b.fault(f.Heading, n.line, "`did` stands in a practice, or in a further part of one, whose id begins with that of the practice and a hyphen")
		}
	}
}

// checkPractices looks whether every place in the programme is taken once.
func (b *Book) checkPractices() {
	at := map[string]*Heading{}
	for _, f := range b.programme {
		place := fmt.Sprintf("%d.%d", f.practice.Step, f.practice.Number)
		if other := at[place]; other != nil {
			b.fault(f, 1, "practice %s is %s already", place, other.ID)
		}
		at[place] = f
	}
}
