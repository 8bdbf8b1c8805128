package bot

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// facts are the records of a person as a step sees them. Nothing changes while it looks. How
// two people stand is asked for by most expressions, and takes many rows: it is read once.
type facts struct {
	r      *store.Records
	person store.PersonID
	now    time.Time
	zone   *time.Location
	err    error // the first that reading gave

	couple    once[flows.Couple]
	exchanges once[[]flows.Exchange]
	relay     once[flows.Relay]
	news      once[[]flows.News]
}

// Couple is part of [flows.Facts].
func (f *facts) Couple() flows.Couple { return f.couple.get(f.readCouple) }

// Exchanges is part of [flows.Facts].
func (f *facts) Exchanges() []flows.Exchange { return slices.Clone(f.exchanges.get(f.readExchanges)) }

// Relay is part of [flows.Facts].
func (f *facts) Relay() flows.Relay { return f.relay.get(f.readRelay) }

// News is part of [flows.Facts].
func (f *facts) News() []flows.News { return slices.Clone(f.news.get(f.readNews)) }

// once is something that is read when it is first asked for.
type once[T any] struct {
	read  bool
	value T
}

func (o *once[T]) get(read func() T) T {
	if !o.read {
		o.read, o.value = true, read()
	}
	return o.value
}

func (f *facts) Entries(kind string, skip, limit int) []flows.Entry {
	found, err := f.r.Entries(f.person, kind, skip, limit)
	f.note(err)
	entries := make([]flows.Entry, 0, len(found))
	for _, e := range found {
		entries = append(entries, flows.Entry{
			ID: e.ID, At: e.At.In(f.zone), Kind: e.Kind, Text: e.Text, Flow: e.Flow, Values: f.values(e.Values),
		})
	}
	return entries
}

func (f *facts) Nudges() []flows.Nudge {
	found, err := f.r.Nudges(f.person)
	f.note(err)
	var nudges []flows.Nudge
	for _, n := range found {
		if n.Rule != "" { // else it only comes once more
			nudges = append(nudges, flows.Nudge{ID: n.ID, About: n.About, Rule: n.Rule, Flow: n.Flow, Unrequested: n.Unrequested, Loose: n.Loose})
		}
	}
	// They lie in an order that the key decides: people read them in one of their own.
	slices.SortFunc(nudges, func(a, b flows.Nudge) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.About, b.About)) })
	return nudges
}

func (f *facts) CountEntries(kind string) int {
	n, err := f.r.CountEntries(f.person, kind)
	f.note(err)
	return n
}

func (f *facts) values(kept json.RawMessage) (values map[string]any) {
	if len(kept) > 0 && json.Unmarshal(kept, &values) != nil {
		f.note(store.ErrBroken)
	}
	return values
}

func (f *facts) note(err error) {
	if f.err == nil {
		f.err = err
	}
}
