package place

import "unicode/utf8"

// oneOff says that one letter was changed, left out, put in, or swapped with the next to
// make b of a.
func oneOff(a, b string) bool {
	if d := len(a) - len(b); d > utf8.UTFMax || d < -utf8.UTFMax {
		return false
	}
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			x2, n2 := utf8.DecodeRuneInString(a[n:])
			y2, m2 := utf8.DecodeRuneInString(b[m:])
			return a[n:] == b[m:] || a[n:] == b || a == b[m:] ||
				x == y2 && y == x2 && a[n+n2:] == b[m+m2:]
		}
		a, b = a[n:], b[m:]
	}
	return utf8.RuneCountInString(a)+utf8.RuneCountInString(b) <= 1
}
