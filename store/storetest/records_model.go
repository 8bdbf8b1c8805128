package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// model is what the records ought to be, without any index.
type model struct {
	people              map[store.PersonID]*personModel
	waiting, attempting []store.Message
	cursors             map[string]string
	quarantined         map[string]store.Quarantined
	lastID              store.PersonID
	lastSeq             uint64
	codes               int // made so far
	couples             map[store.CoupleID]store.Couple
	lastCouple          store.CoupleID
	lastNews            uint64
}

type personModel struct {
	store.Person
	session []byte
	entries map[string]store.Entry
	items   map[string]store.Item
	photos  map[string]string
	fetches map[string]fetchModel
	due     map[string]time.Time
	codes   map[string]codeModel // by kind
	members map[store.Place]store.Member
	news    []store.News // the oldest first
}

func newModel() *model {
	return &model{
		people:      make(map[store.PersonID]*personModel),
		cursors:     make(map[string]string),
		quarantined: make(map[string]store.Quarantined),
		couples:     make(map[store.CoupleID]store.Couple),
	}
}

func (m *model) owner(a store.Address) (store.PersonID, bool) {
	for id, p := range m.people {
		if slices.Contains(p.Addresses, a) {
			return id, true
		}
	}
	return 0, false
}

func (m *model) delete(id store.PersonID) {
	delete(m.people, id)
	m.dropEmpty()
	theirs := func(message store.Message) bool { return message.Person == id }
	m.waiting = slices.DeleteFunc(m.waiting, theirs)
	m.attempting = slices.DeleteFunc(m.attempting, theirs)
	maps.DeleteFunc(m.quarantined, func(_ string, q store.Quarantined) bool { return q.Person == id })
}

// queue gives the waiting messages of a queue in order.
func (m *model) queue(id store.PersonID, lane store.Lane) []store.Message {
	return slices.DeleteFunc(ordered(m.waiting), func(w store.Message) bool {
		return w.Person != id || w.Lane != lane
	})
}

// ordered gives messages by person, lane and number.
func ordered(messages []store.Message) []store.Message {
	return slices.SortedFunc(slices.Values(messages), func(a, b store.Message) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Lane, b.Lane), cmp.Compare(a.Seq, b.Seq))
	})
}

// due gives what is due by t.
func (m *model) due(t time.Time) []store.Due {
	var due []store.Due
	for id, p := range m.people {
		for name, at := range p.due {
			if !at.After(t) {
				due = append(due, store.Due{At: at, Person: id, ID: name})
			}
		}
	}
	return slices.SortedFunc(slices.Values(due), func(a, b store.Due) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Person, b.Person), cmp.Compare(a.ID, b.ID))
	})
}

// wakes gives the queues of a lane whose first message may be sent by t.
func (m *model) wakes(t time.Time, lane store.Lane) []store.Wake {
	var wakes []store.Wake
	for id := range m.people {
		if queue := m.queue(id, lane); len(queue) > 0 && !queue[0].NotBefore.After(t) {
			wakes = append(wakes, store.Wake{At: queue[0].NotBefore, Person: id, Lane: lane})
		}
	}
	return slices.SortedFunc(slices.Values(wakes), func(a, b store.Wake) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Person, b.Person))
	})
}

// list gives a person's entries of a kind, newest first. Those of one
// millisecond have no order.
func (p *personModel) list(kind string) []store.Entry {
	all := slices.DeleteFunc(slices.Collect(maps.Values(p.entries)), func(e store.Entry) bool {
		return kind != "" && e.Kind != kind
	})
	slices.SortFunc(all, newestFirst)
	return all
}

func newestFirst(a, b store.Entry) int {
	return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
}

