package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// lapse deals with a page of what is due: nudges are called to their turns first, a big
// page of them, and then turns are made of all else, several people's at a time and one
// person's in order. It says how much it found.
func (s *Service) lapse(ctx context.Context, now time.Time) (int, error) {
	due, err := s.dueBy(ctx, now, pageSize)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	if slices.ContainsFunc(due, store.Due.Armed) {
		return s.callAll(ctx, now)
	}
	byPerson := map[store.PersonID][]store.Due{}
	for _, d := range due {
		byPerson[d.Person] = append(byPerson[d.Person], d)
	}
	return len(due), s.lapseAll(ctx, byPerson)
}

func (s *Service) dueBy(ctx context.Context, now time.Time, limit int) (due []store.Due, err error) {
	err = s.store.View(ctx, func(r *store.Records) (err error) {
		due, err = r.DueBy(now, limit)
		return err
	})
	return due, err
}

func (s *Service) lapseAll(ctx context.Context, byPerson map[store.PersonID][]store.Due) error {
	free := make(chan struct{}, s.limits.Lapses)
	errs := make(chan error, len(byPerson))
	var all sync.WaitGroup
	for _, due := range byPerson {
		free <- struct{}{}
		all.Go(func() {
			errs <- s.lapseOne(ctx, due)
			<-free
		})
	}
	all.Wait()
	close(errs)
	var joined []error
	for err := range errs {
		joined = append(joined, err)
	}
	return errors.Join(joined...)
}

// lapseOne takes the turns of one person's waits.
func (s *Service) lapseOne(ctx context.Context, due []store.Due) error {
	for _, d := range due {
		t := turn{
			Inbound: Inbound{
				ID:    d.ID + "@" + strconv.FormatInt(d.At.UnixMilli(), 10),
				Event: flows.Event{Kind: flows.Lapsed, Wait: d.ID},
			},
			source: "due", person: d.Person, due: &d,
		}
		if err := s.locked(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// claimDue removes a due row, or fails with errDone if it is no longer there: a
// turn took it back or moved it since it was found.
func claimDue(r *store.Records, d store.Due) error {
	at, found, err := r.Due(d.Person, d.ID)
	if err != nil {
		return err
	}
	if !found || !at.Equal(d.At) {
		return errDone
	}
	return r.DeleteDue(d.Person, d.ID)
}
