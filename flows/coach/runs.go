package coach

import "slices"

// runs are many short lists behind one another.
type runs[T any] struct {
	from []uint32 // where each begins in all, and where the last one ends
	all  []T
}

func (r *runs[T]) of(n int) []T { return r.all[r.from[n]:r.from[n+1]] }

// size gives how many lists there are.
func (r *runs[T]) size() int { return max(0, len(r.from)-1) }

// add puts a list behind the others.
func (r *runs[T]) add(list ...T) {
	if len(r.from) == 0 {
		r.from = append(r.from, 0)
	}
	r.all = append(r.all, list...)
	r.from = append(r.from, uint32(len(r.all)))
}

func (r *runs[T]) clip() { r.from, r.all = slices.Clip(r.from), slices.Clip(r.all) }
