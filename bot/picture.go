package bot

import (
	"context"

	"kintsugi/bot/picture"
	"kintsugi/flows"
	"kintsugi/store"
)

// mostDrawn is how many pictures are drawn at a time: each takes some memory, and many
// people can ask for one in the same minute.
const mostDrawn = 2

// picture draws the picture that a message names, from what the person has now.
func (s *Service) picture(ctx context.Context, w row) (*File, error) {
	shows, err := s.shown(ctx, w)
	if err != nil {
		return nil, err
	}
	select {
	case s.drawing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.drawing }()
	var f picture.File
	err = guard(func() (err error) {
		f, err = picture.Draw(shows)
		return err
	})
	return &File{Name: shows.Name + f.Ext, Type: f.Type, Data: f.Data}, err
}

// shown looks up what a picture shows.
func (s *Service) shown(ctx context.Context, w row) (shows flows.Picture, err error) {
	err = s.store.View(ctx, func(r *store.Records) error {
		return guard(func() (err error) {
			shows, err = s.lookUp(r, w)
			return err
		})
	})
	return shows, err
}

func (s *Service) lookUp(r *store.Records, w row) (flows.Picture, error) {
	p, err := r.Person(w.Person)
	if err != nil {
		return flows.Picture{}, err
	}
	zone := s.zones.of(p.Zone)
	now := s.clock.Now()
	facts := &facts{r: r, person: p.ID, now: now, zone: zone}
	shows, err := s.steps.Picture(personOf(p), facts, now.In(zone), *w.say.Picture)
	if facts.err != nil {
		err = facts.err
	}
	for i := range shows.Board {
		if tile := &shows.Board[i]; err == nil && tile.Photo != "" {
			tile.Data, _, err = r.Photo(p.ID, tile.Photo)
		}
	}
	return shows, err
}
