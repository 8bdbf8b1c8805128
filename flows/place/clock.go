package place

import (
	"fmt"
	"strings"
	"time"

	"kintsugi/flows/place/internal/fold"
)

const (
	day = 24 * 60 // minutes
	off = 10      // minutes that a clock may be off, or was read late
)

// ByClock gives places where clocks show said, in minutes since midnight, now or at most
// ten minutes away from it: eight at most, without the first skip, so that a caller can
// offer more. Someone who says "three" may mean the afternoon: that is the caller's to
// ask.
//
// Each zone is there once, as its biggest town, or the one it is named after if that is
// at least half as big. First come the biggest of those that differ in their rules, zones
// being alike in that if their clocks go together for the next two years; then the other
// zones. Both are ordered by the population of the zone's biggest town.
func ByClock(said int, now time.Time, skip int) []Place {
	if said < 0 || said >= day || skip < 0 {
		return nil
	}
	a := world()
	var first, others []int
	seen := map[string]bool{}
	for _, i := range a.biggest(func(string) bool { return true }) {
		loc, err := time.LoadLocation(a.zones[a.town(i).zone])
		if err != nil || !shows(said, now.In(loc)) {
			continue
		}
		if rules := rulesOf(now.In(loc)); !seen[rules] {
			seen[rules] = true
			first = append(first, i)
		} else {
			others = append(others, i)
		}
	}
	all := append(first, others...)
	var out []Place
	for _, i := range all[min(skip, len(all)):min(skip+most, len(all))] {
		out = append(out, a.place(a.known(i)))
	}
	return out
}

// known gives the town that the zone of the town i, its biggest, is named after, or i
// if that one is much smaller.
func (a *atlas) known(i int) int {
	big := a.town(i)
	if n, ok := a.namesake(a.zones[big.zone]); ok && a.town(n).people*2 >= big.people {
		return n
	}
	return i
}

// namesake gives the town that a zone is named after.
func (a *atlas) namesake(zone string) (int, bool) {
	key := fold.Key(zone[strings.LastIndexByte(zone, '/')+1:])
	i := a.from(key)
	if i == a.keys.len() {
		return 0, false
	}
	k, field, _ := strings.Cut(a.keys.at(i), "\t")
	if k != key {
		return 0, false
	}
	for _, r := range refs(field) {
		if a.zones[a.town(r.town).zone] == zone {
			return r.town, true
		}
	}
	return 0, false
}

func shows(said int, local time.Time) bool {
	apart := (said - local.Hour()*60 - local.Minute() + day) % day
	return apart <= off || apart >= day-off
}

// rulesOf writes down the offset of a zone now, and each change in the next two years.
func rulesOf(now time.Time) string {
	var b strings.Builder
	for at, until := now, now.AddDate(2, 0, 0); at.Before(until); {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		fmt.Fprintf(&b, "%d %d,", offset, end.Unix())
		if end.IsZero() || !end.After(at) {
			break
		}
		at = end
	}
	return b.String()
}
