package bot

import (
	"slices"

	"kintsugi/flows/exchange"
	"kintsugi/store"
)

// sides are the two of a couple as an exchange has them: who began it comes first.
type sides [2]store.PersonID

// sidesOf gives them, of an exchange that the one of the couple began.
func sidesOf(c store.Couple, by int) sides { return sides{c.People[by], c.People[1-by]} }

// of gives the side of a person.
func (s sides) of(p store.PersonID) exchange.Side {
	if s[exchange.First] == p {
		return exchange.First
	}
	return exchange.Second
}

// exchangesOf gives the exchanges of a kind of the couple that a person stands with; none
// if they stand with nobody.
func exchangesOf(r *store.Records, p store.PersonID, kind string) (store.Couple, []store.Exchange, error) {
	m, stands, err := r.Member(p, store.Beside)
	if err != nil || !stands {
		return store.Couple{}, nil, err
	}
	c, err := r.Couple(m.Couple)
	if err != nil {
		return store.Couple{}, nil, err
	}
	all, err := r.Exchanges(c.ID)
	return c, slices.DeleteFunc(all, func(e store.Exchange) bool { return e.Kind != kind }), err
}
