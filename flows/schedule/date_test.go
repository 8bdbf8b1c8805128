package schedule_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestDatesAreThoseOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(-6e10, 2e11).Draw(t, "seconds"), 0).UTC()
		d := schedule.DateOf(want, time.UTC)
		year, month, day := d.Civil()
		if d.String() != want.Format(time.DateOnly) || d.Weekday() != want.Weekday() {
			t.Errorf("%v is %v, a %v", want, d, d.Weekday())
		}
		if schedule.NewDate(year, month, day) != d {
			t.Errorf("%v is %d, %v, %d", d, year, month, day)
		}
		if again, err := schedule.ParseDate(d.String()); err != nil || again != d {
			t.Errorf("%v is read back as %v, %v", d, again, err)
		}
	})
}

func TestADateIsThatOfTheZone(t *testing.T) {
	at := instant(t, "2026-11-22T23:00:00Z")
	if got := schedule.DateOf(at, zone(t, "Asia/Tokyo")).String(); got != "2026-11-23" {
		t.Errorf("in Tokyo it is %s", got)
	}
	if got := schedule.DateOf(at, zone(t, "America/Los_Angeles")).String(); got != "2026-11-22" {
		t.Errorf("in Los Angeles it is %s", got)
	}
}

func TestNotDates(t *testing.T) {
	for _, text := range []string{"", "2026-02-29", "2026-1-1", "22.11.2026", "2026-11-22 "} {
		if d, err := schedule.ParseDate(text); err != schedule.ErrDate {
			t.Errorf("ParseDate(%q) = %v, %v", text, d, err)
		}
	}
}
