package bot

import (
	"context"
	"time"

	"kintsugi/store"
)

// CallDue calls a page of the nudges that are due to their turns, as a round does, and
// says how many.
func (s *Service) CallDue(ctx context.Context, now time.Time) (int, error) {
	var due []store.Due
	err := s.store.View(ctx, func(r *store.Records) (err error) {
		due, err = r.DueBy(now, duePage)
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	return len(due), s.callNudges(ctx, due, now)
}
