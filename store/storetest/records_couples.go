package storetest

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// addCouple adds a couple with its first member before it.
func (m *machine) addCouple(t *rapid.T) {
	first, second := m.someone(t), m.someone(t)
	c := store.Couple{People: [2]store.PersonID{first, second}, Until: someTime(t, "until")}
	mine := store.Member{Partner: someWord(t, "partner"), Since: someTime(t, "since")}
	m.update(t, func(r *store.Records) (err error) {
		if c, err = r.AddCouple(c); err != nil {
			return err
		}
		mine.Couple = c.ID
		return r.PutMember(first, store.Before, mine)
	})
	if c.ID <= m.model.lastCouple {
		t.Fatalf("couple %d comes after %d", c.ID, m.model.lastCouple)
	}
	m.model.lastCouple = c.ID
	m.model.couples[c.ID] = c
	m.model.putMember(first, store.Before, mine)
}

// someCouple picks one, or skips the action if there is none.
func (m *machine) someCouple(t *rapid.T) store.Couple {
	if len(m.model.couples) == 0 {
		t.Skip("there is no couple")
	}
	return m.model.couples[rapid.SampledFrom(slices.Sorted(maps.Keys(m.model.couples))).Draw(t, "couple")]
}

func (m *machine) putCouple(t *rapid.T) {
	c := m.someCouple(t)
	c.Agreed, c.Linked = rapid.Bool().Draw(t, "agreed"), rapid.Bool().Draw(t, "linked")
	m.update(t, func(r *store.Records) error { return r.PutCouple(c) })
	m.model.couples[c.ID] = c
}

func somePlace(t *rapid.T) store.Place {
	return rapid.SampledFrom([]store.Place{store.Beside, store.Before}).Draw(t, "place")
}

// putMember has one of a couple's two stand somewhere with it.
func (m *machine) putMember(t *rapid.T) {
	c, at := m.someCouple(t), somePlace(t)
	p := rapid.SampledFrom(c.People[:]).Draw(t, "side")
	if m.model.people[p] == nil {
		t.Skip("they are gone")
	}
	mine := store.Member{Couple: c.ID, Partner: someWord(t, "partner"), Since: someTime(t, "since")}
	m.update(t, func(r *store.Records) error { return r.PutMember(p, at, mine) })
	m.model.putMember(p, at, mine)
}

func (m *machine) dropMember(t *rapid.T) {
	id, at := m.someone(t), somePlace(t)
	m.update(t, func(r *store.Records) error { return r.DropMember(id, at) })
	delete(m.model.people[id].members, at)
	m.model.dropEmpty()
}

func (m *model) putMember(id store.PersonID, at store.Place, mine store.Member) {
	members := m.people[id].members
	maps.DeleteFunc(members, func(_ store.Place, had store.Member) bool { return had.Couple == mine.Couple })
	members[at] = mine
	m.dropEmpty()
}

// dropEmpty deletes the couples that nobody stands with.
func (m *model) dropEmpty() {
	maps.DeleteFunc(m.couples, func(id store.CoupleID, _ store.Couple) bool {
		for _, p := range m.people {
			for _, mine := range p.members {
				if mine.Couple == id {
					return false
				}
			}
		}
		return true
	})
}

func (m *machine) addNews(t *rapid.T) {
	id := m.someone(t)
	n := store.News{At: someTime(t, "at"), Kind: someWord(t, "kind"), Values: json.RawMessage(`{"a":1}`)}
	m.update(t, func(r *store.Records) error { return r.AddNews(id, n) })
	m.model.lastNews++
	n.ID = m.model.lastNews
	m.model.people[id].news = append(m.model.people[id].news, n)
}

func (m *machine) dropNews(t *rapid.T) {
	id := m.someone(t)
	news := m.model.people[id].news
	if len(news) == 0 {
		t.Skip("there is no news")
	}
	drop := rapid.SampledFrom(news).Draw(t, "news").ID
	m.update(t, func(r *store.Records) error { return r.DropNews(id, drop) })
	m.model.people[id].news = slices.DeleteFunc(slices.Clone(news), func(n store.News) bool { return n.ID == drop })
}

// compareCouples looks at every couple, member and inbox.
func (m *machine) compareCouples(t *rapid.T, r *store.Records) {
	for id := range m.model.lastCouple {
		id++
		c, err := r.Couple(id)
		want, there := m.model.couples[id]
		if err != nil && (there || !errors.Is(err, store.ErrNotFound)) {
			t.Fatal(err)
		}
		same(t, "a couple", c, want)
	}
	for id, p := range m.model.people {
		for _, at := range []store.Place{store.Beside, store.Before} {
			mine, found, err := r.Member(id, at)
			if err != nil {
				t.Fatal(err)
			}
			want, there := p.members[at]
			same(t, "where somebody stands", []any{mine, found}, []any{want, there})
		}
		news, err := r.NewsOf(id, 100)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "an inbox", news, p.news)
	}
}
