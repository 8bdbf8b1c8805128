package schedule_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestRearm(t *testing.T) {
	const tokyo, angeles = "Asia/Tokyo", "America/Los_Angeles"
	tests := map[string]struct {
		rule, fired string
		now, zone   string
		want        string
	}{
		"never fired": {"30 21 * * *", "1970-01-01 00:00", "2026-06-10T12:00:00-07:00", angeles,
			"2026-06-10T21:30:00-07:00"},
		"east to west, the date is lived again": {"30 21 * * *", "2026-06-10 21:30", "2026-06-10T10:00:00-07:00", angeles,
			"2026-06-11T21:30:00-07:00"},
		"east to west, it has not fired on the date": {"30 21 * * *", "2026-06-09 21:30", "2026-06-10T10:00:00-07:00", angeles,
			"2026-06-10T21:30:00-07:00"},
		"west to east, the date is over": {"30 21 * * *", "2026-06-10 21:30", "2026-06-12T02:30:00+09:00", tokyo,
			"2026-06-12T21:30:00+09:00"},
		"west to east, the date has its evening yet": {"30 21 * * *", "2026-06-10 21:30", "2026-06-11T14:31:00+09:00", tokyo,
			"2026-06-11T21:30:00+09:00"},
		"of two times a day, the second is left": {"0 9,21 * * *", "2026-06-10 09:00", "2026-06-10T06:00:00-07:00", angeles,
			"2026-06-10T21:00:00-07:00"},
		"of two times a day, none is left": {"0 9,21 * * *", "2026-06-10 21:00", "2026-06-10T06:00:00-07:00", angeles,
			"2026-06-11T09:00:00-07:00"},
		"a birthday is not had twice": {"yearly 06-10 09:00", "2026-06-10 09:00", "2026-06-10T06:00:00-07:00", angeles,
			"2027-06-10T09:00:00-07:00"},
		"a one-off neither": {"once 2026-06-10 09:00", "2026-06-10 09:00", "2026-06-10T06:00:00-07:00", angeles,
			"none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, ok := schedule.Rearm(rule(t, test.rule), slot(t, test.fired), instant(t, test.now), zone(t, test.zone))
			got := "none"
			if ok {
				got = o.At.Format(time.RFC3339)
			}
			if got != test.want {
				t.Errorf("next is %s, want %s", got, test.want)
			}
		})
	}
}

func TestATimeThatHasJustPassedThereCanHaveItsChance(t *testing.T) {
	tokyo := zone(t, "Asia/Tokyo")
	now := instant(t, "2026-06-11T23:00:00+09:00") // it was afternoon, in Berlin
	const grace = 3 * time.Hour
	o, ok := schedule.Rearm(rule(t, "30 21 * * *"), slot(t, "2026-06-10 21:30"), now.Add(-grace), tokyo)
	if !ok || o.Slot != slot(t, "2026-06-11 21:30") || schedule.Late(o.At, now, grace) != schedule.SendNow {
		t.Errorf("it gives %v %v", o, ok)
	}
}

func TestAFlierToLosAngelesAndBack(t *testing.T) {
	tokyo, angeles := zone(t, "Asia/Tokyo"), zone(t, "America/Los_Angeles")
	r := rule(t, "30 21 * * *")
	flights := []flight{
		{instant(t, "2026-06-08T12:00:00+09:00"), tokyo},
		{instant(t, "2026-06-11T10:00:00-07:00"), angeles}, // it is the 12th in Tokyo
		{instant(t, "2026-06-15T06:00:00+09:00"), tokyo},   // it is the 14th, 14:00, in Los Angeles
		{instant(t, "2026-06-17T12:00:00+09:00"), tokyo},   // the end
	}
	want := []string{
		"2026-06-08T21:30:00+09:00", "2026-06-09T21:30:00+09:00", "2026-06-10T21:30:00+09:00",
		"2026-06-11T21:30:00+09:00", // and not again on the 11th
		"2026-06-12T21:30:00-07:00", "2026-06-13T21:30:00-07:00",
		"2026-06-15T21:30:00+09:00", "2026-06-16T21:30:00+09:00", // the 14th was over on landing
	}
	var got []string
	for _, o := range fly(r, flights) {
		got = append(got, o.At.Format(time.RFC3339))
	}
	if !slices.Equal(got, want) {
		t.Errorf("fires at\n%q, want\n%q", got, want)
	}
}

