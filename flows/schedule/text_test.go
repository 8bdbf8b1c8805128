package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kintsugi/flows/schedule"
)

var texts = []string{
	"30 21 * * 1-5", "0 9,21 * * *", "*/15 2 29 feb mon,wed", "every 14 2026-11-22 21:30",
	"monthly 31 09:00", "yearly 02-29 09:00", "once 2026-12-24 09:00", "yearly 02-29 09:00 -3d",
	"once 2026-12-24 00:00 +1d",
}

func TestARuleIsReadBackAsItWasWritten(t *testing.T) {
	for _, text := range texts {
		r := rule(t, text)
		if r.String() != text {
			t.Errorf("%q is written %q", text, r)
		}
		if again := rule(t, r.String()); again != r {
			t.Errorf("%q is read back as %q", text, again)
		}
	}
}

func TestSpacesInARuleAreMadeOne(t *testing.T) {
	if got := rule(t, " 30\t21 *  * 1-5\n").String(); got != "30 21 * * 1-5" {
		t.Errorf("it is written %q", got)
	}
}

func TestNotRules(t *testing.T) {
	for _, text := range []string{
		"", " ", "TZ=", "TZ=UTC 0 9 * * *", "CRON_TZ=", "@daily", "@every 1h", "0 9 * *", "0 0 9 * * *",
		"60 9 * * *", "0 24 * * *", "0 9 0 * *", "0 9 * 13 *", "0 9 * * 7", ", 9 * * *", "0 9 * * ,", "0 9 , * 1", "0 9 1 * ,",
		"0 9 30 2 *", "0 9 31 4,6,9,11 *", "every", "every 14", "every 0 2026-11-22 21:30",
		"every 14 2026-02-30 21:30", "every 14 2026-11-22 24:00", "monthly 32 09:00", "monthly 1",
		"yearly 02-30 09:00", "yearly 13-01 09:00", "yearly 02 09:00", "once 2026-12-24", "once 2026-12-24 09:00 xd",
		"once 2026-12-24 09:00 -3d -3d", "yearly 02-29 09:00 -400d", "0 9 * * * -3d",
		strings.Repeat("0,", 200) + "0 9 * * *",
	} {
		if r, err := schedule.Parse(text); !errors.Is(err, schedule.ErrRule) || r != (schedule.Rule{}) {
			t.Errorf("Parse(%q) = %v, %v", text, r, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range texts {
		f.Add(text, int64(1764000000))
	}
	for _, text := range []string{"TZ=", "0 9 30 2 *", ", , , , ,", "0/9223372036854775807 9 * * *", "monthly 31 09:00 +366d"} {
		f.Add(text, int64(0))
	}
	f.Fuzz(func(t *testing.T, text string, after int64) {
		r, err := schedule.Parse(text)
		if err != nil {
			if !errors.Is(err, schedule.ErrRule) {
				t.Fatalf("the error is %v", err)
			}
			return
		}
		if again, err := schedule.Parse(r.String()); err != nil || again != r {
			t.Fatalf("%q is read back as %q, %v", r, again, err)
		}
		if strings.Contains(r.String(), "\n") {
			t.Fatalf("%q is more than a line", r)
		}
		at := time.Unix(after%8e9, 0)
		if next, ok := r.Next(at, time.UTC); ok && !next.After(at) {
			t.Fatalf("%q fires at %v after %v", r, next, at)
		}
	})
}
