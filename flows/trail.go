package flows

import "slices"

// mark notes that the question at n has been answered, so that /back can return: in a
// traceless flow too, for as long as it is in front, as a button is soon pressed by mistake.
func (r *run) mark(n *node) {
	c := r.s.Front
	c.Misses, c.Partial, c.Sure = 0, nil, nil
	c.Trail = append(c.Trail, Mark{
		Depth: len(c.Frames), Step: n.id, Loops: slices.Clone(c.top().Loops),
	})
	if len(c.Trail) > trailLength {
		c.Trail = c.Trail[1:]
	}
}

// assign sets a variable of the frame in front, in stored form, and notes on the
// trail what it was.
func (r *run) assign(name string, v Value) {
	c := r.s.Front
	f := c.top()
	if len(c.Trail) > 0 {
		m := &c.Trail[len(c.Trail)-1]
		if !m.Undo.has(name) && m.Depth == len(c.Frames) {
			m.Undo = append(m.Undo, Answer{name, f.Vars.get(name)})
		}
	}
	f.Vars = f.Vars.set(name, v)
}

// back returns to the question before the one in front, with everything as it was
// before its answer. It says whether there was one.
func (r *run) back() bool {
	c := r.s.Front
	if len(c.Trail) == 0 {
		return false
	}
	m := c.Trail[len(c.Trail)-1]
	c.Trail = c.Trail[:len(c.Trail)-1]
	r.unawait()
	c.Frames = c.Frames[:m.Depth]
	f := c.top()
	for _, was := range m.Undo {
		f.Vars = f.Vars.set(was.Name, was.Value)
	}
	for _, made := range m.Made {
		c.Redo = c.Redo.set(made.Name, made.N)
	}
	f.Step, f.Loops = m.Step, slices.Clone(m.Loops)
	f.Past = f.upTo(m.Step)
	c.Misses, c.Partial, c.Sure = 0, nil, nil
	return true
}

// upTo gives the steps gone through before that one was, the last time.
func (f *Frame) upTo(step string) []string {
	for i, id := range slices.Backward(f.Past) {
		if id == step {
			return slices.Clip(f.Past[:i])
		}
	}
	return nil
}

// pass notes that a step has been gone through.
func (r *run) pass(n *node) {
	f := r.frame()
	f.Past = append(f.Past, n.id)
	if len(f.Past) > pastLength {
		f.Past = f.Past[len(f.Past)-pastLength:]
	}
}

// dropTraceless forgets what was said in a traceless flow under way, with the flows
// that it stands beneath: it is begun anew. It says whether anything is left.
func (r *run) dropTraceless(c *Conversation) bool {
	for i := range c.Frames {
		if f := r.book.heading(c.Frames[i].Flow); f != nil && f.Traceless {
			c.Frames = c.Frames[:i]
			c.Form, c.Misses, c.Partial, c.Sure = "", 0, nil, nil
			c.dropDeepMarks()
			break
		}
	}
	return len(c.Frames) > 0
}

// dropDeepMarks forgets the questions of a flow that has ended and returned. What it
// recorded counts for the question before it: going back behind that goes behind the
// records too.
func (c *Conversation) dropDeepMarks() {
	kept := c.Trail[:0]
	for _, m := range c.Trail {
		if m.Depth <= len(c.Frames) {
			kept = append(kept, m)
		} else if n := len(kept); n > 0 {
			kept[n-1].Made = append(kept[n-1].Made, m.Made...)
		}
	}
	c.Trail = kept
}
