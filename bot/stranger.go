package bot

import (
	"context"

	"kintsugi/flows"
)

// letIn says whether the event of somebody unknown becomes a turn. If not, nothing is
// written: they hear a line at most, around the outbox, and nobody knows whether it
// arrived.
func (s *Service) letIn(ctx context.Context, t *turn) bool {
	switch {
	case t.Gone:
		return false // nobody who was ever here
	case s.door.open || s.door.names(t.Inbound):
		return t.instead == "" || s.tell(ctx, *t, t.instead)
	case s.hasPhrase(*t):
		t.Event, t.instead = flows.Event{Kind: flows.Opened}, ""
		return true
	case t.instead != "" && s.codes.left(t.From, s.clock.Now()):
		return s.tell(ctx, *t, t.instead)
	}
	return s.refuse(ctx, *t)
}

// hasPhrase says whether somebody comes with the phrase. Guessing is slowed.
func (s *Service) hasPhrase(t turn) bool {
	now := s.clock.Now()
	if _, guess := guessIn(t.Event); !guess || !s.door.guesses.left(t.From, now) {
		return false
	}
	if s.door.isPhrase(t.Event) {
		return true
	}
	s.door.guesses.use(t.From, now)
	return false
}

// refuse tells somebody that they can't come in, and then nothing more for a while. It
// says false.
func (s *Service) refuse(ctx context.Context, t turn) bool {
	now := s.clock.Now()
	if !s.door.refused.left(t.From, now) {
		return false
	}
	s.door.refused.use(t.From, now)
	return s.tell(ctx, t, "private-server")
}

// tell says a phrase to somebody of whom nothing is kept. It says false: there is no
// turn in it.
func (s *Service) tell(ctx context.Context, t turn, key string) bool {
	m := direct(t.From, flows.Message{Text: s.steps.Phrase(key, t.Language)})
	m.Handle = t.Handle
	_ = s.senders[t.source].send(ctx, m) // there is nothing to try again from
	return false
}
