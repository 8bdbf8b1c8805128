package flows

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lengths that every platform takes, with room left for what a text names:
// a message in Discord holds 2,000 code points, a label 80.
const (
	textLimit  = 1600
	labelLimit = 80
)

// check finds the mistakes that show only once everything has been read.
func (b *Book) check() {
	for _, id := range b.order {
		f := b.flow(id)
		b.checkCalls(f)
		b.checkNudges(f)
		b.checkOpens(f)
		b.checkThens(f)
		b.checkDraws(f)
		b.checkButtons(f)
		b.checkBy(f)
		b.checkDids(f)
		b.checkAlone(f)
		b.checkReading(f)
		b.checkLeaving(f)
		b.checkReach(f)
		b.checkLoops(f)
		b.checkReleased(f)
		b.checkLengths(f.File, f.wordings)
	}
	b.checkPractices()
	b.checkSayings()
	b.checkRecursion()
	b.checkCountries()
	b.checkHelplines()
	b.checkLengths(b.phraseFile, b.phrases)
	b.checkTranslations()
	if len(b.phrases) == 0 {
		b.problems = append(b.problems, Problem{File: "phrases.yaml", Text: "there is no file with phrases"})
	}
	if b.readers[english] == nil {
		b.problems = append(b.problems, Problem{File: "words.yaml", Text: "there is no file with the words of answers"})
	}
}

func (b *Book) fault(f *Heading, line int, format string, args ...any) {
	source{f.File, &b.problems}.fault(line, format, args...)
}

func (b *Book) checkCalls(f *Flow) {
	for _, n := range f.nodes {
		if c := callOf(n.block); c != nil {
			b.problems = append(b.problems, c.check(f, b)...)
		}
	}
}

// checkNudges looks whether what comes back leads somewhere.
func (b *Book) checkNudges(f *Flow) {
	for _, n := range f.nodes {
		c, ok := n.block.(*nudge)
		if !ok || c.opens == "" || c.opens == opensPractice {
			continue
		}
		to := b.flow(c.opens)
		switch {
		case to == nil:
			b.fault(f.Heading, c.line, "there is no flow %q to come back to%s", c.opens, didYouMean(c.opens, b.ids()))
		case c.about != "" && to.about == "":
			b.fault(f.Heading, c.line, "a nudge about an item leads to %s, which does not say `about`", c.opens)
		}
	}
}

// checkAlone looks whether a practice in which something is for two looks at whether there are
// two. Without the other one those blocks do nothing, and what comes after them has to fit.
func (b *Book) checkAlone(f *Flow) {
	if f.practice == nil || f.forTwo {
		return
	}
	for _, n := range f.nodes {
		if isForTwo(n.block) {
			b.fault(f.Heading, n.line, "this is for two, and nothing in the practice looks at `couple.linked`: it needs a way for one alone")
		}
	}
}

func isForTwo(b block) bool {
	switch b := b.(type) {
	case *reveal, *relay, *agreement:
		return true
	case *call:
		return b.flow == shareFlow
	}
	return false
}

// checkReach finds steps that nothing leads to.
func (b *Book) checkReach(f *Flow) {
	seen := map[*node]bool{}
	var visit func(*node)
	visit = func(n *node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		for _, way := range ways(n) {
			visit(way)
		}
	}
	visit(f.first)
	for _, n := range f.nodes {
		if !seen[n] {
			b.fault(f.Heading, n.line, "step %q can't be reached", n.id)
		}
	}
}

// ways gives the steps that may follow n, past it among them if it has a when.
func ways(n *node) []*node {
	var out []*node
	for _, l := range n.block.leads(n) {
		out = append(out, l.to)
	}
	if n.when != nil {
		out = append(out, n.after)
	}
	return out
}

// checkLoops finds steps that lead back to themselves without ever waiting for the
// person. An each ends by itself when its items do.
func (b *Book) checkLoops(f *Flow) {
	const fresh, open, closed = 0, 1, 2
	state := map[*node]int{}
	var visit func(*node)
	visit = func(n *node) {
		state[n] = open
		for _, to := range silentWays(n) {
			if to == nil || isEach(to) {
				continue
			}
			if state[to] == open {
				b.fault(f.Heading, n.line, "step %q leads back to %q without ever waiting for an answer", n.id, to.id)
			} else if state[to] == fresh {
				visit(to)
			}
		}
		state[n] = closed
	}
	for _, n := range f.nodes {
		if state[n] == fresh {
			visit(n)
		}
	}
}

