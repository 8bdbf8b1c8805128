package coach

import (
	"cmp"
	"maps"
	"slices"
)

// followed is something that is found by a first word and by what follows it.
type followed interface {
	comparable
	head() stemID
	follows() uint32
}

// inOrder puts values in the order of what they are found by: for each first word what may
// follow it, and the values of all these.
func inOrder[K followed, V any](all map[K]V) (behind runs[uint32], values []V) {
	order := slices.SortedFunc(maps.Keys(all), func(a, b K) int {
		return cmp.Or(cmp.Compare(a.head(), b.head()), cmp.Compare(a.follows(), b.follows()))
	})
	values = make([]V, 0, len(all))
	for len(order) > 0 {
		var list []uint32
		head := stemID(behind.size())
		for len(order) > 0 && order[0].head() == head {
			list = append(list, order[0].follows())
			values = append(values, all[order[0]])
			order = order[1:]
		}
		behind.add(list...)
	}
	behind.clip()
	return behind, values
}

// placeOf gives the place of a value in that order.
func placeOf[K followed](behind *runs[uint32], k K) (int, bool) {
	if int(k.head()) >= behind.size() {
		return 0, false
	}
	n, ok := slices.BinarySearch(behind.of(int(k.head())), k.follows())
	return int(behind.from[k.head()]) + n, ok
}
