package bot

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/fnv"
	"time"

	"kintsugi/flows/schedule"
	"kintsugi/store"
)

// A state that decides to leave its clocks alone reaches the program with newer zone
// data, at a start. What was armed under the old rules is then an hour off. So the
// zones that people are in are kept with a print of their rules; where one differs at
// a start, the nudges of the people in it are armed anew. Nobody is looked at otherwise.

// zonesCursor is where the prints are kept.
const zonesCursor = "zones"

// The years that a print is made of: those in which what is armed by now can come.
const (
	firstYear = 2025
	lastYear  = 2040
)

// zonePrints are prints by the name of the zone.
type zonePrints map[string]string

// printOf gives a print of a zone's rules: two that differ in those years have
// different ones.
func printOf(zone *time.Location) string {
	sum := fnv.New64a()
	for at := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC).In(zone); at.Year() <= lastYear; {
		_, offset := at.Zone()
		var b [16]byte
		binary.BigEndian.PutUint64(b[:], uint64(at.Unix()))
		binary.BigEndian.PutUint64(b[8:], uint64(offset))
		sum.Write(b[:])
		end := schedule.NextChange(at)
		if end.IsZero() {
			break
		}
		at = end.In(zone)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func readPrints(r *store.Records) (zonePrints, error) {
	kept, err := r.Cursor(zonesCursor)
	prints := zonePrints{}
	if err != nil || kept == nil {
		return prints, err
	}
	if json.Unmarshal(kept, &prints) != nil {
		return zonePrints{}, nil // made anew
	}
	return prints, nil
}

func (p zonePrints) keep(r *store.Records) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return r.PutCursor(zonesCursor, b)
}

// noteZone keeps the print of a zone that somebody is the first in.
func (w work) noteZone(name string) error {
	prints, err := readPrints(w.r)
	if err != nil || name == "" || prints[name] != "" {
		return err
	}
	prints[name] = printOf(w.s.zones.of(name))
	return prints.keep(w.r)
}

// followZones arms anew what belongs to zones whose rules have changed since the last
// start. What fails is tried again at the next.
func (s *Service) followZones(ctx context.Context) error {
	var prints zonePrints
	err := s.store.View(ctx, func(r *store.Records) (err error) {
		prints, err = readPrints(r)
		return err
	})
	if err != nil {
		return err
	}
	changed := map[string]bool{}
	for name, kept := range prints {
		if now := printOf(s.zones.of(name)); now != kept {
			changed[name], prints[name] = true, now
		}
	}
	if len(changed) == 0 {
		return nil
	}
	s.log.Info("time zones have new rules", "zones", len(changed))
	if err := s.rearmIn(ctx, changed); err != nil {
		return err
	}
	return s.update(ctx, func(r *store.Records) error {
		kept, err := readPrints(r)
		if err != nil {
			return err
		}
		for name := range changed {
			kept[name] = prints[name]
		}
		return kept.keep(r)
	})
}

// rearmIn goes through everybody, a page at a time.
func (s *Service) rearmIn(ctx context.Context, changed map[string]bool) error {
	for after := store.PersonID(0); ; {
		var people []store.PersonID
		err := s.store.View(ctx, func(r *store.Records) (err error) {
			people, err = r.People(after, pageSize)
			return err
		})
		if err != nil || len(people) == 0 {
			return err
		}
		after = people[len(people)-1]
		if err := s.rearmPage(ctx, people, changed); err != nil {
			return err
		}
	}
}

func (s *Service) rearmPage(ctx context.Context, people []store.PersonID, changed map[string]bool) error {
	unlock, err := s.lockPeople(ctx, people)
	if err != nil {
		return err
	}
	defer unlock()
	var done result
	err = s.update(ctx, func(r *store.Records) error {
		done = result{}
		for _, id := range people {
			if err := s.rearmOne(r, id, changed, &done); err != nil && isOutside(err) {
				return err
			} else if err != nil {
				s.log.Error("nudges not armed anew", "reason", reasonOf(err))
			}
		}
		return nil
	})
	s.alarm.by(done.next)
	return err
}

func (s *Service) rearmOne(r *store.Records, id store.PersonID, changed map[string]bool, done *result) error {
	p, err := r.Person(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && !changed[p.Zone] {
		return nil
	}
	if err != nil {
		return err
	}
	return work{s: s, r: r, t: turn{now: s.clock.Now()}, p: &p, done: done}.rearmNear()
}
