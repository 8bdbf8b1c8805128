package schedule_test

import (
	"testing"
	"time"

	"kintsugi/flows/schedule"
)

var benched = map[string]string{
	"daily": "30 21 * * *", "weekdays": "30 21 * * 1-5", "leap": "0 9 29 2 *",
	"fortnight": "every 14 2026-11-22 21:30", "yearly": "yearly 02-29 09:00 -3d",
}

func BenchmarkParse(b *testing.B) {
	for name, text := range benched {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := schedule.Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNext(b *testing.B) {
	berlin := zone(b, "Europe/Berlin")
	at := instant(b, "2026-11-22T21:30:00+01:00")
	for name, text := range benched {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := rule(b, text)
			for b.Loop() {
				if _, ok := r.Next(at, berlin); !ok {
					b.Fatal("no next")
				}
			}
		})
	}
}

// BenchmarkMissed is what one nudge that falls due costs: its rule read, and what to
// send and to arm.
func BenchmarkMissed(b *testing.B) {
	berlin := zone(b, "Europe/Berlin")
	armed := slot(b, "2026-11-22 21:30")
	now := instant(b, "2026-11-22T21:30:01+01:00")
	b.ReportAllocs()
	for b.Loop() {
		r, err := schedule.Parse("30 21 * * *")
		if err != nil {
			b.Fatal(err)
		}
		send, next := schedule.Missed(r, armed, now, 3*time.Hour, berlin)
		if send.IsZero() || next.IsZero() {
			b.Fatal("nothing to send, or to arm")
		}
	}
}
