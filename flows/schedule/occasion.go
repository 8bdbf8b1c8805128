package schedule

import "time"

// Occasion is one time that a rule comes round. The zero Occasion is none.
type Occasion struct {
	// At is the instant, in the zone that was asked for.
	At time.Time
	// Slot is what it stands for, to be kept as what fired.
	Slot Slot
	// On is the day that it is about; a lead lies between it and the slot's.
	On Date
	// Moved says that On stands in for a day that its month does not have, 28 February
	// for the 29th: worth a word to the person.
	Moved bool
}

// IsZero says that there is none.
func (o Occasion) IsZero() bool { return o == Occasion{} }

// Spread gives the instant moved on by [Spread], and never to another local date:
// before midnight, the window is what is left of the day.
func (o Occasion) Spread(seed uint64, window time.Duration) time.Time {
	zone := o.At.Location()
	midnight := reach(int64(o.Slot.Date()+1)*daySeconds, zone)
	return o.At.Add(Spread(seed, min(window, midnight.Sub(o.At))))
}

// Next gives the first instant after a time at which the rule fires in a zone, false
// if there is none any more.
func (r Rule) Next(after time.Time, zone *time.Location) (time.Time, bool) {
	o, ok := r.Occasion(after, zone)
	return o.At, ok
}

// Occasion is [Rule.Next] with what belongs to it.
func (r Rule) Occasion(after time.Time, zone *time.Location) (Occasion, bool) {
	return Rearm(r, 0, after, zone)
}

// Rearm gives the first occasion after a time in the zone that a person is in now, of
// those behind the slot that fired last, in whichever zone. So nothing fires twice for
// one local date when somebody flies east to west and lives the date again; and a
// date is left out only if its time has passed, where they now are, without them.
// Whoever kept only a date passes its last minute.
//
// To give a time that has just passed there its chance, ask for what comes after now
// less the grace: then [Late] decides on what is given.
func Rearm(r Rule, fired Slot, after time.Time, zone *time.Location) (Occasion, bool) {
	// The instant of a slot is the first at which the wall shows it or later, so that of
	// a slot which the wall shows by now is no later than now.
	s := max(fired, SlotOf(after, zone))
	for {
		o, ok := r.following(s)
		if !ok {
			return Occasion{}, false
		}
		at, exists := o.Slot.In(zone)
		if exists && at.After(after) {
			o.At = at
			return o, true
		}
		s = o.Slot
	}
}

// following gives the first occasion in a later slot than s, without its instant.
func (r Rule) following(s Slot) (Occasion, bool) {
	if r.kind == clocked {
		next, ok := r.clock.following(s)
		return Occasion{Slot: next, On: next.Date()}, ok
	}
	from := s.Date()
	if r.minute <= s.Minute() {
		from++
	}
	lead := Date(r.lead)
	on, moved, ok := r.days(from - lead)
	return Occasion{Slot: NewSlot(on+lead, r.minute), On: on, Moved: moved}, ok
}
