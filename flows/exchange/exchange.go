package exchange

import (
	"errors"
	"time"
)

// Side is one of the two: First is who began.
type Side int

// The two sides.
const (
	First Side = iota
	Second
)

// Other is the one across.
func (s Side) Other() Side { return 1 - s }

// Phase is how far an exchange has come. It only ever goes forward.
type Phase int

// The phases. An exchange that is offered waits for the second to say yes; one that has
// lapsed or is done takes no move.
const (
	Offered Phase = iota
	Open
	Done
	Lapsed
)

func (p Phase) String() string { return [...]string{"offered", "open", "done", "lapsed"}[p] }

// OfferLength is how long an offer stands before it lapses.
const OfferLength = 14 * 24 * time.Hour

// Moves fail with one of these and then change nothing.
var (
	// ErrOver says that the exchange is done or has lapsed.
	ErrOver = errors.New("the exchange is over")
	// ErrTurn says that it is not for this side to do that now.
	ErrTurn = errors.New("the move is not this side's now")
	// ErrMove says that there is no such move with these words or times.
	ErrMove = errors.New("no such move")
)

// Head is what all exchanges have.
type Head struct {
	Version  int // rises with each move
	Phase    Phase
	Deadline time.Time // when it lapses
}

// offer begins an exchange.
func offer(now time.Time) Head {
	return Head{Version: 1, Deadline: now.Add(OfferLength)}
}

// live says whether moves are still taken.
func (h Head) live(now time.Time) error {
	if h.Phase >= Done || !now.Before(h.Deadline) {
		return ErrOver
	}
	return nil
}

// accept is the second's yes to an offer. From then on there is a length of time.
func (h Head) accept(by Side, now time.Time, length time.Duration) (Head, error) {
	switch {
	case h.live(now) != nil:
		return h, ErrOver
	case h.Phase != Offered || by != Second:
		return h, ErrTurn
	}
	h.Phase, h.Deadline = Open, now.Add(length)
	return h.moved(), nil
}

// lapse ends an exchange whose time has passed. Any other it leaves as it is.
func (h Head) lapse(now time.Time) Head {
	if h.Phase >= Done || now.Before(h.Deadline) {
		return h
	}
	h.Phase = Lapsed
	return h.moved()
}

func (h Head) moved() Head {
	h.Version++
	return h
}

// quarter is the grid on which what is done is handed out, so that its time says nothing
// of when the other made the last move.
const quarter = 15 * time.Minute

// nextQuarter gives the first time on the grid after t.
func nextQuarter(t time.Time) time.Time { return t.Truncate(quarter).Add(quarter) }
