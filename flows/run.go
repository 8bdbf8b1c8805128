package flows

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"kintsugi/flows/answer"
)

// run is one step being taken. It lives as long as one call of [Book.Step].
type run struct {
	book *Book
	turn Turn
	s    Session
	out  []Effect
	// leading is what stands before the next message, in a paragraph of its own.
	leading string
	// returned says that the person had gone out of sight and does something again.
	returned bool
	// opening is the flow to begin once the one in front is over.
	opening string
	// given is what its variables begin with.
	given Answers
	// caption is what came with the photo that is being taken as an answer.
	caption string
	// turned says that the next page of the choices is to be shown.
	turned bool
	// came says that what is through now came by itself.
	came   bool
	budget int
}

// stepBudget bounds the steps taken in one turn. The lint finds loops that never
// wait; this is for the ones it can't see.
const stepBudget = 1000

func (r *run) now() time.Time   { return r.turn.Now }
func (r *run) do(e Effect)      { r.out = append(r.out, withoutMarks(e)) }
func (r *run) frame() *Frame    { return r.s.Front.top() }
func (r *run) flow() *Flow      { return r.book.flow(r.frame().Flow) }
func (r *run) language() string { return r.book.nearestLanguage(r.turn.Person.Language) }

func (r *run) reader() *answer.Reader { return r.book.readers[r.language()] }

// lead puts a text before the next message.
func (r *run) lead(text string) {
	if r.leading != "" {
		text = r.leading + "\n\n" + text
	}
	r.leading = text
}

func (r *run) say(m Message) {
	switch {
	case r.leading != "" && m.Text != "":
		m.Text = r.leading + "\n\n" + m.Text
	case r.leading != "":
		m.Text = r.leading
	}
	r.leading = ""
	r.do(Say{Message: m, Unasked: r.turn.Event.Kind == Nudged})
}

// tell says a phrase that asks nothing.
func (r *run) tell(key string, extra scene) { r.say(Message{Text: r.phrase(key, extra)}) }

// tellVaried says a phrase that leads nowhere.
func (r *run) tellVaried(key string) { r.say(Message{Text: r.varied(key, nil)}) }

// advance takes steps from n until one waits or the conversation is over.
func (r *run) advance(n *node) {
	for {
		if r.budget--; r.budget < 0 {
			panic(fmt.Errorf("flow %s never waits", r.frame().Flow))
		}
		if n == nil {
			if n = r.finishFrame(); r.s.Front == nil {
				return
			}
			continue
		}
		if n.when != nil && !n.when.true(r) {
			n = n.after
			continue
		}
		r.frame().Step = n.id
		depth := len(r.s.Front.Frames)
		if r.book.watch != nil {
			r.book.watch(r.frame().Flow, n.id)
		}
		next, waits := n.block.take(r, n)
		if waits {
			r.closeQuestion() // it may look just like the one before
			r.put(n)
			return
		}
		if len(r.s.Front.Frames) == depth {
			r.pass(n)
		}
		n = next
	}
}

// push puts a flow on top of the conversation and gives its first step.
func (r *run) push(flow string, given Answers) *node {
	f := r.book.flow(flow)
	frame := Frame{Flow: flow, Vars: slices.Clone(f.initial)}
	for _, a := range given {
		frame.Vars = frame.Vars.set(a.Name, a.Value)
	}
	r.s.Front.Frames = append(r.s.Front.Frames, frame)
	return f.first
}

// finishFrame takes the flow on top away. It gives the step at which the one
// beneath goes on; with none beneath, the conversation is over.
func (r *run) finishFrame() *node {
	c := r.s.Front
	done := *c.top()
	if len(c.Frames) == 1 {
		r.noteBegun(c)
	}
	c.Frames = c.Frames[:len(c.Frames)-1]
	c.dropDeepMarks()
	if len(c.Frames) == 0 {
		r.came = r.came || c.Came
		r.s.Front = nil
		r.s.Question.Form = ""
		return nil
	}
	if c.top().Step == "" { // it was put beneath before it had begun
		return r.flow().first
	}
	n := r.flow().stands(c.top().Step)
	if n == nil { // the step that made the call is gone
		return r.standing()
	}
	r.tidyLoops(n)
	switch b := n.block.(type) {
	case *call:
		b.back(r, done)
		r.pass(n)
	case *relay:
		b.back(r, done)
		r.pass(n)
	case *agreement:
		b.back(r, done)
		r.pass(n)
	case *reveal:
		b.back(r, done)
		r.pass(n)
		return b.onward(r.frame().Guest != 0, n)
	}
	return n.after
}

// put asks the question at n as a new question.
func (r *run) put(n *node) {
	b := n.block.(waiter)
	r.show(b.prompt(r, n), b.form())
}

// putAgain shows the question in front again with what has been picked so far.
func (r *run) putAgain() {
	n := r.flow().byID[r.frame().Step]
	b := n.block.(waiter)
	m := r.message(b.prompt(r, n), b.form())
	m.Replaces = true
	r.say(m)
}

// show sends a prompt of the step in front.
func (r *run) show(p prompt, form string) {
	r.s.Front.Form = form
	r.say(r.message(p, form))
}

// message makes a prompt into a message whose buttons carry the question's serial.
// A question that is only repeated keeps its serial, so that each copy of its
// buttons works.
func (r *run) message(p prompt, form string) Message {
	q, options := &r.s.Question, r.page(p)
	ids := make([]string, len(options))
	for i, o := range options {
		ids[i] = o.id
	}
	if q.Form != form || !slices.Equal(q.Options, ids) {
		*q = Question{Serial: q.Serial + 1, Form: form, Options: ids}
	}
	m := Message{Text: joinNonempty("\n\n", p.text, listCut(options)), Numeric: p.numeric, Several: p.several}
	m.Buttons = make([]Button, len(options))
	prefix := tokenPrefix(q.Serial)
	for i, label := range buttonLabels(options) {
		m.Buttons[i] = Button{Token: prefix + strconv.Itoa(i), Label: label}
	}
	return m
}

// closeQuestion closes the question, so that its buttons go stale.
func (r *run) closeQuestion() { r.s.Question.Form = "" }

// tokenPrefix begins what each button of a question carries; its place follows.
func tokenPrefix(serial int) string { return strconv.Itoa(serial) + "." }
