package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"kintsugi/flows/schedule"
)

// What robfig/cron does by itself, and why its schedules are not used here.
func TestRobfigCronAloneSkipsAGapAndFiresTwiceInAFold(t *testing.T) {
	byCron, err := cron.ParseStandard("30 2 * * *")
	if err != nil {
		t.Fatal(err)
	}
	berlin := zone(t, "Europe/Berlin")
	tests := map[string]struct {
		after string
		alone []string
		ours  []string
	}{
		"gap": {
			"2026-03-28T12:00:00+01:00",
			[]string{"2026-03-30T02:30:00+02:00"},
			[]string{"2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"},
		},
		"fold": {
			"2026-10-24T12:00:00+02:00",
			[]string{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00"},
			[]string{"2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			at := instant(t, test.after).In(berlin)
			until := at.Add(48 * time.Hour)
			for _, want := range test.alone {
				at = byCron.Next(at)
				if got := at.Format(time.RFC3339); got != want {
					t.Errorf("alone it fires at %s, want %s", got, want)
				}
			}
			got := firings(rule(t, "30 2 * * *"), instant(t, test.after), until, berlin)
			wantInstants(t, got, test.ours...)
		})
	}
}

func TestClocksThatChange(t *testing.T) {
	tests := map[string]struct {
		zone, rule   string
		after, until string
		want         []string
	}{
		"midnight does not exist": {
			"America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00:00-03:00", "2018-11-05T12:00:00-02:00",
			[]string{"2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"},
		},
		"midnight comes twice, almost": {
			"America/St_Johns", "0 0 * * *", "2010-11-06T12:00:00-02:30", "2010-11-08T12:00:00-03:30",
			[]string{"2010-11-07T00:00:00-02:30", "2010-11-08T00:00:00-03:30"},
		},
		"half an hour is jumped over": {
			"Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00+10:30", "2026-10-05T12:00:00+11:00",
			[]string{"2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"},
		},
		"a day is left out": {
			"Pacific/Apia", "30 21 * * *", "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00",
			[]string{"2011-12-29T21:30:00-10:00", "2011-12-31T21:30:00+14:00"},
		},
		"the day that is left out, and no other": {
			"Pacific/Apia", "30 21 30 12 *", "2011-01-01T00:00:00-10:00", "2013-01-01T00:00:00+14:00",
			[]string{"2012-12-30T21:30:00+14:00"},
		},
		"once, on the day that is left out": {
			"Pacific/Apia", "once 2011-12-30 21:30", "2011-01-01T00:00:00-10:00", "2013-01-01T00:00:00+14:00", nil,
		},
		"the rest of the day is jumped over": {
			"America/Nuuk", "30 23 * * *", "2024-03-29T12:00:00-02:00", "2024-03-31T23:59:00-01:00",
			[]string{"2024-03-29T23:30:00-02:00", "2024-03-30T22:59:00-02:00", "2024-03-31T23:30:00-01:00"},
		},
		"several times that one gap brings together": {
			"Europe/Berlin", "*/15 2,3,21 * * *", "2026-03-29T00:00:00+01:00", "2026-03-29T22:00:00+02:00",
			[]string{
				"2026-03-29T03:00:00+02:00", "2026-03-29T03:15:00+02:00", "2026-03-29T03:30:00+02:00",
				"2026-03-29T03:45:00+02:00", "2026-03-29T21:00:00+02:00", "2026-03-29T21:15:00+02:00",
				"2026-03-29T21:30:00+02:00", "2026-03-29T21:45:00+02:00",
			},
		},
		"several times in a fold": {
			"Europe/Berlin", "0,30 2 * * *", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00",
			[]string{"2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00"},
		},
		"asked in the second turn of a fold": {
			"Europe/Berlin", "0,30 2 * * *", "2026-10-25T02:10:00+01:00", "2026-10-26T02:00:00+01:00",
			[]string{"2026-10-26T02:00:00+01:00"},
		},
		"a date, in a gap": {
			"Europe/Berlin", "yearly 03-29 02:30", "2026-01-01T00:00:00+01:00", "2026-12-31T00:00:00+01:00",
			[]string{"2026-03-29T03:00:00+02:00"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			after, until := instant(t, test.after), instant(t, test.until)
			got := firings(rule(t, test.rule), after, until, zone(t, test.zone))
			wantInstants(t, got, test.want...)
		})
	}
}

// lived is what a zone's clocks show, found by looking at every minute.
type lived struct {
	first map[schedule.Slot]time.Time // the first time that the wall shows it
	end   map[schedule.Date]time.Time // the last minute before another date, first time round
}

func live(z *time.Location, from, to time.Time) lived {
	l := lived{map[schedule.Slot]time.Time{}, map[schedule.Date]time.Time{}}
	var latest schedule.Slot
	for at := from; at.Before(to); at = at.Add(time.Minute) {
		local := at.In(z)
		d := schedule.NewDate(local.Year(), local.Month(), local.Day())
		s := schedule.NewSlot(d, local.Hour()*60+local.Minute())
		if s <= latest {
			continue
		}
		latest = s
		l.first[s] = at
		l.end[d] = at
	}
	return l
}

// want is when a minute of a date is to fire, false if the date was not lived.
func (l lived) want(d schedule.Date, minute int) (time.Time, bool) {
	for m := minute; m < 24*60; m++ {
		if at, ok := l.first[schedule.NewSlot(d, m)]; ok {
			return at, true
		}
	}
	at, ok := l.end[d]
	return at, ok
}

// transitions are the instants at which a zone's clocks change in a span.
func transitions(z *time.Location, from, to time.Time) []time.Time {
	var all []time.Time
	for {
		_, end := from.In(z).ZoneBounds()
		if end.IsZero() || end.After(to) {
			return all
		}
		all = append(all, end)
		from = end
	}
}

func TestAroundEveryChangeOfTheClocksEachMinuteFiresOncePerLocalDate(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	seen := 0
	for _, c := range changing {
		t.Run(c.name, func(t *testing.T) {
			z := zone(t, c.name)
			from := time.Date(c.year, 1, 1, 0, 0, 0, 0, time.UTC)
			for _, change := range transitions(z, from, from.AddDate(5, 0, 0)) {
				seen++
				around(t, z, change, step)
			}
		})
	}
	if seen < 100 {
		t.Errorf("only %d changes were looked at", seen)
	}
}

// around looks at each minute of the day on five dates around a change.
func around(t *testing.T, z *time.Location, change time.Time, step int) {
	t.Helper()
	begin, end := change.Add(-96*time.Hour).Truncate(time.Hour), change.Add(96*time.Hour)
	l := live(z, begin, end)
	middle := schedule.DateOf(change, z)
	for minute := 0; minute < 24*60; minute += step {
		r := rule(t, fmt.Sprintf("%d %d * * *", minute%60, minute/60))
		var want []time.Time
		for d := middle - 2; d <= middle+2; d++ {
			if at, ok := l.want(d, minute); ok {
				want = append(want, at)
			}
		}
		after := l.end[middle-3]
		got := firings(r, after, want[len(want)-1], z)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || !got[i].At.Equal(want[i]) {
				t.Fatalf("at minute %d around %s:\ngot  %v\nwant %v", minute, change.In(z), got, want)
			}
		}
	}
}

func TestOverFiveYearsARuleFiresOncePerLocalDate(t *testing.T) {
	every := 83 // prime to the hour, so that all kinds of minutes come up
	if testing.Short() {
		every = 397
	}
	for _, c := range changing {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, c.name)
			first := schedule.NewDate(c.year, 1, 1)
			last := schedule.NewDate(c.year+5, 1, 1) - 1
			leftOut := schedule.NewDate(2011, 12, 30)
			for minute := 0; minute < 24*60; minute += every {
				r := rule(t, fmt.Sprintf("%d %d * * *", minute%60, minute/60))
				at := time.Date(c.year, 1, 1, 0, 0, 0, 0, z).Add(-time.Second)
				for d := first; d <= last; d++ {
					if c.name == "Pacific/Apia" && d == leftOut {
						continue
					}
					next, ok := r.Next(at, z)
					if !ok || schedule.DateOf(next, z) != d || !next.After(at) {
						t.Fatalf("after %v comes %v, want one on %v", at, next, d)
					}
					at = next
				}
			}
		})
	}
}
