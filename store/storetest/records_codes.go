package storetest

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"kintsugi/store"
)

// codeModel is a code that somebody had made.
type codeModel struct {
	text  string
	until time.Time
}

func codeKinds() []string { return []string{"move", "pair"} }

func someKind(t *rapid.T) string { return rapid.SampledFrom(codeKinds()).Draw(t, "kind of code") }

// putCode keeps a code that nobody has had yet.
func (m *machine) putCode(t *rapid.T) {
	m.model.codes++
	id, kind := m.someone(t), someKind(t)
	c := codeModel{text: fmt.Sprint("code ", m.model.codes), until: someTime(t, "until")}
	m.update(t, func(r *store.Records) error { return r.PutCode(id, kind, c.text, c.until) })
	m.model.people[id].codes[kind] = c
}

func (m *machine) dropCode(t *rapid.T) {
	id, kind := m.someone(t), someKind(t)
	m.update(t, func(r *store.Records) error { return r.DropCode(id, kind) })
	delete(m.model.people[id].codes, kind)
}

func (m *machine) pruneCodes(t *rapid.T) {
	now := someTime(t, "now")
	m.update(t, func(r *store.Records) error {
		for {
			if more, err := r.PruneCodes(now, 1); err != nil || !more {
				return err
			}
		}
	})
	for _, p := range m.model.people {
		for kind, c := range p.codes {
			if !now.Before(c.until) {
				delete(p.codes, kind)
			}
		}
	}
}

// compareCodes looks up every code that was ever made.
func (m *machine) compareCodes(t *rapid.T, r *store.Records, at time.Time) {
	for n := range m.model.codes {
		text := fmt.Sprint("code ", n+1)
		for _, kind := range codeKinds() {
			p, found, err := r.FindCode(kind, text, at)
			if err != nil {
				t.Fatal(err)
			}
			want := m.model.codeOwner(kind, text, at)
			same(t, "whose a code is", []any{p, found}, []any{want, want != 0})
		}
	}
}

func (m *model) codeOwner(kind, text string, at time.Time) store.PersonID {
	for id, p := range m.people {
		if c, ok := p.codes[kind]; ok && c.text == text && at.Before(c.until) {
			return id
		}
	}
	return 0
}
