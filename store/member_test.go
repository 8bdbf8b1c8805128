package store_test

import (
	"errors"
	"testing"

	"kintsugi/store"
)

// twoLinked gives two people who are linked.
func twoLinked(t *testing.T, s *store.Store) (ada, bob store.Person, c store.Couple) {
	t.Helper()
	ada, bob = addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) (err error) {
		c, err = r.AddCouple(store.Couple{People: [2]store.PersonID{ada.ID, bob.ID}, Agreed: true, Linked: true, Until: start})
		return errors.Join(err,
			r.PutMember(ada.ID, store.Beside, store.Member{Couple: c.ID, Partner: "Bob", Since: start}),
			r.PutMember(bob.ID, store.Beside, store.Member{Couple: c.ID, Partner: "Ada", Since: start}))
	})
	return ada, bob, c
}

func TestWhoLeavesChangesNothingForTheOther(t *testing.T) {
	for name, leave := range map[string]func(*store.Records, store.PersonID) error{
		"by unlinking":     func(r *store.Records, p store.PersonID) error { return r.DropMember(p, store.Beside) },
		"by being deleted": (*store.Records).DeletePerson,
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := openStore(t)
			ada, bob, c := twoLinked(t, s)
			do(t, s, func(r *store.Records) error { return leave(r, ada.ID) })
			do(t, s, func(r *store.Records) error {
				his, found, err := r.Member(bob.ID, store.Beside)
				if !found || his.Partner != "Ada" || his.Couple != c.ID {
					t.Errorf("his side is %+v, %t", his, found)
				}
				_, lost := r.Couple(c.ID)
				return errors.Join(err, lost)
			})
			do(t, s, func(r *store.Records) error { return r.DropMember(bob.ID, store.Beside) })
			mustFail(t, s, store.ErrNotFound, func(r *store.Records) error { _, err := r.Couple(c.ID); return err })
		})
	}
}

func TestWhoIsLinkedAnewLeavesTheLastCouple(t *testing.T) {
	s, _ := openStore(t)
	ada, bob, old := twoLinked(t, s)
	carl := addPerson(t, s, "3")
	do(t, s, func(r *store.Records) error {
		c, err := r.AddCouple(store.Couple{People: [2]store.PersonID{carl.ID, ada.ID}, Until: start})
		return errors.Join(err,
			r.PutMember(ada.ID, store.Before, store.Member{Couple: c.ID, Partner: "Carl"}),
			r.PutMember(ada.ID, store.Beside, store.Member{Couple: c.ID, Partner: "Carl"}))
	})
	do(t, s, func(r *store.Records) error {
		now, _, err := r.Member(ada.ID, store.Beside)
		_, waits, err2 := r.Member(ada.ID, store.Before)
		with, err3 := r.IsMember(ada.ID, "", old.ID)
		his, err4 := r.IsMember(bob.ID, store.Beside, old.ID)
		if now.Partner != "Carl" || waits || with || !his {
			t.Errorf("beside %q, still before: %t, still with the last: %t, he is: %t", now.Partner, waits, with, his)
		}
		return errors.Join(err, err2, err3, err4)
	})
}

func TestACoupleThatIsGoneInATransactionIsGoneForIt(t *testing.T) {
	s, b := openStore(t)
	ada, bob, c := twoLinked(t, s)
	do(t, s, func(r *store.Records) error {
		return errors.Join(r.DropMember(ada.ID, store.Beside), r.DropMember(bob.ID, store.Beside))
	})
	empty := dump(t, b)
	do(t, s, func(r *store.Records) error {
		anew, err := r.AddCouple(store.Couple{People: c.People, Until: c.Until})
		err = errors.Join(err,
			r.PutMember(ada.ID, store.Beside, store.Member{Couple: anew.ID}), r.DropMember(ada.ID, store.Beside))
		if err := r.PutCouple(anew); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("it can still be written: %v", err)
		}
		return err
	})
	after := dump(t, b)
	if len(after) != len(empty) {
		t.Errorf("there were %d rows, and now there are %d", len(empty), len(after))
	}
}
