package schedule

import "time"

// Slot is a place on a person's calendar, a date and a minute of it, whatever zone
// they are in. It counts minutes from the beginning of 1970; the zero Slot stands for
// never. What was fired is kept as a Slot, because an instant forgets its date as soon
// as the person travels.
type Slot int64

// slotLayout is how a slot is written.
const slotLayout = "2006-01-02 15:04"

// NewSlot gives the slot on a date at a minute of the day.
func NewSlot(d Date, minute int) Slot { return Slot(d)*dayMinutes + Slot(minute) }

// SlotOf is the minute on the calendar that it is at t in zone.
func SlotOf(t time.Time, zone *time.Location) Slot {
	return Slot(floorDiv(wallOf(t, zone), 60))
}

// ParseSlot reads what [Slot.String] wrote.
func ParseSlot(text string) (Slot, error) {
	t, err := time.Parse(slotLayout, text)
	if err != nil || len(text) != len(slotLayout) {
		return 0, ErrSlot
	}
	return SlotOf(t, time.UTC), nil
}

// String gives the slot as 2026-11-22 21:30.
func (s Slot) String() string { return time.Unix(int64(s)*60, 0).UTC().Format(slotLayout) }

// Date is the day it is on.
func (s Slot) Date() Date { return Date(floorDiv(int64(s), dayMinutes)) }

// Minute is the minute of the day, from 0.
func (s Slot) Minute() int { return int(floorMod(int64(s), dayMinutes)) }

// In gives the one instant of a slot in a zone, which is always on the slot's date
// there. It is false if the zone has left that date out.
func (s Slot) In(zone *time.Location) (time.Time, bool) {
	at := reach(int64(s)*60, zone)
	if DateOf(at, zone) == s.Date() {
		return at, true
	}
	// The gap runs to the end of the day.
	at = at.Add(-time.Minute)
	return at, DateOf(at, zone) == s.Date()
}

// reach gives the first instant at which the clock on the wall shows a time (in
// seconds, as wallOf) or a later one. That is the end of a gap, and the first time
// round in a fold.
func reach(wall int64, zone *time.Location) time.Time {
	// No zone has ever been a day away from UTC: this is before the time is reached.
	from := time.Unix(wall-daySeconds, 0).In(zone)
	for {
		_, offset := from.Zone()
		at := time.Unix(wall-int64(offset), 0).In(zone)
		if at.Before(from) {
			return from
		}
		end := NextChange(from)
		if end.IsZero() || at.Before(end) {
			return at
		}
		from = end
	}
}
