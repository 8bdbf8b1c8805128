package bot

import (
	"errors"
	"fmt"
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
	switch e.Field {
	case "name":
		w.p.Name = e.Value
	case "language":
		w.p.Language = e.Value
	case "country":
		w.p.Country = e.Value
	case "role":
		w.p.Role = e.Value
	case "zone":
		before := w.zone()
		w.p.Zone = e.Value
		return errors.Join(w.noteZone(e.Value), w.rearm(before))
	case "":
		return fmt.Errorf("a fact without a name")
	default:
		w.about(e.Field, e.Value)
	}
	switch e.Field {
	case flows.Pause:
		return w.pause(e.Value)
	case flows.Leaving:
		return w.leaving(e.Value)
	}
	return nil
}

// about changes one of the further facts. The map may be shared with another try at
// the same turn.
func (w work) about(name, value string) {
	w.p.About = maps.Clone(w.p.About)
	if value == "" {
		delete(w.p.About, name)
		return
	}
	if w.p.About == nil {
		w.p.About = map[string]string{}
	}
	w.p.About[name] = value
}
