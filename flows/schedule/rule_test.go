package schedule_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/schedule"
)

func TestDatedRules(t *testing.T) {
	tests := map[string]struct {
		rule, after string
		want        []string // first the slot; a day that it is about, if another; "moved"
	}{
		"a fortnight, before it begins": {"every 14 2026-11-22 21:30", "2026-01-01 00:00",
			[]string{"2026-11-22 21:30", "2026-12-06 21:30", "2026-12-20 21:30"}},
		"a fortnight, in the middle": {"every 14 2026-11-22 21:30", "2026-12-06 21:29",
			[]string{"2026-12-06 21:30", "2026-12-20 21:30", "2027-01-03 21:30"}},
		"a fortnight, just after": {"every 14 2026-11-22 21:30", "2026-12-06 21:30",
			[]string{"2026-12-20 21:30"}},
		"every day": {"every 1 2026-11-22 00:00", "2026-11-22 00:00",
			[]string{"2026-11-23 00:00", "2026-11-24 00:00"}},
		"the 31st": {"monthly 31 09:00", "2027-01-01 00:00",
			[]string{"2027-01-31 09:00", "2027-02-28 09:00 moved", "2027-03-31 09:00", "2027-04-30 09:00 moved", "2027-05-31 09:00"}},
		"the 31st, at the turn of the year": {"monthly 31 09:00", "2027-12-31 09:00",
			[]string{"2028-01-31 09:00", "2028-02-29 09:00 moved"}},
		"the 30th, after it has moved": {"monthly 30 09:00", "2027-02-28 09:00",
			[]string{"2027-03-30 09:00"}},
		"the first, asked on a day that the next month lacks": {"monthly 1 09:00", "2027-01-31 09:00",
			[]string{"2027-02-01 09:00"}},
		"29 February": {"yearly 02-29 09:00", "2026-11-22 00:00",
			[]string{"2027-02-28 09:00 moved", "2028-02-29 09:00", "2029-02-28 09:00 moved"}},
		"29 February, in a leap year on the 28th": {"yearly 02-29 09:00", "2028-02-28 12:00",
			[]string{"2028-02-29 09:00"}},
		"29 February, three days before": {"yearly 02-29 09:00 -3d", "2026-11-22 00:00",
			[]string{"2027-02-25 09:00 about 2027-02-28 moved", "2028-02-26 09:00 about 2028-02-29"}},
		"29 February, the day after": {"yearly 02-29 09:00 +1d", "2026-11-22 00:00",
			[]string{"2027-03-01 09:00 about 2027-02-28 moved", "2028-03-01 09:00 about 2028-02-29"}},
		"a lead over the turn of the year": {"yearly 01-02 09:00 -3d", "2026-12-30 08:00",
			[]string{"2026-12-30 09:00 about 2027-01-02", "2027-12-30 09:00 about 2028-01-02"}},
		"after the turn of the year": {"yearly 12-31 09:00 +1d", "2027-01-01 08:00",
			[]string{"2027-01-01 09:00 about 2026-12-31", "2028-01-01 09:00 about 2027-12-31"}},
		"a lead longer than its month": {"monthly 31 09:00 -40d", "2027-01-01 00:00",
			[]string{"2027-01-19 09:00 about 2027-02-28 moved", "2027-02-19 09:00 about 2027-03-31"}},
		"once":               {"once 2026-12-24 18:00", "2026-11-22 00:00", []string{"2026-12-24 18:00", "none"}},
		"once, and gone":     {"once 2026-12-24 18:00", "2026-12-24 18:00", []string{"none"}},
		"once, before":       {"once 2026-12-24 18:00 -3d", "2026-11-22 00:00", []string{"2026-12-21 18:00 about 2026-12-24", "none"}},
		"once, before, gone": {"once 2026-12-24 18:00 -3d", "2026-12-22 00:00", []string{"none"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := rule(t, test.rule)
			after, _ := slot(t, test.after).In(time.UTC)
			for _, want := range test.want {
				o, ok := r.Occasion(after, time.UTC)
				if got := show(o, ok); got != want {
					t.Fatalf("got %s, want %s", got, want)
				}
				after = o.At
			}
		})
	}
}

func show(o schedule.Occasion, ok bool) string {
	if !ok {
		return "none"
	}
	text := o.Slot.String()
	if o.On != o.Slot.Date() {
		text += " about " + o.On.String()
	}
	if o.Moved {
		text += " moved"
	}
	return text
}

func TestAMonthlyRuleFiresInEveryMonthAndAYearlyOneInEveryYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(1, 31).Draw(t, "day")
		month := time.Month(rapid.IntRange(1, 12).Draw(t, "month"))
		r, err := schedule.Monthly(day, 600)
		if err != nil {
			t.Fatal(err)
		}
		oneADate(t, r, func(i int) time.Time { return time.Date(2023, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC) })
		if y, err := schedule.Yearly(month, day, 600); err == nil {
			oneADate(t, y, func(i int) time.Time { return time.Date(2023+i, month, 1, 0, 0, 0, 0, time.UTC) })
		}
	})
}

// oneADate wants one occasion in the month that begins at each time.
func oneADate(t *rapid.T, r schedule.Rule, begin func(i int) time.Time) {
	at := begin(0).Add(-1)
	for i := range 40 {
		next, ok := r.Next(at, time.UTC)
		first := begin(i)
		if !ok || next.Before(first) || !next.Before(first.AddDate(0, 1, 0)) {
			t.Fatalf("after %v comes %v, want one in the month of %v", at, next, first)
		}
		at = next
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	on := date(t, "2026-11-22")
	tests := map[string]func() (schedule.Rule, error){
		"every no days":        func() (schedule.Rule, error) { return schedule.Every(0, on, 0) },
		"every so many days":   func() (schedule.Rule, error) { return schedule.Every(schedule.MaxEvery+1, on, 0) },
		"a minute too late":    func() (schedule.Rule, error) { return schedule.Once(on, 24*60) },
		"a minute before":      func() (schedule.Rule, error) { return schedule.Once(on, -1) },
		"the 32nd":             func() (schedule.Rule, error) { return schedule.Monthly(32, 0) },
		"the 0th":              func() (schedule.Rule, error) { return schedule.Monthly(0, 0) },
		"30 February":          func() (schedule.Rule, error) { return schedule.Yearly(time.February, 30, 0) },
		"the 13th month":       func() (schedule.Rule, error) { return schedule.Yearly(13, 1, 0) },
		"a lead for a clock":   func() (schedule.Rule, error) { return rule(t, "0 9 * * *").Lead(-1) },
		"a lead for nothing":   func() (schedule.Rule, error) { return schedule.Rule{}.Lead(-1) },
		"a lead of two years":  func() (schedule.Rule, error) { return rule(t, "monthly 1 09:00").Lead(-730) },
		"a date without years": func() (schedule.Rule, error) { return schedule.Once(schedule.NewDate(10000, 1, 1), 0) },
	}
	for name, set := range tests {
		t.Run(name, func(t *testing.T) {
			if r, err := set(); err != schedule.ErrRule || r != (schedule.Rule{}) {
				t.Errorf("got %v %v", r, err)
			}
		})
	}
}

func TestNoRuleNeverFires(t *testing.T) {
	if at, ok := (schedule.Rule{}).Next(time.Time{}, time.UTC); ok {
		t.Errorf("it fires at %v", at)
	}
}
