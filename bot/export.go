package bot

import (
	"context"
	"errors"

	"kintsugi/flows"
	"kintsugi/store"
)

// File goes with a message.
type File struct {
	Name string // without a folder
	Type string // the media type
	Data []byte
}

// errNoFile says that the file of a message can't be made, now or later.
var errNoFile = errors.New("the file of a message can't be made")

// withFile is the message as a platform gets it. A file that goes with it is made now,
// from what is kept now; without a photo that is no longer kept, the message goes alone. It fails with errNoFile if the message is to be let go: the
// person is gone, or the file can't be made, which is logged.
func (s *sender) withFile(ctx context.Context, w row) (Outbound, error) {
	m := w.outbound()
	if w.say.Document == "" && w.say.Photo == "" && w.say.Picture == nil {
		return m, nil
	}
	var err error
	if w.say.Picture != nil {
		m.File, err = s.picture(ctx, w)
	} else {
		err = s.store.View(ctx, func(r *store.Records) error {
			return guard(func() (err error) {
				m.File, err = s.fileFor(r, w)
				return err
			})
		})
	}
	if err == nil {
		return m, nil
	}
	if isOutside(err) {
		return m, err
	}
	if !errors.Is(err, store.ErrNotFound) {
		s.log.Error("file can't be made", "platform", s.name, "reason", reasonOf(err))
	}
	return m, errNoFile
}

// letGo gives up the first message of a line before it was sent.
func (s *sender) letGo(l *line, w row) {
	s.count.givenUp.Add(1)
	s.settler.now(s.e, w.Message)
	s.drop(l, w.Lane, 1)
	s.release(l, w.Lane)
}

// fileFor makes the file that a message names.
func (s *Service) fileFor(r *store.Records, w row) (*File, error) {
	if w.say.Photo != "" {
		return photoFile(r, w.Person, w.say.Photo)
	}
	file, err := s.export(r, w)
	return &file, err
}

// export makes the file that a message names, from the person's records.
func (s *Service) export(r *store.Records, w row) (File, error) {
	p, err := r.Person(w.Person)
	if err != nil {
		return File{}, err
	}
	kept, err := r.Session(p.ID)
	if err != nil {
		return File{}, err
	}
	session, err := flows.DecodeSession(kept)
	if err != nil {
		return File{}, err
	}
	zone := s.zones.of(p.Zone)
	now := s.clock.Now()
	facts := &facts{r: r, person: p.ID, now: now, zone: zone}
	made, err := s.steps.Export(personOf(p), facts, session, now.In(zone), w.say.Document)
	if facts.err != nil {
		err = facts.err
	}
	return File(made), err
}
