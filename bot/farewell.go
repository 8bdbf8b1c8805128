package bot

import "context"

// sayFarewell sends the last words to somebody who has just been deleted, straight
// to the platform and once: whether they arrive is not known afterwards, since nothing
// of the person is left to know it by.
func (s *Service) sayFarewell(ctx context.Context, words []Outbound) {
	for _, m := range words {
		from := s.senders[m.To.Platform]
		if from == nil || from.send(ctx, m) != nil {
			return
		}
	}
}
