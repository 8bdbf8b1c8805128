package schedule

import (
	"math/rand/v2"
	"time"
)

// Spread gives a part of a window, so that not everybody's nine o'clock is the same
// instant: whole seconds, from zero to less than the window, always the same for a
// seed. The seed stands for a person and a nudge.
//
// It knows no date. [Occasion.Spread] does.
func Spread(seed uint64, window time.Duration) time.Duration {
	seconds := int64(window / time.Second)
	if seconds < 1 {
		return 0
	}
	return time.Duration(rand.New(rand.NewPCG(seed, 0)).Int64N(seconds)) * time.Second
}
