package bot

import (
	"errors"
	"maps"

	"kintsugi/flows"
	"kintsugi/store"
)

// personOf gives a person as conversations know them.
func personOf(p store.Person) flows.Person {
	return flows.Person{
		Name: p.Name, Language: p.Language, Country: p.Country, Zone: p.Zone, Role: p.Role, Met: p.Met, About: p.About,
	}
}

// samePerson says that nothing changed that a turn can change.
func samePerson(a, b store.Person) bool {
	return a.Name == b.Name && a.Language == b.Language && a.Zone == b.Zone && a.Country == b.Country &&
		a.Role == b.Role && a.Met == b.Met && a.Unreachable == b.Unreachable && maps.Equal(a.About, b.About)
}

// know changes a fact about the person, with what follows from it.
func (w work) know(e flows.Know) error {
	before := w.zone()
	p := personOf(*w.p).With(e)
	w.p.Name, w.p.Language, w.p.Country, w.p.Zone, w.p.Role = p.Name, p.Language, p.Country, p.Zone, p.Role
	w.p.About = p.About
	switch e.Field {
	case "zone":
		return errors.Join(w.noteZone(e.Value), w.rearm(before))
	case flows.Pause:
		return w.pause(e.Value)
	case flows.Leaving:
		return w.leaving(e.Value)
	}
	return nil
}

// about changes one of the further facts.
func (w work) about(name, value string) {
	w.p.About = personOf(*w.p).With(flows.Know{Field: name, Value: value}).About
}
