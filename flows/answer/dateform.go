package answer

import (
	"strconv"
	"strings"
)

// form is a date in digits; y is 0 where no year stands.
type form struct {
	y, m, d   int
	shortYear bool
}

// dateForms gives the ways to read digits as a date. With dots the day comes
// first; with slashes or hyphens either may. A year of four digits may lead.
func dateForms(s string) []form {
	sep := "."
	if i := strings.IndexAny(s, "./-"); i >= 0 {
		sep = s[i : i+1]
	}
	var n [3]int
	groups := strings.Split(s, sep)
	for i, g := range groups {
		v, err := strconv.ParseUint(g, 10, 16)
		if err != nil || i > 2 || len(g) > 4 || len(g) > 2 && len(groups) == 2 {
			return nil
		}
		n[i] = int(v)
	}
	switch {
	case len(groups) == 2 && sep == ".":
		return []form{{m: n[1], d: n[0]}}
	case len(groups) == 2 && sep == "/":
		return []form{{m: n[1], d: n[0]}, {m: n[0], d: n[1]}}
	case len(groups) != 3:
		return nil
	case len(groups[0]) == 4 && len(groups[1]) <= 2 && len(groups[2]) <= 2 && n[0] > 0:
		return []form{{y: n[0], m: n[1], d: n[2]}}
	case len(groups[0]) > 2 || len(groups[1]) > 2 || len(groups[2])%2 != 0 || n[2] == 0 && len(groups[2]) == 4:
		return nil
	}
	short := len(groups[2]) == 2
	dayFirst := form{n[2], n[1], n[0], short}
	if sep == "." {
		return []form{dayFirst}
	}
	return []form{dayFirst, {n[2], n[0], n[1], short}}
}
