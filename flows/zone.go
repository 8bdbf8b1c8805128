package flows

import (
	"strings"
	"time"

	"kintsugi/flows/place"
)

// zoneKind takes a town, or the time that somebody's clock shows, for the time zone
// that it is in. Which one was meant is always shown back.
type zoneKind struct{}

func (zoneKind) name() string             { return "zone" }
func (zoneKind) holds() varType           { return zoneVar }
func (zoneKind) prompt(*run, *ask) prompt { return prompt{} }

func (zoneKind) read(r *run, _ *ask, h heard) reading {
	found := place.Find(h.text)
	byName, miss := len(found) > 0, "retry-zone"
	if !byName {
		for _, minutes := range r.reader().Time(h.text).Minutes {
			miss = "retry-zone-time"
			found = append(found, place.ByClock(minutes, r.now(), 0)...)
		}
	}
	if len(found) == 0 {
		return reading{miss: miss}
	}
	var sure []string
	for _, p := range found {
		country := ""
		if byName {
			country = p.Country
		}
		sure = append(sure, strings.Join([]string{p.Zone, country, r.townOf(p)}, zoneMark))
	}
	return reading{sure: sure}
}

// zoneMark stands between a zone, the country and the town that it was found by, while
// the person is asked about it. Where it was found by the time, the country is empty:
// the town is only an example then.
const zoneMark = "|"

// byClock says whether a reading is a zone that was found by what a clock shows.
func byClock(sure string) bool { return strings.Contains(sure, zoneMark+zoneMark) }

// zoneIn gives the zone in such a reading, and has the country of its town be the
// person's if they have named none: whose numbers they have to ring changes by no answer
// about the clock. Any other reading is left as it is.
func (r *run) zoneIn(sure string) string {
	zone, rest, _ := strings.Cut(sure, zoneMark)
	country, _, _ := strings.Cut(rest, zoneMark)
	if r.country() == "" && r.book.isCountry(country) {
		r.know("country", textValue(country))
	}
	return zone
}

// abroad gives the code of the country that the person's clock is in, if the numbers that
// they have to ring are those of another one.
func (r *run) abroad() string {
	own := r.country()
	if own == "" {
		return ""
	}
	there, found := place.CountryOf(r.turn.Person.Zone)
	if !found || there.Code == own {
		return ""
	}
	return there.Code
}

// Abroad names that country.
func (s scene) Abroad() string {
	r, ok := s[sceneRun].(*run)
	if !ok {
		return "Malta"
	}
	return r.countryName(r.abroad())
}

// townOf names a town as people know it, with what sets it apart.
func (r *run) townOf(p place.Place) string {
	parts := []string{p.Name}
	if p.Region != "" && p.Region != p.Name {
		parts = append(parts, p.Region)
	}
	return strings.Join(append(parts, r.countryName(p.Country)), ", ")
}

// moveTo has the rest of the turn take place in another zone.
func (r *run) moveTo(zone string) {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return
	}
	r.turn.Person.Zone = zone
	r.turn.Now = r.turn.Now.In(loc)
}