// flight is a change of zone.
type flight struct {
	at   time.Time
	zone *time.Location
}

// fly gives what a rule fires, re-armed at each change of zone but the last, which is
// the end.
func fly(r schedule.Rule, flights []flight) []schedule.Occasion {
	var all []schedule.Occasion
	var fired schedule.Slot
	for i, f := range flights[:len(flights)-1] {
		after := f.at
		for {
			o, ok := schedule.Rearm(r, fired, after, f.zone)
			if !ok || o.At.After(flights[i+1].at) {
				break
			}
			all = append(all, o)
			after, fired = o.At, o.Slot
		}
	}
	return all
}

func TestWhoeverTravelsHearsOncePerLocalDateAndMissesNothingWithoutNeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var flights []flight
		at := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
		for range 12 {
			at = at.Add(time.Duration(rapid.IntRange(1, 24*60*20).Draw(t, "stay")) * time.Minute)
			z, err := time.LoadLocation(rapid.SampledFrom(changing).Draw(t, "zone").name)
			if err != nil {
				t.Fatal(err)
			}
			flights = append(flights, flight{at, z})
		}
		minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		r, err := schedule.Every(1, schedule.NewDate(2022, 1, 1), minute)
		if err != nil {
			t.Fatal(err)
		}
		when := map[schedule.Date]time.Time{}
		for _, o := range fly(r, flights) {
			if _, twice := when[o.Slot.Date()]; twice {
				t.Fatalf("it fires twice for %v", o.Slot.Date())
			}
			when[o.Slot.Date()] = o.At
		}
		for i, f := range flights[:len(flights)-1] {
			end := flights[i+1].at
			for d := schedule.DateOf(f.at, f.zone); d <= schedule.DateOf(end, f.zone); d++ {
				due, ok := schedule.NewSlot(d, minute).In(f.zone)
				if !ok || !due.After(f.at) || due.After(end) {
					continue
				}
				if at, fired := when[d]; fired && !at.After(due) {
					continue
				}
				// The one need there is: a later date has fired, further east.
				if !laterBefore(when, d, due) {
					t.Fatalf("nothing fires for %v, due at %v", d, due)
				}
			}
		}
	})
}

// laterBefore says that a date after d fired before a time.
func laterBefore(when map[schedule.Date]time.Time, d schedule.Date, before time.Time) bool {
	for other, at := range when {
		if other > d && at.Before(before) {
			return true
		}
	}
	return false
}

func TestTheSpreadOfAnOccasionStaysOnItsDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(changing).Draw(t, "zone")
		z, err := time.LoadLocation(c.name)
		if err != nil {
			t.Fatal(err)
		}
		d := schedule.NewDate(c.year, 1, rapid.IntRange(1, 5*365).Draw(t, "day"))
		r, err := schedule.Once(d, rapid.IntRange(22*60, 24*60-1).Draw(t, "minute"))
		if err != nil {
			t.Fatal(err)
		}
		o, ok := r.Occasion(time.Unix(0, 0), z)
		if !ok {
			return // left out, in Apia
		}
		window := time.Duration(rapid.IntRange(0, 240).Draw(t, "window")) * time.Minute
		at := o.Spread(rapid.Uint64().Draw(t, "seed"), window)
		if at.Before(o.At) || at.Sub(o.At) > window || schedule.DateOf(at, z) != d {
			t.Errorf("%v becomes %v", o.At, at)
		}
	})
}

func TestTheSpreadOfTheLastMinutesUsesWhatIsLeft(t *testing.T) {
	o, _ := rule(t, "50 23 * * *").Occasion(instant(t, "2026-11-22T12:00:00Z"), time.UTC)
	latest := time.Duration(0)
	for seed := range uint64(1000) {
		latest = max(latest, o.Spread(seed, time.Hour).Sub(o.At))
	}
	if latest < 9*time.Minute || latest >= 10*time.Minute {
		t.Errorf("the latest of a thousand is %v later", latest)
	}
}
