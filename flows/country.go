package flows

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kintsugi/flows/place"
)

// country is one that a person can be in.
type country struct {
	source
	line   int
	code   string              // ISO 3166-1 alpha-2, in capitals
	names  map[string][]string // by language; the first of each is shown
	speaks []string            // languages, as a person's tag begins
}

// anyCountry is what an entry that holds everywhere is listed under.
const anyCountry = "any"

var codeForm = regexp.MustCompile(`^[A-Z]{2}$`)

// loadCountries reads the countries of a file. One read before under the same code
// is replaced.
func (b *Book) loadCountries(s source, list []*yaml.Node) {
	own := map[string]int{}
	for _, y := range list {
		m := s.mapping(y)
		if m == nil {
			continue
		}
		c := readCountry(m)
		if line, twice := own[c.code]; twice {
			s.fault(c.line, "country %q stands twice, first in line %d", c.code, line)
			continue
		}
		own[c.code] = c.line
		b.addCountry(c)
	}
}

func readCountry(m *mapping) country {
	c := country{source: m.source, line: m.line, code: m.text("code"), names: map[string][]string{}, speaks: m.texts("speaks")}
	if !codeForm.MatchString(c.code) {
		m.fault(m.lineOf("code"), "%q is no country's code: two capital letters, as in ISO 3166", c.code)
	}
	if y := m.node("names"); y != nil {
		if inner := m.mapping(y); inner != nil {
			for _, language := range inner.keys {
				c.names[language] = inner.texts(language)
				m.checkEmpty(inner.lineOf(language), language, c.names[language])
			}
		}
	}
	if len(c.names[english]) == 0 {
		m.fault(m.line, "country %q needs its names in English, as names: {en: [...]}", c.code)
	}
	m.finish()
	return c
}

func (b *Book) addCountry(c country) {
	if i := b.countryAt(c.code); i >= 0 {
		b.countries[i] = c
		return
	}
	b.countries = append(b.countries, c)
}

func (b *Book) countryAt(code string) int {
	return slices.IndexFunc(b.countries, func(c country) bool { return c.code == code })
}

// checkCountries makes the names ready to be looked up. No name may be that of two
// countries.
func (b *Book) checkCountries() {
	reader := b.readers[english]
	if reader == nil {
		return // reported already
	}
	for _, c := range b.countries {
		for _, names := range c.names {
			for _, name := range names {
				folded := reader.Fold(name)
				if other, ok := b.countryNames[folded]; ok && other != c.code {
					c.fault(c.line, "%q is a name of %s too", name, other)
				}
				b.countryNames[folded] = c.code
			}
		}
	}
}

// nameOf gives a country's name in a language, or in English.
func (b *Book) nameOf(code, language string) string {
	i := b.countryAt(code)
	if i < 0 {
		if c, ok := place.CountryAt(code); ok {
			return c.Name
		}
		return code
	}
	names := b.countries[i].names
	for _, tag := range []string{language, english} {
		if len(names[tag]) > 0 {
			return names[tag][0]
		}
	}
	return code
}

// countryButtons is how many countries are offered as buttons.
const countryButtons = 7

// likely gives the codes of the countries that a language tag makes likely: the one
// that it names, then those where the language is spoken.
func (b *Book) likely(tag string) []string {
	language, rest := splitTag(tag)
	var out []string
	for _, part := range rest {
		if code := strings.ToUpper(part); b.countryAt(code) >= 0 {
			out = append(out, code)
		}
	}
	for _, c := range b.countries {
		if len(out) < countryButtons && slices.Contains(c.speaks, language) && !slices.Contains(out, c.code) {
			out = append(out, c.code)
		}
	}
	return out
}

// splitTag takes a language tag apart: "de-Latn-AT" gives "de" and the rest.
func splitTag(tag string) (language string, rest []string) {
	parts := strings.FieldsFunc(tag, func(c rune) bool { return c == '-' || c == '_' })
	if len(parts) == 0 {
		return english, nil
	}
	return strings.ToLower(parts[0]), parts[1:]
}

// countryIn gives the code of the country that somebody named in words.
func (r *run) countryIn(said string) (code string, ok bool) {
	reader := r.reader()
	folded := reader.Fold(said)
	if code, ok = r.book.countryNames[folded]; ok {
		return code, true
	}
	for _, lead := range r.book.phrases["country-leads"].in(r.language()) {
		if rest, cut := strings.CutPrefix(folded, reader.Fold(lead.source)+" "); cut {
			if code, ok = r.book.countryNames[rest]; ok {
				return code, true
			}
			folded = rest
		}
	}
	if code, ok = r.countryElsewhere(folded); ok {
		return code, true
	}
	// A code counts in capitals only: "it" and "in" are words. So is "NO".
	code = strings.TrimSpace(said)
	_, isAnswer := reader.YesNo(said)
	return code, !isAnswer && r.book.countryAt(code) >= 0
}

// countryElsewhere gives the code of a country that the book has no numbers for, by one
// of its names in English, letter by letter.
func (r *run) countryElsewhere(folded string) (code string, ok bool) {
	fold := r.reader().Fold
	for _, c := range place.FindCountry(folded) {
		if fold(c.Name) == folded || slices.ContainsFunc(c.Also, func(name string) bool { return fold(name) == folded }) {
			return c.Code, true
		}
	}
	return "", false
}

// isCountry says whether a code is that of a country.
func (b *Book) isCountry(code string) bool {
	if b.countryAt(code) >= 0 {
		return true
	}
	_, ok := place.CountryAt(code)
	return ok
}

// country gives the code of the person's country, or "" if it is not known.
func (r *run) country() string {
	if code := r.turn.Person.Country; r.book.isCountry(code) {
		return code
	}
	return ""
}

func (r *run) countryName(code string) string { return r.book.nameOf(code, r.language()) }

// countryKind takes a country. The likeliest are buttons; any other can be named.
type countryKind struct{}

func (countryKind) name() string   { return "country" }
func (countryKind) holds() varType { return countryVar }

func (countryKind) prompt(r *run, _ *ask) prompt {
	var p prompt
	for _, code := range r.book.likely(r.turn.Person.Language) {
		p.options = append(p.options, option{strings.ToLower(code), r.countryName(code)})
	}
	return p
}

func (k countryKind) read(r *run, a *ask, h heard) reading {
	if code := strings.ToUpper(h.option); r.book.countryAt(code) >= 0 {
		return reading{value: textValue(code)}
	}
	if code, ok := r.countryIn(h.text); ok {
		return reading{value: textValue(code)}
	}
	shown := k.prompt(r, a).options
	if i, ok := r.reader().Choice(h.text, labelsOf(shown)); ok {
		return reading{value: textValue(strings.ToUpper(shown[i].id))}
	}
	return reading{miss: "retry-country"}
}
