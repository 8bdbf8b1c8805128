package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// RunRecords proves the records of [store.Store], and every index of theirs, on a
// backend: it does random things to a store and to a plain model, and wants the
// same of both. open gives an empty backend each time; the suite closes it.
func RunRecords(t *testing.T, open func(t *testing.T) store.Backend) {
	t.Run("do what the model does", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			b := open(t)
			defer b.Close()
			s, err := store.Open(context.Background(), b, store.NewMasterKey())
			if err != nil {
				rt.Fatal(err)
			}
			m := &machine{backend: b, store: s, model: newModel()}
			rt.Repeat(m.actions())
		})
	})
}

// machine does the same to a store and to a model.
type machine struct {
	backend store.Backend
	store   *store.Store
	model   *model
}

func (m *machine) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"":                m.compare,
		"add a person":    m.addPerson,
		"put a person":    m.putPerson,
		"delete a person": m.deletePerson,
		"put a session":   m.putSession,
		"put an entry":    m.putEntry,
		"delete an entry": m.deleteEntry,
		"put an item":     m.putItem,
		"put a photo":     m.putPhoto,
		"delete a photo":  m.deletePhoto,
		"keep photos":     m.keepPhotos,
		"put a fetch":     m.putFetch,
		"move a fetch":    m.moveFetch,
		"delete a fetch":  m.deleteFetch,
		"put due":         m.putDue,
		"delete due":      m.deleteDue,
		"attempt":         m.attempt,
		"enqueue":         m.enqueue,
		"enqueue again":   m.enqueue,
		"take":            m.take,
		"settle":          m.settle,
		"park":            m.park,
		"drop waiting":    m.dropWaiting,
		"put a code":      m.putCode,
		"drop a code":     m.dropCode,
		"prune codes":     m.pruneCodes,
		"add a couple":    m.addCouple,
		"put a couple":    m.putCouple,
		"put a member":    m.putMember,
		"drop a member":   m.dropMember,
		"add news":        m.addNews,
		"drop news":       m.dropNews,
		"put a cursor":    m.putCursor,
		"quarantine":      m.quarantine,
	}
}

// update does fn to the store: sometimes first in a transaction that fails and so
// must leave nothing.
func (m *machine) update(t *rapid.T, fn func(*store.Records) error) {
	if rapid.IntRange(0, 3).Draw(t, "fails before") == 0 {
		err := m.store.Update(context.Background(), func(r *store.Records) error {
			if err := fn(r); err != nil {
				return err
			}
			return errUndo
		})
		if err != errUndo {
			t.Fatalf("failing on purpose: %v", err)
		}
		m.compare(t)
	}
	if err := m.store.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// someone picks a person, or skips the action if there is none.
func (m *machine) someone(t *rapid.T) store.PersonID {
	if len(m.model.people) == 0 {
		t.Skip("nobody is there")
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(m.model.people))).Draw(t, "person")
}

func someTime(t *rapid.T, label string) time.Time {
	start := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	return start.Add(time.Duration(rapid.IntRange(-2, 4).Draw(t, label)) * 250 * time.Millisecond)
}

func someWord(t *rapid.T, label string) string {
	return rapid.SampledFrom([]string{"", "one", "two", "zwei ❤"}).Draw(t, label)
}

func someLane(t *rapid.T) store.Lane {
	return rapid.SampledFrom([]store.Lane{store.ReplyLane, store.NudgeLane}).Draw(t, "lane")
}

// addresses are all that there are.
func addresses() []store.Address {
	var all []store.Address
	for _, id := range []string{"1", "2", "3", "4"} {
		all = append(all, store.Address{Platform: "telegram", ID: id}, store.Address{Platform: "discord", ID: id})
	}
	return all
}

// draw changes all but the ID of a person. Addresses are such as nobody else has.
func (m *machine) draw(t *rapid.T, p store.Person) store.Person {
	free := slices.DeleteFunc(addresses(), func(a store.Address) bool {
		owner, taken := m.model.owner(a)
		return taken && owner != p.ID
	})
	n := rapid.IntRange(0, min(2, len(free))).Draw(t, "addresses")
	p.Addresses = rapid.Permutation(free).Draw(t, "which")[:n]
	p.Name, p.Language, p.Zone = someWord(t, "name"), someWord(t, "language"), someWord(t, "zone")
	p.Met, p.Unreachable = rapid.Bool().Draw(t, "met"), rapid.Bool().Draw(t, "unreachable")
	p.Since = someTime(t, "since")
	return p
}