// silentWays gives the steps that may follow n without a word from the person.
func silentWays(n *node) []*node {
	if !waits(n.block) {
		return ways(n)
	}
	if n.when != nil {
		return []*node{n.after}
	}
	return nil
}

func isEach(n *node) bool {
	_, ok := n.block.(*each)
	return ok
}

// checkRecursion finds flows that call themselves.
func (b *Book) checkRecursion() {
	var calls func(from string, path []string)
	calls = func(from string, path []string) {
		f := b.flow(from)
		if f == nil {
			return
		}
		for _, n := range f.nodes {
			c := callOf(n.block)
			switch {
			case c == nil:
			case c.flow == path[0]:
				b.fault(b.heading(path[0]), 1, "the flow calls itself, by way of %s", from)
			case !slices.Contains(path, c.flow):
				calls(c.flow, append(path, c.flow))
			}
		}
	}
	for _, id := range b.order {
		calls(id, []string{id})
	}
}

// checkReleased holds a flow against the step ids that sessions may still hold.
func (b *Book) checkReleased(f *Flow) {
	for _, id := range b.released[f.ID] {
		if f.stands(id) == nil {
			b.fault(f.Heading, 1, "the released step %q is gone: keep it, or name what it became under `moved`", id)
		}
	}
}

func (b *Book) checkLengths(file string, wordings map[string]*wording) {
	s := source{file, &b.problems}
	for _, w := range wordings {
		b.checkPlaces(file, w)
		limit, what := textLimit, "text"
		if isLabel(w.key) {
			limit, what = labelLimit, "button"
		}
		for _, texts := range w.texts {
			for _, t := range texts {
				if n := utf8.RuneCountInString(t.plain()); n > limit {
					s.fault(w.line, "this %s has %d characters, and no platform may show more than %d", what, n, limit)
				}
			}
		}
	}
}

// checkBy looks whether there are the flows whose entries a question offers.
func (b *Book) checkBy(f *Flow) {
	for _, n := range f.nodes {
		a, ok := n.block.(*ask)
		if !ok {
			continue
		}
		k, ok := a.kind.(*choiceKind)
		if ok && k.by != "" && !slices.ContainsFunc(b.ids(), func(id string) bool { return strings.HasPrefix(id, k.by) }) {
			b.fault(f.Heading, n.line, "the id of no flow begins with %q", k.by)
		}
	}
}

// checkButtons looks whether a question has two buttons that say the same.
func (b *Book) checkButtons(f *Flow) {
	for _, n := range f.nodes {
		a, ok := n.block.(*ask)
		if !ok || a.skip == nil {
			continue
		}
		k, ok := a.kind.(*choiceKind)
		if !ok {
			continue
		}
		for _, o := range k.fixed {
			if o.label.source() == a.skip.source() {
				b.fault(f.Heading, n.line, "the button %q stands there twice: the one of a choice, and the one that skips", a.skip.source())
			}
		}
	}
}

// isLabel says whether a wording stands on a button.
func isLabel(key string) bool {
	_, phrase := phraseFields[key]
	if phrase {
		return slices.Contains(buttonPhrases, key)
	}
	for _, end := range []string{".skip", ".yes", ".no", ".done"} {
		if len(key) > len(end) && key[len(key)-len(end):] == end {
			return true
		}
	}
	return strings.Contains(key, ".choices.")
}

// buttonPhrases are the phrases that stand on buttons.
var buttonPhrases = []string{
	"yes", "no", "skip", "leave", "choices-done", "choices-more", "list-done", "sure-yes", "sure-no", "which-none",
	"carry-on", "start-again", "leave-it", "parked-back", "parked-leave", "cancelled-back",
	"held-take", "held-ask", "nudge-now", "nudge-later", "nudge-skip", "note-keep", "note-leave",
}
