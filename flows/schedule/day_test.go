package schedule_test

import (
	"testing"

	"kintsugi/flows/schedule"
)

func TestOneUnrequestedNudgeADay(t *testing.T) {
	const tokyo, angeles = "Asia/Tokyo", "America/Los_Angeles"
	tests := map[string]struct {
		last, now, zone string
		want            bool
	}{
		"none yet":                    {"1970-01-01", "2026-06-10T12:00:00+09:00", tokyo, true},
		"one today":                   {"2026-06-10", "2026-06-10T23:59:59+09:00", tokyo, false},
		"one yesterday":               {"2026-06-10", "2026-06-11T00:00:00+09:00", tokyo, true},
		"the date is lived again":     {"2026-06-10", "2026-06-10T23:00:00-07:00", angeles, false},
		"and over":                    {"2026-06-10", "2026-06-11T00:00:00-07:00", angeles, true},
		"the date before comes again": {"2026-06-10", "2026-06-09T20:00:00-07:00", angeles, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := schedule.Day{Last: date(t, test.last)}
			if got := d.Free(instant(t, test.now), zone(t, test.zone)); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestWhatWasSentCountsForItsDateAndNoneIsForgottenFurtherWest(t *testing.T) {
	d := schedule.Day{}.Sent(instant(t, "2026-06-10T08:00:00+09:00"), zone(t, "Asia/Tokyo"))
	if d.Last != date(t, "2026-06-10") {
		t.Errorf("the last is %v", d.Last)
	}
	d = d.Sent(instant(t, "2026-06-09T20:00:00-07:00"), zone(t, "America/Los_Angeles"))
	if d.Last != date(t, "2026-06-10") {
		t.Errorf("then the last is %v", d.Last)
	}
}
