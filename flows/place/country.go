package place

import (
	"strings"
	"unicode/utf8"

	"kintsugi/flows/place/internal/fold"
)

// Country is a country or territory of ISO 3166-1, or Kosovo.
type Country struct {
	Code string   // alpha-2
	Name string   // in English
	Also []string // what else it, or a part of it, is often called in English
}

// Countries gives all countries, by their codes.
func Countries() []Country {
	var out []Country
	for _, line := range world().countries {
		out = append(out, country(line))
	}
	return out
}

func country(line string) Country {
	f := strings.Split(line, "\t")
	c := Country{Code: f[0], Name: f[1]}
	if f[2] != "" {
		c.Also = strings.Split(f[2], ";")
	}
	return c
}

// CountryAt gives the country of a code, if there is one.
func CountryAt(code string) (Country, bool) {
	for _, line := range world().countries {
		if strings.HasPrefix(line, code+"\t") {
			return country(line), true
		}
	}
	return Country{}, false
}

// FindCountry gives the countries that query may mean: by code, by a name in any of the
// bigger languages, or, where there is none, by a name one letter off. Only a name that
// several share gives several, by their codes.
func FindCountry(query string) []Country {
	if len(query) > longest {
		return nil
	}
	key := fold.Key(query)
	if key == "" {
		return nil
	}
	a := world()
	readings := a.readings(key)
	for _, k := range readings {
		if out := a.nations(func(line string) bool { return a.isCountry(line[:2], k) }); out != nil {
			return out
		}
	}
	for _, k := range readings {
		if out := a.nations(func(line string) bool { return almostCountry(line, k) }); out != nil {
			return out
		}
	}
	return nil
}

func (a *atlas) nations(is func(line string) bool) []Country {
	var out []Country
	for _, line := range a.countries {
		if is(line) {
			out = append(out, country(line))
		}
	}
	return out
}

func almostCountry(line, key string) bool {
	if utf8.RuneCountInString(key) < 5 {
		return false
	}
	for k := range strings.SplitSeq(lastField(line), ";") {
		if oneOff(strings.TrimPrefix(k, "~"), key) {
			return true
		}
	}
	return false
}

// isCountry says whether the key is the code or a name of the country, or of a part of
// it.
func (a *atlas) isCountry(code, key string) bool {
	if strings.EqualFold(code, key) {
		return true
	}
	for _, line := range a.countries {
		if line[:2] == code {
			names := lastField(line)
			return among(names, key) || among(names, "~"+key)
		}
	}
	return false
}

// CountryOf gives the country of the town that a zone is named after, or of its biggest
// one: a first guess, as a zone may lie in several countries. It knows the zones that
// towns of the data are in, and no older names of them.
func CountryOf(zone string) (Country, bool) {
	a := world()
	i, ok := a.namesake(zone)
	for n := 0; !ok && n < a.towns.len(); n++ {
		i, ok = n, a.zones[a.town(n).zone] == zone
	}
	if !ok {
		return Country{}, false
	}
	code := a.regions[a.town(i).region][:2]
	return a.nations(func(line string) bool { return line[:2] == code })[0], true
}
