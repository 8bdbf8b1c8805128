package discordtest

import (
	"strconv"
	"time"
)

// Fixed ids. Those of people and of their channels are counted up from here.
const (
	appID       = "100000000000001000"
	userBase    = 200_000_000_000_002_000
	channelBase = 300_000_000_000_003_000
	guildID     = "400000000000004000"
	guildRoom   = "400000000000004001"
	groupRoom   = "400000000000004002"

	mostPeople = 1_000_000
)

// discordEpoch is the millisecond from which snowflakes count.
const discordEpoch = 1_420_070_400_000

// snowflakes makes ids that grow with time, and never twice the same.
type snowflakes struct {
	epoch int64 // in milliseconds
	last  uint64
}

// newSnowflakes counts from a little while ago where the clock stands before Discord's
// epoch, as it does in a bubble of testing/synctest.
func newSnowflakes(now time.Time) snowflakes {
	if now.UnixMilli() <= discordEpoch {
		return snowflakes{epoch: now.Add(-time.Hour).UnixMilli()}
	}
	return snowflakes{epoch: discordEpoch}
}

func (s *snowflakes) next() uint64 {
	id := uint64(time.Now().UnixMilli()-s.epoch) << 22
	s.last = max(s.last+1, id)
	return s.last
}

func text(id uint64) string { return strconv.FormatUint(id, 10) }

func userOf(person int) string    { return text(userBase + uint64(person)) }
func channelOf(person int) string { return text(channelBase + uint64(person)) }

// personOf gives the person whose id is so far above a base.
func personOf(id string, base uint64) (int, bool) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n < base || n-base >= mostPeople {
		return 0, false
	}
	return int(n - base), true
}

// stamp is a time as Discord writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }
