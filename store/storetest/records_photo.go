package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"kintsugi/store"
)

type fetchModel struct {
	store.Fetch
	at time.Time
}

func (m *machine) putPhoto(t *rapid.T) {
	id, name, data := m.someone(t), someWord(t, "id"), someWord(t, "data")
	m.update(t, func(r *store.Records) error { return r.PutPhoto(id, name, []byte(data)) })
	m.model.people[id].photos[name] = data
}

func (m *machine) deletePhoto(t *rapid.T) {
	id, name := m.someone(t), someWord(t, "id")
	m.update(t, func(r *store.Records) error { return r.DeletePhoto(id, name) })
	delete(m.model.people[id].photos, name)
}

func (m *machine) keepPhotos(t *rapid.T) {
	id, name := m.someone(t), someWord(t, "id")
	m.update(t, func(r *store.Records) error {
		_, err := r.KeepPhotos(id, []string{name, "none"})
		return err
	})
	kept := map[string]string{}
	if data, ok := m.model.people[id].photos[name]; ok {
		kept[name] = data
	}
	m.model.people[id].photos = kept
}

func (m *machine) comparePhotos(t *rapid.T, r *store.Records, p *personModel) {
	bytes := 0
	for id, want := range p.photos {
		bytes += len(want)
		data, found, err := r.Photo(p.ID, id)
		same(t, "photo", fmt.Sprint(string(data), found, err), fmt.Sprint(want, true, nil))
	}
	_, found, err := r.Photo(p.ID, "none")
	same(t, "no photo", fmt.Sprint(found, err), fmt.Sprint(false, nil))
	n, size, err := r.CountPhotos(p.ID)
	same(t, "photos", fmt.Sprint(n, size, err), fmt.Sprint(len(p.photos), bytes, nil))
}

func (m *machine) putFetch(t *rapid.T) {
	id, at := m.someone(t), someTime(t, "at")
	f := store.Fetch{ID: someWord(t, "id"), Photo: someWord(t, "photo"), Tries: rapid.IntRange(0, 5).Draw(t, "tries")}
	m.update(t, func(r *store.Records) error { return r.PutFetch(id, f, at) })
	m.model.people[id].fetches[f.ID] = fetchModel{f, at}
}

// someFetch finds something that is to be fetched, or skips the action.
func (m *machine) someFetch(t *rapid.T) (d store.Due, id string) {
	var found []store.Due
	m.update(t, func(r *store.Records) (err error) {
		found, err = r.FetchesBy(someLater(), plenty)
		return err
	})
	if len(found) == 0 {
		t.Skip("nothing is to be fetched")
	}
	d = found[rapid.IntRange(0, len(found)-1).Draw(t, "fetch")]
	m.update(t, func(r *store.Records) error {
		f, _, err := r.FetchOf(d)
		id = f.ID
		return err
	})
	return d, id
}

func someLater() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }

func (m *machine) moveFetch(t *rapid.T) {
	d, id := m.someFetch(t)
	at, tries := someTime(t, "at"), rapid.IntRange(0, 255).Draw(t, "tries")
	m.update(t, func(r *store.Records) error { return r.MoveFetch(d, at, tries) })
	f := m.model.people[d.Person].fetches[id]
	f.at, f.Tries = at, tries
	m.model.people[d.Person].fetches[id] = f
}

func (m *machine) deleteFetch(t *rapid.T) {
	d, id := m.someFetch(t)
	m.update(t, func(r *store.Records) error { return r.DeleteFetch(d) })
	delete(m.model.people[d.Person].fetches, id)
}

func (m *machine) compareFetches(t *rapid.T, r *store.Records, at time.Time) {
	for _, until := range []time.Time{at, someLater()} {
		var want []string
		for id, p := range m.model.people {
			for _, f := range p.fetches {
				if !f.at.After(until) {
					want = append(want, fmt.Sprint(f.at.UnixMilli(), id, f.Fetch))
				}
			}
		}
		var got []string
		for _, d := range must[[]store.Due](t)(r.FetchesBy(until, plenty)) {
			f, found, err := r.FetchOf(d)
			if !found || err != nil {
				t.Fatalf("a fetch: %t, %v", found, err)
			}
			got = append(got, fmt.Sprint(d.At.UnixMilli(), d.Person, f))
		}
		if !slices.IsSortedFunc(got, func(a, b string) int { return cmp.Compare(a[:13], b[:13]) }) {
			t.Fatal("the earliest fetch is not first")
		}
		slices.Sort(got)
		slices.Sort(want)
		same(t, "fetches", got, want)
	}
	next, found, err := r.NextFetch()
	if err != nil {
		t.Fatal(err)
	}
	if first, _ := r.FetchesBy(someLater(), 1); found != (len(first) == 1) || found && !next.Equal(first[0].At) {
		t.Fatalf("the next fetch is at %v (%t)", next, found)
	}
}
