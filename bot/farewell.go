package bot

import (
	"context"
	"crypto/rand"

	"kintsugi/flows"
	"kintsugi/store"
)

// direct is a message that goes around the outbox. Its ID is drawn by lot, since no
// row stands behind it.
func direct(to store.Address, m flows.Message) Outbound {
	return Outbound{To: to, ID: rand.Text()[:23], Lane: store.ReplyLane, Message: m}
}

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
