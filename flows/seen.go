package flows

import "slices"

// seen are the facts as they will be once the turn's effects are carried out: a step
// sees what the steps before it have recorded in the same turn.
type seen struct {
	Facts
	r *run
}

// Entries is part of [Facts].
func (s seen) Entries(kind string, skip, limit int) []Entry {
	made := s.made(kind)
	if len(made) == 0 {
		return s.Facts.Entries(kind, skip, limit)
	}
	// Those that are replaced may stand among the ones asked for.
	all := s.Facts.Entries(kind, 0, skip+limit+len(made))
	all = slices.DeleteFunc(all, func(e Entry) bool { return hasEntry(made, e.ID) })
	all = append(all, made...)
	slices.SortStableFunc(all, func(a, b Entry) int { return b.At.Compare(a.At) })
	return all[min(skip, len(all)):min(skip+limit, len(all))]
}

// CountEntries is part of [Facts].
func (s seen) CountEntries(kind string) int {
	n := s.Facts.CountEntries(kind)
	for _, e := range s.made(kind) {
		if !hasEntry(s.Facts.Entries(kind, 0, n), e.ID) {
			n++
		}
	}
	return n
}

// made gives the entries of the turn so far, newest first.
func (s seen) made(kind string) []Entry {
	var made []Entry
	for _, effect := range slices.Backward(s.r.out) {
		if e, ok := effect.(Record); ok && (kind == "" || e.Kind == kind) && !hasEntry(made, e.ID) {
			made = append(made, Entry(e))
		}
	}
	return made
}

func hasEntry(entries []Entry, id string) bool {
	return slices.ContainsFunc(entries, func(e Entry) bool { return e.ID == id })
}

// Nudges is part of [Facts].
func (s seen) Nudges() []Nudge {
	nudges := s.Facts.Nudges()
	drop := func(id, about string) {
		nudges = slices.DeleteFunc(slices.Clone(nudges), func(n Nudge) bool { return n.ID == id && n.About == about })
	}
	for _, effect := range s.r.out {
		switch e := effect.(type) {
		case SetNudge:
			drop(e.ID, e.About)
			nudges = append(nudges, Nudge(e))
		case DropNudge:
			drop(e.ID, e.About)
		}
	}
	return nudges
}

// Items is part of [Facts].
func (s seen) Items(kind string) []Item {
	var kept []Item
	has := func(id string) bool { return slices.ContainsFunc(kept, func(i Item) bool { return i.ID == id }) }
	for _, effect := range slices.Backward(s.r.out) {
		if k, ok := effect.(Keep); ok && !has(k.ID) {
			kept = append(kept, k.Item)
		}
	}
	if len(kept) == 0 {
		return s.Facts.Items(kind)
	}
	all := slices.DeleteFunc(slices.Clone(s.Facts.Items("")), func(i Item) bool { return has(i.ID) })
	all = slices.DeleteFunc(append(all, kept...), func(i Item) bool { return kind != "" && i.Kind != kind })
	slices.SortStableFunc(all, func(a, b Item) int { return b.At.Compare(a.At) })
	return all
}
