package bot

import (
	"context"
	"time"
)

// CallDue calls a page of the nudges that are due to their turns, as a round does, and
// says how many.
func (s *Service) CallDue(ctx context.Context, now time.Time) (int, error) {
	return s.callAll(ctx, now)
}
