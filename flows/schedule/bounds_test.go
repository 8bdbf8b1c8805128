package schedule_test

import (
	"testing"
	"time"

	"kintsugi/flows/schedule"
)

// Far dates come to an end too: the last day of 2040 is one at which the library's own
// zone bounds stand still.
func TestFarDatesComeRound(t *testing.T) {
	for _, name := range []string{"America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo", "America/Sao_Paulo"} {
		z := zone(t, name)
		for _, day := range []string{"2040-12-30", "2040-12-31", "2041-01-01", "2044-12-31", "2100-12-31"} {
			after := instant(t, "2039-06-10T08:00:00Z")
			at, ok := rule(t, "once "+day+" 09:00").Next(after, z)
			if want := day + " 09:00"; !ok || at.Format("2006-01-02 15:04") != want {
				t.Errorf("%s: %v, want %s", name, at, want)
			}
			quiet := schedule.Quiet{From: 8 * 60, To: 10 * 60}
			if over := quiet.Until(at, z); over.Format("2006-01-02 15:04") != day+" 10:00" {
				t.Errorf("%s: quiet until %v", name, over)
			}
		}
	}
}

func TestChangesGoOnForEver(t *testing.T) {
	at := time.Date(2037, 1, 1, 0, 0, 0, 0, time.UTC).In(zone(t, "Europe/Berlin"))
	for range 2000 {
		next := schedule.NextChange(at)
		if !next.After(at) {
			t.Fatalf("it stands still at %v", at)
		}
		at = next.In(at.Location())
	}
}
