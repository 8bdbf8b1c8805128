package schedule_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestQuietHours(t *testing.T) {
	night := schedule.Quiet{From: 22 * 60, To: 7 * 60}
	small := schedule.Quiet{From: 2 * 60, To: 2*60 + 30}
	const berlin = "Europe/Berlin"
	tests := map[string]struct {
		quiet           schedule.Quiet
		zone, at, until string
	}{
		"before":                   {night, berlin, "2026-11-22T21:59:59+01:00", "2026-11-22T21:59:59+01:00"},
		"from the first minute on": {night, berlin, "2026-11-22T22:00:00+01:00", "2026-11-23T07:00:00+01:00"},
		"past midnight":            {night, berlin, "2026-11-23T06:59:59+01:00", "2026-11-23T07:00:00+01:00"},
		"after":                    {night, berlin, "2026-11-23T07:00:00+01:00", "2026-11-23T07:00:00+01:00"},
		"a nap":                    {schedule.Quiet{From: 13 * 60, To: 14 * 60}, berlin, "2026-11-23T13:20:30+01:00", "2026-11-23T14:00:00+01:00"},
		"none":                     {schedule.Quiet{From: 600, To: 600}, berlin, "2026-11-23T10:00:00+01:00", "2026-11-23T10:00:00+01:00"},
		"up to midnight":           {schedule.Quiet{From: 22 * 60}, berlin, "2026-11-23T23:00:00+01:00", "2026-11-24T00:00:00+01:00"},
		"in a shorter night":       {night, berlin, "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"},
		"in a longer night":        {night, berlin, "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"},
		"its end is jumped over":   {schedule.Quiet{From: 60, To: 150}, berlin, "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"},
		"all of it is jumped over": {small, berlin, "2026-03-29T03:00:00+02:00", "2026-03-29T03:00:00+02:00"},
		"the first time":           {small, berlin, "2026-10-25T02:10:00+02:00", "2026-10-25T02:30:00+02:00"},
		"the second time":          {small, berlin, "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"},
		"over a fold":              {schedule.Quiet{From: 150, To: 210}, berlin, "2026-10-25T02:45:00+02:00", "2026-10-25T02:00:00+01:00"},
		"a day is left out":        {night, "Pacific/Apia", "2011-12-29T23:00:00-10:00", "2011-12-31T07:00:00+14:00"},
		"a midnight is left out":   {schedule.Quiet{From: 22 * 60}, "America/Sao_Paulo", "2018-11-03T23:00:00-03:00", "2018-11-04T01:00:00-02:00"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			at := instant(t, test.at)
			z := zone(t, test.zone)
			until := test.quiet.Until(at, z)
			if got := until.Format(time.RFC3339); got != test.until {
				t.Errorf("quiet until %s, want %s", got, test.until)
			}
			if holds := test.quiet.Holds(at, z); holds != (test.at != test.until) {
				t.Errorf("it holds: %v", holds)
			}
		})
	}
}

// Every moment on the way is quiet, and the end is not.
func TestQuietUntilItIsNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(changing).Draw(t, "zone")
		z, err := time.LoadLocation(c.name)
		if err != nil {
			t.Fatal(err)
		}
		minute := rapid.IntRange(0, 24*60-1)
		q := schedule.Quiet{From: minute.Draw(t, "from"), To: minute.Draw(t, "to")}
		at := someTime(t, c.year, z)
		until := q.Until(at, z)
		if q.Holds(until, z) || until.Before(at) {
			t.Fatalf("quiet from %v until %v", at, until)
		}
		for ; at.Before(until); at = at.Add(time.Minute) {
			if !q.Holds(at, z) {
				t.Fatalf("it is not quiet at %v, and said to be until %v", at, until)
			}
		}
	})
}

// someTime is a time in five years, often near a change of the clocks.
func someTime(t *rapid.T, year int, z *time.Location) time.Time {
	from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	near := transitions(z, from, from.AddDate(5, 0, 0))
	seconds := rapid.IntRange(-36*3600, 36*3600).Draw(t, "seconds")
	if len(near) == 0 {
		near = []time.Time{from}
	}
	return rapid.SampledFrom(near).Draw(t, "change").Add(time.Duration(seconds) * time.Second)
}