func (m *machine) addPerson(t *rapid.T) {
	p := m.draw(t, store.Person{})
	m.update(t, func(r *store.Records) (err error) {
		p, err = r.AddPerson(p)
		return err
	})
	if p.ID <= m.model.lastID {
		t.Fatalf("person %d comes after %d", p.ID, m.model.lastID)
	}
	m.model.lastID = p.ID
	m.model.people[p.ID] = &personModel{Person: p, entries: map[string]store.Entry{}, items: map[string]store.Item{}, photos: map[string]string{}, fetches: map[string]fetchModel{}, due: map[string]time.Time{}, codes: map[string]codeModel{}, members: map[store.Place]store.Member{}}
}

func (m *machine) putPerson(t *rapid.T) {
	id := m.someone(t)
	p := m.draw(t, store.Person{ID: id})
	m.update(t, func(r *store.Records) error { return r.PutPerson(p) })
	m.model.people[id].Person = p
}

func (m *machine) deletePerson(t *rapid.T) {
	id := m.someone(t)
	m.update(t, func(r *store.Records) error { return r.DeletePerson(id) })
	m.model.delete(id)
}

func (m *machine) putSession(t *rapid.T) {
	id, session := m.someone(t), []byte(someWord(t, "session"))
	m.update(t, func(r *store.Records) error { return r.PutSession(id, session) })
	m.model.people[id].session = session
}

func (m *machine) putEntry(t *rapid.T) {
	id := m.someone(t)
	e := store.Entry{
		ID: someWord(t, "id"), At: someTime(t, "at"), Kind: rapid.SampledFrom(kinds()).Draw(t, "kind"),
		Text: someWord(t, "text"), Flow: "flow", Values: json.RawMessage(`{"a":1}`),
	}
	m.update(t, func(r *store.Records) error { return r.PutEntry(id, e) })
	m.model.people[id].entries[entryName(e.At, e.ID)] = e
}

func kinds() []string { return []string{"note", "check-in"} }

func entryName(at time.Time, id string) string { return fmt.Sprint(at.UnixMilli(), " ", id) }

func (m *machine) deleteEntry(t *rapid.T) {
	id, at, entry := m.someone(t), someTime(t, "at"), someWord(t, "id")
	m.update(t, func(r *store.Records) error { return r.DeleteEntry(id, at, entry) })
	delete(m.model.people[id].entries, entryName(at, entry))
}

func (m *machine) putItem(t *rapid.T) {
	id := m.someone(t)
	i := store.Item{
		ID: someWord(t, "id"), At: someTime(t, "at"), Kind: rapid.SampledFrom(kinds()).Draw(t, "kind"),
		State: someWord(t, "state"), Text: someWord(t, "text"), Values: json.RawMessage(`{"a":1}`),
		Shared: rapid.Uint64Range(0, 2).Draw(t, "shared"),
	}
	m.update(t, func(r *store.Records) error { return r.PutItem(id, i) })
	m.model.people[id].items[i.ID] = i
}

func (m *machine) putDue(t *rapid.T) {
	d := store.Due{Person: m.someone(t), At: someTime(t, "at"), ID: someWord(t, "id")}
	m.update(t, func(r *store.Records) error { return r.PutDue(d) })
	m.model.people[d.Person].due[d.ID] = d.At
}

func (m *machine) deleteDue(t *rapid.T) {
	id, due := m.someone(t), someWord(t, "id")
	m.update(t, func(r *store.Records) error { return r.DeleteDue(id, due) })
	delete(m.model.people[id].due, due)
}

func (m *machine) putCursor(t *rapid.T) {
	name, value := rapid.SampledFrom(cursors()).Draw(t, "name"), someWord(t, "value")
	m.update(t, func(r *store.Records) error { return r.PutCursor(name, []byte(value)) })
	m.model.cursors[name] = value
}

func cursors() []string { return []string{"telegram", "discord"} }

func (m *machine) quarantine(t *rapid.T) {
	q := store.Quarantined{
		Source: "telegram", ID: someWord(t, "id"), At: someTime(t, "at"),
		Payload: []byte(someWord(t, "payload")), Reason: "it panics",
	}
	if rapid.Bool().Draw(t, "of somebody") {
		q.Person = m.someone(t)
	}
	m.update(t, func(r *store.Records) error { return r.Quarantine(q) })
	m.model.quarantined[fmt.Sprint(q.Person, " ", q.At.UnixMilli(), " ", q.ID)] = q
}
