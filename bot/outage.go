package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"kintsugi/flows"
	"kintsugi/store"
)

// outage is a time in which nothing can be committed, as when the disk is full.
type outage struct {
	mu    sync.Mutex // guards what follows
	lasts bool
	told  map[store.Address]bool // who was told of it
}

// note takes the outcome of an update. An outage begins with the first commit
// that fails and ends with the first that does not; each is logged once.
func (o *outage) note(err error, log *slog.Logger) {
	failed := errors.Is(err, store.ErrCommit)
	if err != nil && !failed {
		return // nothing was written, so nothing is known of the disk
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if failed == o.lasts {
		return
	}
	o.lasts = failed
	if failed {
		log.Error("nothing can be saved", "error", err)
		return
	}
	clear(o.told)
	log.Info("saving works again")
}

// tell says whether somebody is still to be told of the outage.
func (o *outage) tell(a store.Address) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.lasts || o.told[a] {
		return false
	}
	o.told[a] = true
	return true
}

// untold takes back that somebody was told.
func (o *outage) untold(a store.Address) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.told, a)
}

// tellCannotSave tells a person once an outage that their message is in hand but
// can't be saved. It goes around the outbox, which can't be written either.
func (s *Service) tellCannotSave(ctx context.Context, from *sender, in Inbound) {
	if !s.outage.tell(in.From) {
		return
	}
	text := s.steps.Phrase("cannot-save", s.languageOf(ctx, in))
	err := from.send(ctx, direct(in.From, flows.Message{Text: text}))
	if err != nil && !errors.Is(err, ErrAmbiguous) {
		s.outage.untold(in.From)
	}
}

// languageOf is the person's own choice, or what the platform says.
func (s *Service) languageOf(ctx context.Context, in Inbound) string {
	language := in.Language
	_ = s.store.View(ctx, func(r *store.Records) error { // what the platform says will do
		id, found, err := r.FindPerson(in.From)
		if err != nil || !found {
			return err
		}
		p, err := r.Person(id)
		if err == nil && p.Language != "" {
			language = p.Language
		}
		return err
	})
	return language
}
