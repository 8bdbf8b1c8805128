package discord

import "strconv"

// isID says whether s is an id of Discord's: a number that grows with time.
func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil && s[0] != '+' && len(s) <= 20
}

// newer says whether the id a was given later than b. Both may be empty, which is before
// any other.
func newer(a, b string) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}

// before gives the id just before one.
func before(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n == 0 {
		return "0"
	}
	return strconv.FormatUint(n-1, 10)
}
