package bot

import (
	"context"

	"kintsugi/store"
)

// hide takes what was said lately out of sight in all chats of a person, as far as
// their platforms can.
func (s *Service) hide(ctx context.Context, chats []store.Address) {
	for _, chat := range chats {
		from := s.senders[chat.Platform]
		if from == nil {
			continue
		}
		if p, ok := from.platform.(Hiding); ok {
			ctx, cancel := context.WithTimeout(ctx, s.limits.Send)
			p.Hide(ctx, chat)
			cancel()
		}
	}
}
