package flows

import (
	"slices"
	"strings"
)

// everywhereTexts gives the numbers of one kind in every country, a line each: for
// somebody of whom nothing is to be asked. Those in the person's language come first.
func (r *run) everywhereTexts(kinds []string) []string {
	language, _ := splitTag(r.turn.Person.Language)
	found := slices.DeleteFunc(slices.Clone(r.book.helplines), func(h helpline) bool {
		return h.gone || h.country == anyCountry || !slices.Contains(kinds, h.kind)
	})
	slices.SortStableFunc(found, func(x, y helpline) int {
		return order(y.speaks(language)) - order(x.speaks(language))
	})
	lines := make([]string, len(found))
	for i, h := range found {
		lines[i] = r.phrase("resources-everywhere", scene{"country": r.countryName(h.country), "name": h.name, "ways": r.ways(h)})
	}
	whole := joinNonempty("\n\n", r.emergency(), strings.Join(lines, "\n"),
		r.directory([]string{directoryKind}, false), r.phrase("resources-trace", nil))
	if shownLength(whole) <= textLimit {
		return []string{whole}
	}
	return cutLines(whole, textLimit)
}
