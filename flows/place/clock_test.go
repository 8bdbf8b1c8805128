package place_test

import (
	"slices"
	"testing"
	"time"

	"kintsugi/flows/place"
	"pgregory.net/rapid"
)

var (
	winter = time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	summer = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
)

func zonesOf(places []place.Place) []string {
	var out []string
	for _, p := range places {
		out = append(out, p.Zone)
	}
	return out
}

func TestByClockBeginsWithTheBiggestThatDiffer(t *testing.T) {
	for _, c := range []struct {
		now   time.Time
		said  int
		first []string
	}{
		{winter, 14 * 60, []string{"Africa/Lagos", "Europe/Berlin", "Africa/Casablanca"}},
		{winter, 14*60 + 10, []string{"Africa/Lagos", "Europe/Berlin", "Africa/Casablanca"}},
		{winter, 13*60 - 10, []string{"Europe/London", "Africa/Abidjan"}},
		{winter, 18*60 + 30, []string{"Asia/Kolkata"}},
		{winter, 18*60 + 45, []string{"Asia/Kathmandu"}},
		{winter, 8 * 60, []string{"America/New_York", "America/Lima", "America/Havana"}},
		{winter, 21 * 60, []string{"Asia/Shanghai"}},
		{summer, 21*60 + 30, []string{"Australia/Adelaide", "Australia/Darwin"}},
	} {
		got := zonesOf(place.ByClock(c.said, c.now, 0))
		if len(got) < len(c.first) || !slices.Equal(got[:min(len(c.first), len(got))], c.first) {
			t.Errorf("%d at %v: %v, want %v first", c.said, c.now, got, c.first)
		}
	}
}

func TestByClockKnowsSummerTime(t *testing.T) {
	if got := zonesOf(place.ByClock(14*60, summer, 0)); !slices.Contains(got, "Europe/Berlin") {
		t.Errorf("14:00 in summer: %v", got)
	}
	if got := zonesOf(place.ByClock(13*60, summer, 0)); slices.Contains(got, "Europe/Berlin") {
		t.Errorf("13:00 in summer: %v", got)
	}
}

func TestByClockShowsTheTownThatPeopleKnow(t *testing.T) {
	for zone, want := range map[string]string{
		"Asia/Kolkata": "Mumbai", "Asia/Bangkok": "Bangkok", "Africa/Conakry": "Conakry",
		"America/Sao_Paulo": "São Paulo", "Europe/Berlin": "Berlin", "Pacific/Auckland": "Auckland",
	} {
		for _, p := range everyClock(t, zone, winter) {
			if p.Zone == zone && p.Name != want {
				t.Errorf("%s is shown as %s, want %s", zone, p.Name, want)
			}
		}
	}
}

// everyClock gives all places whose clocks show what the zone's does, up to it.
func everyClock(t interface{ Fatal(...any) }, zone string, now time.Time) []place.Place {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	local := now.In(loc)
	var all []place.Place
	for {
		page := place.ByClock(local.Hour()*60+local.Minute(), now, len(all))
		if len(page) == 0 {
			t.Fatal(zone, "is not among", all)
		}
		all = append(all, page...)
		if slices.Contains(zonesOf(page), zone) {
			return all
		}
	}
}

func TestByClockGivesMoreAndThenNoMore(t *testing.T) {
	seen := map[string]bool{}
	skip := 0
	for {
		page := place.ByClock(14*60, winter, skip)
		if len(page) == 0 {
			break
		}
		for _, p := range page {
			if seen[p.Zone] {
				t.Errorf("%s comes twice", p.Zone)
			}
			seen[p.Zone] = true
		}
		skip += len(page)
	}
	for _, zone := range []string{"Europe/Paris", "Europe/Warsaw", "Africa/Algiers", "Europe/Gibraltar"} {
		if !seen[zone] {
			t.Errorf("%s never comes", zone)
		}
	}
}

func TestByClockRefusesWhatIsNoTime(t *testing.T) {
	for _, said := range []int{-1, 24 * 60, 1 << 40} {
		if got := place.ByClock(said, winter, 0); got != nil {
			t.Errorf("%d: %v", said, got)
		}
	}
	if got := place.ByClock(0, winter, -8); got != nil {
		t.Errorf("before the first: %v", got)
	}
}

// Property: every place that comes does show the time, at most ten minutes away.
func TestByClockGivesOnlyClocksThatShowIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1.6e9, 2.2e9).Draw(t, "now"), 0)
		said := rapid.IntRange(0, 24*60-1).Draw(t, "said")
		for _, p := range place.ByClock(said, now, 0) {
			loc, err := time.LoadLocation(p.Zone)
			if err != nil {
				t.Fatal(err)
			}
			local := now.In(loc)
			apart := (local.Hour()*60 + local.Minute() - said + 24*60) % (24 * 60)
			if min(apart, 24*60-apart) > 10 {
				t.Fatalf("%s shows %v, said %d", p.Zone, local, said)
			}
		}
	})
}

// Property: at any moment, someone who reads their clock aloud finds their zone.
func TestByClockMissesNoZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		everyClock(t, rapid.SampledFrom([]string{
			"Europe/Berlin", "America/Coyhaique", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns",
			"Africa/Casablanca", "Africa/El_Aaiun", "Australia/Brisbane", "Asia/Gaza", "America/Punta_Arenas",
		}).Draw(t, "zone"), time.Unix(rapid.Int64Range(1.77e9, 2.0e9).Draw(t, "now"), 0))
	})
}

func BenchmarkByClock(b *testing.B) {
	for b.Loop() {
		place.ByClock(14*60, winter, 0)
	}
}
