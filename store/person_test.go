package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kintsugi/store"
)

func TestPersonComesBackAsAdded(t *testing.T) {
	s, _ := openStore(t)
	want := store.Person{
		Name: "Zoë ❤", Language: "de-AT", Zone: "Europe/Vienna", Country: "AT", Role: "betrayed",
		Addresses: []store.Address{{Platform: "telegram", ID: "7"}, {Platform: "discord", ID: "8"}},
		About:     map[string]string{"quiet": "22:00-07:00", "safety": "clear 2026-11-22"}, Met: true, Since: start.Add(1234567 * time.Nanosecond), Unreachable: true,
	}
	do(t, s, func(r *store.Records) (err error) {
		want, err = r.AddPerson(want)
		return err
	})
	same(t, want.ID, 1)
	same(t, want.Since, start.Add(time.Millisecond))
	do(t, s, func(r *store.Records) error {
		got, err := r.Person(want.ID)
		same(t, got, want)
		return err
	})
}

func TestAddressBelongsToOne(t *testing.T) {
	s, b := openStore(t)
	ada, bob := addPerson(t, s, "1", "2"), addPerson(t, s, "3")
	before := dump(t, b)
	mustFail(t, s, store.ErrAddressTaken, func(r *store.Records) error {
		_, err := r.AddPerson(store.Person{Addresses: ada.Addresses[1:]})
		return err
	})
	mustFail(t, s, store.ErrAddressTaken, func(r *store.Records) error {
		bob.Addresses = append(bob.Addresses, ada.Addresses[0])
		return r.PutPerson(bob)
	})
	wantSameRows(t, before, dump(t, b))
}

func TestAddressGivenUpCanBeTaken(t *testing.T) {
	s, _ := openStore(t)
	ada, bob := addPerson(t, s, "1", "2"), addPerson(t, s, "3")
	free := ada.Addresses[0]
	do(t, s, func(r *store.Records) error {
		ada.Addresses = ada.Addresses[1:]
		bob.Addresses = append(bob.Addresses, free)
		return errors.Join(r.PutPerson(ada), r.PutPerson(bob))
	})
	do(t, s, func(r *store.Records) error {
		id, found, err := r.FindPerson(free)
		same(t, []any{id, found}, []any{bob.ID, true})
		return err
	})
}

