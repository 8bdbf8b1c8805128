package bot

import (
	"context"
	"crypto/rand"
	"time"

	"kintsugi/flows"
	"kintsugi/store"
)

// direct is a message that goes around the outbox. Its ID is drawn by lot, since no
// row stands behind it.
func direct(to store.Address, m flows.Message) Outbound {
	return Outbound{To: to, ID: rand.Text()[:23], Lane: store.ReplyLane, Message: m}
}

// longestFarewell is how long a platform may put off the last words.
const longestFarewell = time.Minute

// sayFarewell sends the last words to a chat whose person has just been deleted or has
// left it, straight to the platform: whether they arrive is not known afterwards, since
// nothing of the chat is left to know it by.
func (s *Service) sayFarewell(ctx context.Context, words []Outbound) {
	for _, m := range words {
		from := s.senders[m.To.Platform]
		if from == nil || from.sendLast(ctx, m) != nil {
			return
		}
	}
}

// forget has the platforms remember nothing of chats.
func (s *Service) forget(chats []store.Address) {
	for _, chat := range chats {
		from := s.senders[chat.Platform]
		if from == nil {
			continue
		}
		if p, ok := from.platform.(Forgetting); ok {
			p.Forget(chat)
		}
	}
}

// sendLast sends a message, and again if it certainly was not sent, but for a few times
// only.
func (s *sender) sendLast(ctx context.Context, m Outbound) error {
	for n := 1; ; n++ {
		err := s.send(ctx, m)
		o := outcomeOf(err)
		if n == tries || o != failed && o != later {
			return err
		}
		now := s.clock.Now()
		at := latest(laterAt(err), now.Add(backoff(n-1, jitter())))
		if s.clock.Pause(ctx, min(at.Sub(now), longestFarewell)) != nil {
			return err
		}
	}
}
