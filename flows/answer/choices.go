package answer

import (
	"slices"
	"strings"
	"unicode"
)

// Choices reads which of the labels were meant, several at once: "1 3", "sleep and
// kindness", "all of them". Indices are in label order without repeats. Each part
// is read as [Reader.Choice] reads it; one part that is not understood makes the
// whole not understood. "None" is an answer only where a label says so, and "all"
// leaves such a label out.
func (r *Reader) Choices(s string, labels []string) (indices []int, ok bool) {
	if len(labels) == 0 || tooLong(s, maxChoices) {
		return nil, false
	}
	ls := r.labels(labels)
	if i := exact(s, ls); i != notChosen {
		return []int{i}, true
	}
	if every := r.every(s, ls); len(every) > 0 {
		return every, true
	}
	for _, parts := range r.cuts(s) {
		if indices, ok := r.chooseEach(parts, ls); ok {
			return indices, true
		}
	}
	return nil, false
}

// every gives what "all of them" means: the label that says so, or else all
// labels but for one that says "none".
func (r *Reader) every(s string, ls []label) []int {
	ts := tokens(s)
	isAll := r.only(all, ts)
	if !isAll && !(r.only(both, ts) && len(ls) == 2) {
		return nil
	}
	if i := only(ls, func(l label) bool { return r.only(all, l.tokens) }); i != notChosen && isAll {
		return []int{i}
	}
	var indices []int
	for i, l := range ls {
		if !r.saysNone(l) {
			indices = append(indices, i)
		}
	}
	return indices
}

// cuts gives the ways to cut an answer into choices, in the order to try them: at
// marks, at "and" too, not at all, and at each space for "1 3" and "a c".
// Without marks, "and" comes before the whole.
func (r *Reader) cuts(s string) [][]string {
	s = normal(strings.ReplaceAll(s, "\n", ","))
	marked := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(",;/&+、،", c) })
	var anded []string
	for _, m := range marked {
		anded = append(anded, r.cutAnd(m)...)
	}
	cuts := [][]string{marked, anded, {s}}
	if len(marked) == 1 {
		cuts = [][]string{anded, {s}}
	}
	var pieces []string
	for _, a := range anded {
		for _, f := range strings.Fields(a) {
			if !r.pointer(f) {
				return cuts
			}
			pieces = append(pieces, f)
		}
	}
	return append(cuts, pieces)
}

// pointer says whether a piece can only point at a label: a number or a letter.
func (r *Reader) pointer(s string) bool {
	s = strings.TrimFunc(s, unicode.IsPunct)
	_, isNumber := r.Number(s)
	return isNumber || len(s) == 1
}

// cutAnd cuts at the words for "and".
func (r *Reader) cutAnd(s string) []string {
	var out []string
	start := 0
	fields := strings.Fields(s)
	for i := range fields {
		if r.ands[fields[i]] {
			out = append(out, strings.Join(fields[start:i], " "))
			start = i + 1
		}
	}
	return append(out, strings.Join(fields[start:], " "))
}

func (r *Reader) chooseEach(parts []string, ls []label) ([]int, bool) {
	var indices []int
	for _, p := range parts {
		ts := tokens(p)
		if len(ts) == 0 {
			continue
		}
		i, ok := r.choose(p, ts, ls)
		if !ok {
			return nil, false
		}
		indices = append(indices, i)
	}
	slices.Sort(indices)
	return slices.Compact(indices), len(indices) > 0
}