func TestNobodyIsNotFound(t *testing.T) {
	s, b := openStore(t)
	addPerson(t, s, "1")
	before := dump(t, b)
	const nobody = store.PersonID(99)
	for name, fn := range map[string]func(*store.Records) error{
		"Person":       func(r *store.Records) error { _, err := r.Person(nobody); return err },
		"PutPerson":    func(r *store.Records) error { return r.PutPerson(store.Person{ID: nobody}) },
		"DeletePerson": func(r *store.Records) error { return r.DeletePerson(nobody) },
		"PutSession":   func(r *store.Records) error { return r.PutSession(nobody, []byte("s")) },
		"PutEntry":     func(r *store.Records) error { return r.PutEntry(nobody, store.Entry{ID: "e", At: start}) },
		"Entry":        func(r *store.Records) error { _, err := r.Entry(nobody, start, "e"); return err },
		"Entries":      func(r *store.Records) error { _, err := r.Entries(nobody, "", 0, 1); return err },
		"CountEntries": func(r *store.Records) error { _, err := r.CountEntries(nobody, ""); return err },
		"PutItem":      func(r *store.Records) error { return r.PutItem(nobody, store.Item{ID: "i", At: start}) },
		"Items":        func(r *store.Records) error { _, err := r.Items(nobody, ""); return err },
		"PutNudge":     func(r *store.Records) error { return r.PutNudge(nobody, store.Nudge{ID: "n"}, start) },
		"PutDue":       func(r *store.Records) error { return r.PutDue(store.Due{Person: nobody, At: start, ID: "w"}) },
		"Attempt":      func(r *store.Records) error { _, err := r.Attempt(nobody, store.ReplyLane, nil, start); return err },
		"Enqueue": func(r *store.Records) error {
			_, err := r.Enqueue(nobody, store.NudgeLane, nil, start, start)
			return err
		},
		"Park":       func(r *store.Records) error { return r.Park(store.Message{Person: nobody, Seq: 1}, start) },
		"Quarantine": func(r *store.Records) error { return r.Quarantine(store.Quarantined{Person: nobody, At: start}) },
	} {
		if err := s.Update(context.Background(), fn); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantSameRows(t, before, dump(t, b))
}

func TestNumbersAreNotGivenTwice(t *testing.T) {
	s, _ := openStore(t)
	first, second := addPerson(t, s, "1"), addPerson(t, s, "2")
	do(t, s, func(r *store.Records) error { return r.DeletePerson(second.ID) })
	third := addPerson(t, s, "2")
	same(t, []store.PersonID{first.ID, second.ID, third.ID}, []int{1, 2, 3})
}

// fill gives a person something in every table.
func fill(t *testing.T, s *store.Store, p store.Person) {
	t.Helper()
	do(t, s, func(r *store.Records) error {
		_, attempted := r.Attempt(p.ID, store.ReplyLane, []byte("body"), start)
		_, waits := r.Enqueue(p.ID, store.ReplyLane, []byte("body"), start, start)
		_, nudged := r.Enqueue(p.ID, store.NudgeLane, []byte("body"), start, start.Add(time.Hour))
		return errors.Join(
			attempted, waits, nudged,
			r.PutSession(p.ID, []byte("session")),
			r.PutEntry(p.ID, store.Entry{ID: "e", At: start, Kind: "note", Text: "text"}),
			r.PutItem(p.ID, store.Item{ID: "i", At: start, Kind: "promise", State: "open", Text: "text"}),
			r.PutPhoto(p.ID, "p", []byte("photo")),
			r.PutFetch(p.ID, store.Fetch{ID: "1", Photo: "where"}, start),
			r.PutNudge(p.ID, store.Nudge{ID: "gratitude", About: "it", Rule: "30 21 * * *"}, start),
			r.PutDue(store.Due{Person: p.ID, At: start, ID: "wait"}),
			r.PutDue(store.Due{Person: p.ID, At: start, ID: "wait longer"}),
			r.PutCode(p.ID, "move", fmt.Sprint("code of ", p.ID), start),
			r.Quarantine(store.Quarantined{Person: p.ID, Source: "telegram", ID: "9", At: start, Payload: []byte("payload")}),
		)
	})
}

func TestDeletingLeavesNoRow(t *testing.T) {
	s, b := openStore(t)
	neighbour := addPerson(t, s, "1")
	fill(t, s, neighbour)
	before := dump(t, b)
	p := addPerson(t, s, "2", "3")
	fill(t, s, p)
	wrapped := dump(t, b)["keys\x00"+string(binary.BigEndian.AppendUint64(nil, uint64(p.ID)))]
	if wrapped == nil {
		t.Fatal("there is no wrapped key")
	}
	do(t, s, func(r *store.Records) error { return r.DeletePerson(p.ID) })
	left := dump(t, b)
	for row, value := range left {
		if bytes.Contains(value, wrapped) {
			t.Error("the wrapped key is still there")
		}
		if _, old := before[row]; !old {
			t.Errorf("a row is left: %q", row)
		}
	}
	// The counters go on; all else is as if nobody had been there.
	for _, counter := range []string{"last.id", "last.seq"} {
		delete(before, "meta\x00"+counter)
		delete(left, "meta\x00"+counter)
	}
	wantSameRows(t, before, left)
	mustFail(t, s, store.ErrNotFound, func(r *store.Records) error { return r.DeletePerson(p.ID) })
}

func TestWhatADeletedPersonLeftIsGoneWithinTheTransaction(t *testing.T) {
	s, _ := openStore(t)
	p := addPerson(t, s, "1")
	do(t, s, func(r *store.Records) error {
		if err := errors.Join(r.PutSession(p.ID, []byte("s")), r.DeletePerson(p.ID)); err != nil {
			return err
		}
		if err := r.PutSession(p.ID, []byte("s")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a session of a deleted person: %v", err)
		}
		return nil
	})
}

func TestAPersonWhoIsBrokenCanBeDeleted(t *testing.T) {
	for _, table := range []string{"people", "keys"} {
		s, b := openStore(t)
		p := addPerson(t, s, "1", "2")
		do(t, s, func(r *store.Records) error {
			return r.Tx().Put(table, firstKey(t, r, table), []byte("damaged"))
		})
		mustFail(t, s, store.ErrBroken, func(r *store.Records) error {
			_, err := r.Person(p.ID)
			return err
		})
		do(t, s, func(r *store.Records) error { return r.DeletePerson(p.ID) })
		for row := range dump(t, b) {
			if !strings.HasPrefix(row, "meta\x00") {
				t.Errorf("a row is left: %q", row)
			}
		}
	}
}

// TestAMovedValueDoesNotOpen puts each of one person's sealed values in the place
// of another's, and in another place of the same person.
func TestAMovedValueDoesNotOpen(t *testing.T) {
	read := func(p store.PersonID) map[string]func(*store.Records) error {
		return map[string]func(*store.Records) error{
			"keys":     func(r *store.Records) error { _, err := r.Person(p); return err },
			"people":   func(r *store.Records) error { _, err := r.Person(p); return err },
			"sessions": func(r *store.Records) error { _, err := r.Session(p); return err },
			"entries":  func(r *store.Records) error { _, err := r.Entry(p, start, "e"); return err },
			"photos":   func(r *store.Records) error { _, _, err := r.Photo(p, "p"); return err },
			"fetches": func(r *store.Records) error {
				due, err := r.FetchesBy(start, 10)
				for _, d := range due {
					if _, _, e := r.FetchOf(d); d.Person == p {
						err = errors.Join(err, e)
					}
				}
				return err
			},
			"attempting": func(r *store.Records) error { _, err := r.Attempting(10); return err },
			"waiting":    func(r *store.Records) error { _, err := r.Take(p, store.ReplyLane, start); return err },
			"quarantine": func(r *store.Records) error { _, err := r.Quarantined(10); return err },
		}
	}
	for table := range read(0) {
		s, b := openStore(t)
		ada, bob := addPerson(t, s, "1"), addPerson(t, s, "2")
		fill(t, s, ada)
		fill(t, s, bob)
		adas := binary.BigEndian.AppendUint64(nil, uint64(ada.ID))
		var from, to []byte
		var value []byte
		for row, v := range dump(t, b) {
			key, ok := strings.CutPrefix(row, table+"\x00")
			if !ok || len(key) > 8 && table == "waiting" && key[8] != byte(store.ReplyLane) {
				continue
			}
			if strings.HasPrefix(key, string(adas)) {
				from, value = []byte(key), v
			} else {
				to = []byte(key)
			}
		}
		if from == nil || to == nil {
			t.Fatalf("%s: nothing to move", table)
		}
		do(t, s, func(r *store.Records) error { return r.Tx().Put(table, to, value) })
		mustFail(t, s, store.ErrBroken, read(bob.ID)[table])
		if table == "keys" {
			continue
		}
		do(t, s, read(ada.ID)["people"]) // what was copied still opens where it was
	}
}

func TestPeopleAreGoneThroughInOrder(t *testing.T) {
	s, _ := openStore(t)
	for _, id := range []string{"1", "2", "3"} {
		addPerson(t, s, id)
	}
	do(t, s, func(r *store.Records) error {
		first, err := r.People(0, 2)
		rest, err2 := r.People(2, 2)
		none, err3 := r.People(3, 2)
		same(t, [][]store.PersonID{first, rest, none}, [][]store.PersonID{{1, 2}, {3}, {}})
		return errors.Join(err, err2, err3)
	})
}
