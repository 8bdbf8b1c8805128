package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestACronExpressionMeansWhatItMeansToCron(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := expression(t)
		byCron, err := cron.ParseStandard(text)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "after"), 0).UTC()
		r, err := schedule.Parse(text)
		if err != nil {
			if next := byCron.Next(at); !next.IsZero() {
				t.Fatalf("%q is not a rule, but fires at %v", text, next)
			}
			return
		}
		for range 5 {
			want := byCron.Next(at)
			got, ok := r.Next(at, time.UTC)
			if want.IsZero() && ok && got.Year() > at.Year()+5 {
				return // cron looks no further than five years
			}
			if !ok || !got.Equal(want) {
				t.Fatalf("%q after %v: %v, want %v", text, at, got, want)
			}
			at = got
		}
	})
}

func expression(t *rapid.T) string {
	fields := []string{
		field(t, "minute", 0, 59), field(t, "hour", 0, 23),
		field(t, "day", 1, 31), field(t, "month", 1, 12), field(t, "weekday", 0, 6),
	}
	return strings.Join(fields, " ")
}

func field(t *rapid.T, name string, least, most int) string {
	n := rapid.IntRange(least, most).Draw(t, name)
	m := rapid.IntRange(n, most).Draw(t, name+" to")
	step := rapid.IntRange(1, most).Draw(t, name+" step")
	return rapid.SampledFrom([]string{
		"*", "?", fmt.Sprint(n), fmt.Sprintf("%d,%d", n, m), fmt.Sprintf("%d-%d", n, m),
		fmt.Sprintf("*/%d", step), fmt.Sprintf("%d/%d", n, step), fmt.Sprintf("%d-%d/%d", n, m, step),
	}).Draw(t, name+" field")
}

func TestAnExpressionOnWeekdaysOrADayTakesEither(t *testing.T) {
	got := firings(rule(t, "0 9 13 * fri"), instant(t, "2026-11-01T00:00:00Z"), instant(t, "2026-11-30T00:00:00Z"), time.UTC)
	wantInstants(t, got,
		"2026-11-06T09:00:00Z", "2026-11-13T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-27T09:00:00Z")
}

func TestALeapDayIsFoundEightYearsAway(t *testing.T) {
	got, ok := rule(t, "0 9 29 2 *").Next(instant(t, "2096-02-29T09:00:00Z"), time.UTC)
	if want := instant(t, "2104-02-29T09:00:00Z"); !ok || !got.Equal(want) {
		t.Errorf("the next is %v %v, want %v", got, ok, want)
	}
}

func TestSeveralTimesADayCountOnceEach(t *testing.T) {
	got := firings(rule(t, "0 9,21 * * *"), instant(t, "2026-11-22T09:00:00Z"), instant(t, "2026-11-23T21:00:00Z"), time.UTC)
	wantInstants(t, got, "2026-11-22T21:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23T21:00:00Z")
}

func TestEveryHourGoesOnPastMidnight(t *testing.T) {
	got := firings(rule(t, "30 * * * *"), instant(t, "2026-11-22T22:30:00Z"), instant(t, "2026-11-23T01:00:00Z"), time.UTC)
	wantInstants(t, got, "2026-11-22T23:30:00Z", "2026-11-23T00:30:00Z")
}
