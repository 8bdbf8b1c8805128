package flows

// Nearest gives the name most like word, for "did you mean …?", or "" if none is
// near. Two differing letters are near, one in words under five letters.
func Nearest(word string, names []string) string {
	best, bestAt := "", 3
	if len(word) < 5 {
		bestAt = 2
	}
	for _, name := range names {
		if d := distance(word, name); d < bestAt {
			best, bestAt = name, d
		}
	}
	return best
}

// distance counts the letters to add, drop, change or swap with their neighbour to
// make b of a, in bytes.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
