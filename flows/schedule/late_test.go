package schedule_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestLate(t *testing.T) {
	due := instant(t, "2026-11-22T21:30:00Z")
	const grace = 3 * time.Hour
	tests := map[string]struct {
		late time.Duration
		want schedule.Decision
	}{
		"not due":             {-time.Nanosecond, schedule.Wait},
		"on time":             {0, schedule.SendNow},
		"an hour late":        {time.Hour, schedule.SendNow},
		"as late as may be":   {grace, schedule.SendNow},
		"a moment later yet":  {grace + time.Nanosecond, schedule.RollForward},
		"a day late":          {24 * time.Hour, schedule.RollForward},
		"a thousand days now": {24000 * time.Hour, schedule.RollForward},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := schedule.Late(due, due.Add(test.late), grace); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestMissed(t *testing.T) {
	const daily = "30 21 * * *"
	tests := map[string]struct {
		rule, armed, now string
		send, next       string
	}{
		"not yet due":                              {daily, "2026-11-22 21:30", "2026-11-22 21:29", "none", "2026-11-22 21:30"},
		"on time":                                  {daily, "2026-11-22 21:30", "2026-11-22 21:30", "2026-11-22 21:30", "2026-11-23 21:30"},
		"an hour":                                  {daily, "2026-11-22 21:30", "2026-11-22 22:30", "2026-11-22 21:30", "2026-11-23 21:30"},
		"a day, back at noon":                      {daily, "2026-11-22 21:30", "2026-11-23 12:00", "none", "2026-11-23 21:30"},
		"a day, back in the grace":                 {daily, "2026-11-22 21:30", "2026-11-23 22:00", "2026-11-23 21:30", "2026-11-24 21:30"},
		"a month, back at noon":                    {daily, "2026-11-22 21:30", "2026-12-22 12:00", "none", "2026-12-22 21:30"},
		"a month, back in the hour":                {daily, "2026-11-22 21:30", "2026-12-22 23:00", "2026-12-22 21:30", "2026-12-23 21:30"},
		"several in the grace":                     {"*/20 * * * *", "2026-11-22 10:00", "2026-11-22 12:30", "2026-11-22 12:20", "2026-11-22 12:40"},
		"past midnight, daily":                     {daily, "2026-11-22 21:30", "2026-11-23 00:15", "none", "2026-11-23 21:30"},
		"past midnight, weekly":                    {"30 21 * * 0", "2026-11-22 21:30", "2026-11-23 00:15", "2026-11-22 21:30", "2026-11-29 21:30"},
		"past midnight, once":                      {"once 2026-11-22 23:00", "2026-11-22 23:00", "2026-11-23 01:00", "2026-11-22 23:00", "none"},
		"once, too late":                           {"once 2026-11-22 23:00", "2026-11-22 23:00", "2026-11-23 12:00", "none", "none"},
		"the armed one is not yet, one before was": {daily, "2026-11-23 21:30", "2026-11-22 22:00", "none", "2026-11-23 21:30"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			now, _ := slot(t, test.now).In(time.UTC)
			send, next := schedule.Missed(rule(t, test.rule), slot(t, test.armed), now, 3*time.Hour, time.UTC)
			if got := show(send, !send.IsZero()); got != test.send {
				t.Errorf("it sends %s, want %s", got, test.send)
			}
			if got := show(next, !next.IsZero()); got != test.next {
				t.Errorf("it arms %s, want %s", got, test.next)
			}
		})
	}
}

func TestWithoutGraceOnlyWhatIsOnTimeIsSent(t *testing.T) {
	armed := slot(t, "2026-11-22 21:30")
	due, _ := armed.In(time.UTC)
	for late, want := range map[time.Duration]bool{0: true, 1: false} {
		send, _ := schedule.Missed(rule(t, "30 21 * * *"), armed, due.Add(late), 0, time.UTC)
		if sends := !send.IsZero(); sends != want {
			t.Errorf("%v late, it sends: %v", late, sends)
		}
	}
}

// Whatever is down for however long: nothing is sent before it is due, past its grace,
// or twice on a date.
func TestDowntimesSendAtMostOneADate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(changing).Draw(t, "zone")
		z, err := time.LoadLocation(c.name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := schedule.Parse(rapid.SampledFrom([]string{
			"30 21 * * *", "0 0 * * *", "59 23 * * *", "30 2 * * 0,3", "every 3 2005-11-22 23:30", "monthly 31 01:30",
		}).Draw(t, "rule"))
		if err != nil {
			t.Fatal(err)
		}
		grace := time.Duration(rapid.IntRange(0, 12).Draw(t, "grace")) * time.Hour
		now := time.Date(c.year, 1, 1, 12, 0, 0, 0, z).Add(time.Duration(rapid.IntRange(0, 5*365*24).Draw(t, "begin")) * time.Hour)
		next, _ := r.Occasion(now, z)
		sent := map[schedule.Date]bool{}
		for range 60 {
			armed := next.Slot
			now = next.At.Add(downtime(t))
			var send schedule.Occasion
			send, next = schedule.Missed(r, armed, now, grace, z)
			if !next.At.After(now) || next.Slot <= armed {
				t.Fatalf("at %v it arms %v", now, next)
			}
			if send.IsZero() {
				continue
			}
			if schedule.Late(send.At, now, grace) != schedule.SendNow || send.Slot < armed {
				t.Fatalf("at %v it sends what was due at %v, armed %v", now, send.At, armed)
			}
			// Where a date has begun it counts, even if the clocks go back behind midnight.
			today := max(schedule.DateOf(now, z), send.Slot.Date())
			if sent[today] {
				t.Fatalf("a second one on %v, at %v", today, now)
			}
			sent[today] = true
		}
	})
}

func downtime(t *rapid.T) time.Duration {
	unit := rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "unit")
	return time.Duration(rapid.IntRange(0, 30).Draw(t, "down")) * unit
}