// same makes sure that two things are the same, printed.
func same(t *rapid.T, what string, got, want any) {
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Fatalf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// must gives a value that has no error.
func must[T any](t *rapid.T) func(v T, err error) T {
	return func(v T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

const plenty = 1000

// compare makes sure that store and model are the same, whichever way one looks.
func (m *machine) compare(t *rapid.T) {
	if err := store.Check(context.Background(), m.backend); err != nil {
		t.Fatal(err)
	}
	at := someTime(t, "seen at")
	err := m.store.View(context.Background(), func(r *store.Records) error {
		m.comparePeople(t, r)
		m.compareTimes(t, r, at)
		m.compareFetches(t, r, at)
		m.compareOutbox(t, r, at)
		m.compareCodes(t, r, at)
		m.compareCouples(t, r)
		for _, name := range cursors() {
			same(t, "cursor", string(must[[]byte](t)(r.Cursor(name))), m.model.cursors[name])
		}
		want := slices.SortedFunc(maps.Values(m.model.quarantined), func(a, b store.Quarantined) int {
			return cmp.Or(cmp.Compare(a.Person, b.Person), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		})
		got := must[[]store.Quarantined](t)(r.Quarantined(plenty))
		slices.SortStableFunc(got, func(a, b store.Quarantined) int {
			return cmp.Or(cmp.Compare(a.Person, b.Person), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		})
		same(t, "quarantined", got, want)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *machine) comparePeople(t *rapid.T, r *store.Records) {
	same(t, "people", must[int](t)(r.CountPeople()), len(m.model.people))
	for _, a := range addresses() {
		id, found, err := r.FindPerson(a)
		if err != nil {
			t.Fatal(err)
		}
		owner, taken := m.model.owner(a)
		same(t, "owner", []any{id, found}, []any{owner, taken})
	}
	for id, p := range m.model.people {
		same(t, "person", must[store.Person](t)(r.Person(id)), p.Person)
		same(t, "session", must[[]byte](t)(r.Session(id)), p.session)
		for _, kind := range append(kinds(), "") {
			m.compareEntries(t, r, p, kind)
			m.compareItems(t, r, p, kind)
		}
		m.comparePhotos(t, r, p)
	}
}

func (m *machine) compareEntries(t *rapid.T, r *store.Records, p *personModel, kind string) {
	got := must[[]store.Entry](t)(r.Entries(p.ID, kind, 0, plenty))
	page := must[[]store.Entry](t)(r.Entries(p.ID, kind, 1, 2))
	same(t, "a page of entries", page, got[min(1, len(got)):min(3, len(got))])
	same(t, "count of entries", must[int](t)(r.CountEntries(p.ID, kind)), len(got))
	if !slices.IsSortedFunc(got, func(a, b store.Entry) int { return b.At.Compare(a.At) }) {
		t.Fatal("the newest entry is not first")
	}
	slices.SortFunc(got, newestFirst)
	same(t, "entries", got, p.list(kind))
}

func (m *machine) compareItems(t *rapid.T, r *store.Records, p *personModel, kind string) {
	want := slices.DeleteFunc(slices.Collect(maps.Values(p.items)), func(i store.Item) bool {
		return kind != "" && i.Kind != kind
	})
	slices.SortFunc(want, func(a, b store.Item) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
	})
	same(t, "items", must[[]store.Item](t)(r.Items(p.ID, kind)), want)
	for id, i := range p.items {
		got, found, err := r.Item(p.ID, id)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "item", []any{got, found}, []any{i, true})
	}
}

func (m *machine) compareTimes(t *rapid.T, r *store.Records, at time.Time) {
	same(t, "due by a time", must[[]store.Due](t)(r.DueBy(at, plenty)), m.model.due(at))
	all := m.model.due(at.Add(time.Hour))
	same(t, "some of the due", must[[]store.Due](t)(r.DueBy(at.Add(time.Hour), 2)), all[:min(2, len(all))])
	next, found, err := r.NextDue()
	if err != nil {
		t.Fatal(err)
	}
	same(t, "whether anything is due", found, len(all) > 0)
	if found {
		same(t, "the next due", next, all[0].At)
	}
}

func (m *machine) compareOutbox(t *rapid.T, r *store.Records, at time.Time) {
	same(t, "attempting", must[[]store.Message](t)(r.Attempting(plenty)), ordered(m.model.attempting))
	var first []time.Time
	for _, lane := range []store.Lane{store.ReplyLane, store.NudgeLane} {
		same(t, "wakes by a time", must[[]store.Wake](t)(r.WakeBy(at, lane, plenty)), m.model.wakes(at, lane))
		all := m.model.wakes(at.Add(time.Hour), lane)
		same(t, "some wakes", must[[]store.Wake](t)(r.WakeBy(at.Add(time.Hour), lane, 1)), all[:min(1, len(all))])
		for id := range m.model.people {
			same(t, "whether anything waits", must[bool](t)(r.Waiting(id, lane)), len(m.model.queue(id, lane)) > 0)
		}
		for _, w := range all {
			first = append(first, w.At)
		}
	}
	next, found, err := r.NextWake()
	if err != nil {
		t.Fatal(err)
	}
	same(t, "whether anything wakes", found, len(first) > 0)
	if found {
		same(t, "the next wake", next, slices.MinFunc(first, time.Time.Compare))
	}
}
