package schedule_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestASlotIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := schedule.NewDate(rapid.IntRange(0, 9998).Draw(t, "year"), 1, rapid.IntRange(1, 365).Draw(t, "day"))
		minute := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		s := schedule.NewSlot(d, minute)
		if s.Date() != d || s.Minute() != minute {
			t.Errorf("%v is on %v at %d, want %v at %d", s, s.Date(), s.Minute(), d, minute)
		}
		if again, err := schedule.ParseSlot(s.String()); err != nil || again != s {
			t.Errorf("%v is read back as %v, %v", s, again, err)
		}
	})
}

func TestNotSlots(t *testing.T) {
	for _, text := range []string{"", "2026-11-22", "2026-11-22 24:00", "2026-11-22 9:00", "2026-11-22T09:00"} {
		if s, err := schedule.ParseSlot(text); err != schedule.ErrSlot {
			t.Errorf("ParseSlot(%q) = %v, %v", text, s, err)
		}
	}
}

func TestASlotOfTheWallIsWhatTheWallShows(t *testing.T) {
	at := instant(t, "2026-11-22T12:34:56Z")
	for name, want := range map[string]string{
		"Asia/Kolkata": "2026-11-22 18:04", "Pacific/Chatham": "2026-11-23 02:19", "America/New_York": "2026-11-22 07:34",
	} {
		if got := schedule.SlotOf(at, zone(t, name)).String(); got != want {
			t.Errorf("in %s it is %s, want %s", name, got, want)
		}
	}
}

func TestASlotStaysOnItsDateAndInItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(changing).Draw(t, "zone").name
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		a := schedule.Slot(rapid.Int64Range(-60e6, 60e6).Draw(t, "slot")) // from 1855 to 2084
		b := a + schedule.Slot(rapid.Int64Range(1, 3000).Draw(t, "and then"))
		atA, okA := a.In(z)
		atB, okB := b.In(z)
		if okA && schedule.DateOf(atA, z) != a.Date() {
			t.Errorf("%v is at %v", a, atA)
		}
		if okA && okB && atB.Before(atA) {
			t.Errorf("%v is at %v, %v at %v", a, atA, b, atB)
		}
	})
}
