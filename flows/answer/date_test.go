package answer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kintsugi/flows/answer"
)

// now is a Wednesday.
var now = time.Date(2026, 11, 25, 15, 4, 5, 0, time.UTC)

const anything, future, past = answer.Any, answer.Future, answer.Past

// days gives dates as text.
func days(ts []time.Time) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Format("2006-01-02"))
	}
	return strings.Join(out, " ")
}

type dateCase struct {
	s    string
	want answer.Want
	days string // all that were read
	// reason is OK where there is one day, and Ambiguous where there are more,
	// unless it is given.
	reason answer.Reason
}

func (c dateCase) wanted() answer.Reason {
	if c.reason == 0 && c.days != "" {
		return [...]answer.Reason{answer.OK, answer.Ambiguous}[min(1, strings.Count(c.days, " "))]
	}
	return c.reason
}

func checkDates(t *testing.T, r *answer.Reader, now time.Time, cases []dateCase) {
	t.Helper()
	for _, c := range cases {
		got := r.Date(c.s, now, c.want)
		if days(got.Dates) != c.days || got.Reason != c.wanted() || got.OK != (got.Reason == answer.OK) {
			t.Errorf("%s: Date(%q, %d) = %s, reason %d; want %s, reason %d", now.Format("Mon 2006-01-02"), c.s, c.want, days(got.Dates), got.Reason, c.days, c.wanted())
		}
	}
}

func TestDate(t *testing.T) {
	checkDates(t, reader(t, "en"), now, []dateCase{
		// Days near today.
		{s: "today", days: "2026-11-25"}, {s: "Today!", days: "2026-11-25"}, {s: "tonight", days: "2026-11-25"}, {s: "this evening", days: "2026-11-25"}, {s: "this morning", days: "2026-11-25"},
		{s: "tomorrow", days: "2026-11-26"}, {s: "tmrw", days: "2026-11-26"}, {s: "tommorow", days: "2026-11-26"}, {s: "maybe tomorrow?", days: "2026-11-26"}, {s: "tomorrow morning", days: "2026-11-26"},
		{s: "day after tomorrow", days: "2026-11-27"}, {s: "the day after tomorrow", days: "2026-11-27"}, {s: "yesterday", days: "2026-11-24"}, {s: "it was yesterday", days: "2026-11-24"},
		{s: "the day before yesterday", days: "2026-11-23"}, {s: "today", want: future, days: "2026-11-25"}, {s: "today", want: past, days: "2026-11-25"},
		{s: "yesterday", want: future, days: "2026-11-24", reason: answer.InPast}, {s: "tomorrow", want: past, days: "2026-11-26", reason: answer.InFuture},
		// Weekdays.
		{s: "friday", days: "2026-11-27"}, {s: "Fri", days: "2026-11-27"}, {s: "on friday", days: "2026-11-27"}, {s: "on Friday please", want: future, days: "2026-11-27"}, {s: "friday", want: past, days: "2026-11-20"},
		{s: "monday", days: "2026-11-30"}, {s: "monday", want: past, days: "2026-11-23"}, {s: "this friday", days: "2026-11-27"}, {s: "this coming friday", days: "2026-11-27"}, {s: "coming monday", want: future, days: "2026-11-30"},
		{s: "this monday", days: "2026-11-23 2026-11-30"}, {s: "this monday", want: past, days: "2026-11-23"}, {s: "next friday", days: "2026-11-27 2026-12-04"}, {s: "next friday", want: future, days: "2026-11-27 2026-12-04"},
		{s: "next monday", days: "2026-11-30"}, {s: "next wednesday", days: "2026-12-02"}, {s: "next sunday", days: "2026-11-29 2026-12-06"}, {s: "next friday", want: past, days: "2026-11-27 2026-12-04", reason: answer.InFuture},
		{s: "wednesday", want: future, days: "2026-11-25 2026-12-02"}, {s: "wednesday", want: past, days: "2026-11-18 2026-11-25"}, {s: "wednesday", days: "2026-11-25 2026-12-02"}, {s: "this wednesday", days: "2026-11-25"},
		{s: "last friday", days: "2026-11-20"}, {s: "last monday", days: "2026-11-23"}, {s: "last wednesday", days: "2026-11-18"}, {s: "last friday", want: future, days: "2026-11-20", reason: answer.InPast},
		{s: "friday next week", days: "2026-12-04"}, {s: "next week friday", days: "2026-12-04"}, {s: "friday this week", days: "2026-11-27"}, {s: "monday last week", days: "2026-11-16"}, {s: "on monday of next week", days: "2026-11-30"},
		{s: "friday week", days: "2026-12-04"}, {s: "a week on friday", days: "2026-12-04"}, {s: "two weeks on friday", days: "2026-12-11"}, {s: "a week from friday", days: "2026-12-04"}, {s: "friday evening", days: "2026-11-27"},
		// Days of months.
		{s: "3 May", days: "2027-05-03"}, {s: "3 may", want: past, days: "2026-05-03"}, {s: "3 may", want: future, days: "2027-05-03"}, {s: "May 3", days: "2027-05-03"}, {s: "3rd of may", days: "2027-05-03"}, {s: "the 3rd of May", days: "2027-05-03"},
		{s: "may 3rd", days: "2027-05-03"}, {s: "may 3rd 2027", days: "2027-05-03"}, {s: "May 3, 2027", days: "2027-05-03"}, {s: "3-May-2027", days: "2027-05-03"}, {s: "3may", days: "2027-05-03"}, {s: "third of may", days: "2027-05-03"},
		{s: "may the third", days: "2027-05-03"}, {s: "the twenty-first of june", days: "2026-06-21"}, {s: "twenty one april", days: "2027-04-21"}, {s: "3. May", days: "2027-05-03"}, {s: "24 dec", days: "2026-12-24"}, {s: "24th of december 2025", days: "2025-12-24"},
		{s: "nov 25", days: "2026-11-25"}, {s: "nov 24", want: future, days: "2027-11-24"}, {s: "nov 26", want: past, days: "2025-11-26"}, {s: "1 jan", days: "2027-01-01"}, {s: "25 may", days: "2027-05-25"}, {s: "27 may", days: "2026-05-27"},
		{s: "3 may 2020", want: future, days: "2020-05-03", reason: answer.InPast}, {s: "3 may 2030", want: past, days: "2030-05-03", reason: answer.InFuture}, {s: "1 sept", days: "2026-09-01"}, {s: "3 june next year", days: "2027-06-03"}, {s: "june 3rd last year", days: "2025-06-03"}, {s: "24 dec this year", days: "2026-12-24"}, {s: "3 june next week"},
		{s: "Monday 3 May", days: "2027-05-03"}, {s: "monday, may 3rd", days: "2027-05-03"}, {s: "friday 3 may", days: "2027-04-30 2027-05-03"}, {s: "sunday 3 may 2027", days: "2027-05-02 2027-05-03"},
		{s: "the 15th", days: "2026-12-15"}, {s: "15th", want: past, days: "2026-11-15"}, {s: "the 25th", days: "2026-11-25"}, {s: "the 31st", days: "2026-12-31"}, {s: "the 31st", want: past, days: "2026-10-31"}, {s: "on the 1st", days: "2026-12-01"},
		{s: "the fifteenth", days: "2026-12-15"}, {s: "friday the 13th", days: "2027-08-13"}, {s: "friday 13th", want: past, days: "2026-11-13"}, {s: "the 15th of next month", days: "2026-12-15"}, {s: "5th of this month", days: "2026-11-05"}, {s: "the 3rd of last month", days: "2026-10-03"}, {s: "next month on the 3rd", days: "2026-12-03"}, {s: "the 3rd of next year"},
		// In digits.
		{s: "3.5.", days: "2027-05-03"}, {s: "3.5", days: "2027-05-03"}, {s: "3.5.2027", days: "2027-05-03"}, {s: "03.05.2027", days: "2027-05-03"}, {s: "3.5.27", days: "2027-05-03"}, {s: "3.5.99", days: "1999-05-03"},
		{s: "2027-05-03", days: "2027-05-03"}, {s: "2027/05/03", days: "2027-05-03"}, {s: "2027-5-3", days: "2027-05-03"}, {s: "２０２７-０５-０３", days: "2027-05-03"}, {s: "٣/٣/٢٠٢٧", days: "2027-03-03"},
		{s: "03/04", days: "2027-03-04 2027-04-03"}, {s: "3/4", want: past, days: "2026-03-04 2026-04-03"}, {s: "03/04/2027", days: "2027-03-04 2027-04-03"}, {s: "03-04-2027", days: "2027-03-04 2027-04-03"}, {s: "03/04/27", days: "2027-03-04 2027-04-03"},
		{s: "25/12", days: "2026-12-25"}, {s: "12/25", days: "2026-12-25"}, {s: "25/12/2027", days: "2027-12-25"}, {s: "12/25/2027", days: "2027-12-25"}, {s: "4/4", days: "2027-04-04"}, {s: "11/12/2026", want: past, days: "2026-11-12"}, {s: "friday 25/12", days: "2026-12-25"},
		{s: "05/05/00", days: "2000-05-05"}, {s: "1/2/2020", want: future, days: "2020-01-02 2020-02-01", reason: answer.InPast},
		// Spans.
		{s: "in two weeks", days: "2026-12-09"}, {s: "in 2 weeks", days: "2026-12-09"}, {s: "in about 2 weeks", days: "2026-12-09"}, {s: "in a couple of weeks", days: "2026-12-09"}, {s: "in a fortnight", days: "2026-12-09"}, {s: "two weeks from now", days: "2026-12-09"},
		{s: "2 weeks from today", days: "2026-12-09"}, {s: "a week from now", days: "2026-12-02"}, {s: "in a week", days: "2026-12-02"}, {s: "in a week's time", days: "2026-12-02"}, {s: "in two weeks’ time", days: "2026-12-09"}, {s: "in a week or so", days: ""}, {s: "a week today", days: "2026-12-02"}, {s: "a week from tomorrow", days: "2026-12-03"},
		{s: "3 days ago", days: "2026-11-22"}, {s: "three days ago", want: past, days: "2026-11-22"}, {s: "a week ago", days: "2026-11-18"}, {s: "a month ago", days: "2026-10-25"}, {s: "a year ago", days: "2025-11-25"}, {s: "about 6 months ago", days: "2026-05-25"},
		{s: "in 10 days", days: "2026-12-05"}, {s: "in ten days", days: "2026-12-05"}, {s: "in a month", days: "2026-12-25"}, {s: "in one year", days: "2027-11-25"}, {s: "in 30 days", want: past, days: "2026-12-25", reason: answer.InFuture}, {s: "in 100 years", days: "2126-11-25"},
		{s: "end of the month", days: "2026-11-30"}, {s: "the end of this month", days: "2026-11-30"}, {s: "end of next month", days: "2026-12-31"}, {s: "end of the year", days: "2026-12-31"}, {s: "end of next year", days: "2027-12-31"}, {s: "end of the week", days: "2026-11-27 2026-11-29"},
		{s: "end of may", days: "2026-05-31"}, {s: "end of may", want: future, days: "2027-05-31"}, {s: "last day of february", days: "2027-02-28"},
		// No such day.
		{s: "31 June", reason: answer.NoSuchDay}, {s: "30 feb", reason: answer.NoSuchDay}, {s: "31.6.", reason: answer.NoSuchDay}, {s: "31/06", reason: answer.NoSuchDay}, {s: "2027-02-29", reason: answer.NoSuchDay}, {s: "29 feb 2027", reason: answer.NoSuchDay},
		{s: "32nd of may", reason: answer.NoSuchDay}, {s: "the 32nd", reason: answer.NoSuchDay}, {s: "april 31st 2027", reason: answer.NoSuchDay}, {s: "the 31st of this month", reason: answer.NoSuchDay}, {s: "31/11/2026", want: future, reason: answer.NoSuchDay},
		// 29 February.
		{s: "29 feb", days: "2028-02-29"}, {s: "29 feb", want: future, days: "2028-02-29"}, {s: "29 feb", want: past, days: "2024-02-29"}, {s: "29 feb 2028", days: "2028-02-29"}, {s: "29.2.", days: "2028-02-29"}, {s: "29/2", days: "2028-02-29"},
	})
}

func TestDateLeavesAloneWhatIsNone(t *testing.T) {
	r := reader(t, "en")
	for _, s := range []string{
		"", " ", "?", "soon", "later", "someday", "never", "not today", "no", "christmas", "new year's eve", "easter", "my birthday", "next week", "this week", "next month", "last week", "this month",
		"may", "in may", "may 2027", "2027", "15", "3", "the", "on", "a few days ago", "in a few weeks", "few weeks", "two weeks", "friday or saturday", "friday and saturday", "every friday", "weekdays", "between 3 and 5 may",
		"3-5 may", "friday 9", "9pm", "21:30", "half past nine", "in two hours", "3/4/5/6", "13/13", "13/13/2027", "2027-13-01", "3.13.", "0/0", "00.00.", "3 may 1850", "3 may 2300", "in 5000 years", "in 999999999999 days",
		"we talked on 3 May and again on 5 May", "yesterday was awful", "I told him yesterday", "tomorrow tomorrow", "today tomorrow", "next", "last", "this", "ago", "3 days", "minus 3 days", "in -3 days", "in 1.5 weeks",
		"monday tuesday", "3 may june", "the 3rd 4th", "7/10 times", "3,5", "0000-05-03", "friday 12.10.2026", "5/2027", "1e5.3.", "3..5", "mon-fri", "end", "end of", "the end of time", "in two weeks ago",
	} {
		for _, want := range []answer.Want{anything, future, past} {
			if got := r.Date(s, now, want); got.OK || len(got.Dates) > 0 {
				t.Errorf("Date(%q, %d) = %s, reason %d", s, want, days(got.Dates), got.Reason)
			}
		}
	}
}

func TestDateDependsOnTheDay(t *testing.T) {
	r := reader(t, "en")
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	friday, saturday, sunday := day("2026-11-27 09:00"), day("2026-11-28 09:00"), day("2026-11-29 23:59")
	checkDates(t, r, friday, []dateCase{
		{s: "friday", days: "2026-11-27 2026-12-04"}, {s: "this friday", days: "2026-11-27"}, {s: "next friday", days: "2026-12-04"}, {s: "last friday", days: "2026-11-20"},
		{s: "friday week", days: "2026-12-11"}, {s: "next saturday", days: "2026-11-28 2026-12-05"}, {s: "next thursday", days: "2026-12-03"},
	})
	checkDates(t, r, saturday, []dateCase{
		{s: "next friday", days: "2026-12-04"}, {s: "next monday", days: "2026-11-30"}, {s: "next sunday", days: "2026-11-29 2026-12-06"}, {s: "last friday", days: "2026-11-27"},
	})
	checkDates(t, r, sunday, []dateCase{
		{s: "next friday", days: "2026-12-04 2026-12-11"}, {s: "friday next week", days: "2026-12-04"}, {s: "tomorrow", days: "2026-11-30"}, {s: "end of the week", want: future, days: "2026-11-29"},
	})
	checkDates(t, r, day("2026-01-31 12:00"), []dateCase{
		{s: "in a month", days: "2026-02-28"}, {s: "in 13 months", days: "2027-02-28"}, {s: "two months ago", days: "2025-11-30"}, {s: "end of next month", days: "2026-02-28"}, {s: "the 30th", days: "2026-03-30"}, {s: "the 31st", days: "2026-01-31"},
	})
	checkDates(t, r, day("2028-02-29 12:00"), []dateCase{
		{s: "29 feb", days: "2028-02-29"}, {s: "in a year", days: "2029-02-28"}, {s: "in four years", days: "2032-02-29"},
	})
	checkDates(t, r, day("2028-04-01 12:00"), []dateCase{
		{s: "29 feb", days: "2028-02-29"}, {s: "29 feb", want: future, days: "2032-02-29"}, {s: "3.5.80", days: "1980-05-03"}, {s: "3.5.78", days: "2078-05-03"},
	})
	checkDates(t, r, day("2026-12-31 23:59"), []dateCase{
		{s: "tomorrow", days: "2027-01-01"}, {s: "1 jan", days: "2027-01-01"}, {s: "30 dec", days: "2026-12-30"}, {s: "the 15th of next month", days: "2027-01-15"}, {s: "end of next month", days: "2027-01-31"},
	})
}

func TestDateHasAClockBesideIt(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct {
		s     string
		days  string
		clock []int
	}{
		{"tomorrow 9pm", "2026-11-26", []int{21 * 60}},
		{"friday at half past nine", "2026-11-27", []int{9*60 + 30, 21*60 + 30}},
		{"friday morning at nine", "2026-11-27", []int{9 * 60}},
		{"tonight at 2", "2026-11-25", []int{2 * 60}},
		{"24:00 on friday", "2026-11-27", []int{0}},
		{"friday evening", "2026-11-27", nil},
		{"friday", "2026-11-27", nil},
	} {
		got := r.Date(c.s, now, future)
		if days(got.Dates) != c.days || !slices.Equal(got.Clock, c.clock) || got.HasClock != (c.clock != nil) || !got.OK {
			t.Errorf("Date(%q) = %+v", c.s, got)
		}
	}
}

func TestDateWordsAreData(t *testing.T) {
	checkDates(t, reader(t, "de"), now, []dateCase{
		{s: "heute", days: "2026-11-25"}, {s: "morgen", days: "2026-11-26"}, {s: "morgen früh", days: "2026-11-26"}, {s: "heute morgen", days: "2026-11-25"}, {s: "übermorgen", days: "2026-11-27"}, {s: "ÜBERMORGEN", days: "2026-11-27"},
		{s: "am Freitag", days: "2026-11-27"}, {s: "nächsten Freitag", days: "2026-11-27 2026-12-04"}, {s: "letzten Freitag", days: "2026-11-20"}, {s: "Freitag in einer Woche", days: "2026-12-04"}, {s: "heute in einer Woche", days: "2026-12-02"},
		{s: "in zwei Wochen", days: "2026-12-09"}, {s: "vor drei Tagen", days: "2026-11-22"}, {s: "vor einer Woche", days: "2026-11-18"}, {s: "am 3. Mai", days: "2027-05-03"}, {s: "3. Mai 2027", days: "2027-05-03"}, {s: "dritter Mai", days: "2027-05-03"},
		{s: "3.5.", days: "2027-05-03"}, {s: "am 15.", days: "2026-12-15"}, {s: "Ende des Monats", days: "2026-11-30"}, {s: "Ende Mai", want: future, days: "2027-05-31"}, {s: "Ende nächsten Monats", days: "2026-12-31"}, {s: "Montag, 3. Mai", days: "2027-05-03"},
		{s: "31. Juni", reason: answer.NoSuchDay}, {s: "tomorrow"}, {s: "3 May 9pm"}, {s: "vor ein paar Tagen"},
	})
}

func TestDateBeginsWithTheFirstInstantOfTheDay(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct{ zone, s, want string }{
		{"America/New_York", "2026-11-01", "2026-11-01T00:00:00-04:00"},
		{"Pacific/Auckland", "2026-11-27", "2026-11-27T00:00:00+13:00"},
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},     // no midnight
		{"America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"},   // midnight twice
		{"America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00"}, // no midnight
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		got := r.Date(c.s, now.In(loc), anything)
		if !got.OK || got.Dates[0].Format(time.RFC3339) != c.want {
			t.Errorf("%s: Date(%q) = %v, want %s", c.zone, c.s, got.Dates, c.want)
		}
	}
}

func TestDateReadsEveryDayInEveryForm(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 109000).Draw(t, "day"))
		form := rapid.SampledFrom([]string{"2006-01-02", "2.1.2006", "02.01.2006", "2 January 2006", "Jan 2, 2006", "Monday, 2 Jan 2006", "2006/1/2"}).Draw(t, "form")
		got := r.Date(day.Format(form), now, anything)
		if !got.OK || !got.Dates[0].Equal(day) {
			t.Fatalf("%s: %+v", day.Format(form), got)
		}
	})
}

func TestDateWithoutAYearIsOnTheWantedSide(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		now := now.AddDate(0, 0, rapid.IntRange(-20000, 20000).Draw(t, "now"))
		today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
		day := today.AddDate(0, 0, rapid.IntRange(-3000, 3000).Draw(t, "day"))
		s := day.Format(rapid.SampledFrom([]string{"2 Jan", "January 2", "2.1."}).Draw(t, "form"))
		ahead, back := r.Date(s, now, future), r.Date(s, now, past)
		if !ahead.OK || ahead.Dates[0].Before(today) || ahead.Dates[0].Format("2 Jan") != day.Format("2 Jan") {
			t.Fatalf("%s ahead: %+v", s, ahead)
		}
		if !back.OK || back.Dates[0].After(today) || back.Dates[0].Format("2 Jan") != day.Format("2 Jan") {
			t.Fatalf("%s back: %+v", s, back)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"next friday", "3.5.2027", "03/04", "in two weeks", "half past nine", "tomorrow 9pm", "31 June", "\x00\xff", "٣/٣", "in 99999 years"} {
		f.Add(s, int64(0))
	}
	r := reader(f, "en")
	loc, err := time.LoadLocation("Africa/Cairo")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string, hours int64) {
		now := now.Add(time.Duration(hours%100_000) * time.Hour).In(loc)
		for _, want := range []answer.Want{anything, future, past} {
			d := r.Date(s, now, want)
			if d.OK != (d.Reason == answer.OK) || d.OK != (len(d.Dates) == 1 && d.Reason == answer.OK) || d.Reason == answer.Ambiguous && len(d.Dates) < 2 {
				t.Errorf("Date(%q) = %+v", s, d)
			}
			w := r.When(s, now, want)
			if w.OK != (w.Reason == answer.OK) || w.Reason == answer.Ambiguous && len(w.Moments) < 2 {
				t.Errorf("When(%q) = %+v", s, w)
			}
			for _, m := range slices.Concat(d.Dates, w.Moments) {
				if m.Year() < 1900 || m.Year() > 2201 {
					t.Errorf("%q is in %d", s, m.Year())
				}
			}
		}
		for _, m := range r.Time(s).Minutes {
			if m < 0 || m >= 24*60 {
				t.Errorf("Time(%q) has %d", s, m)
			}
		}
	})
}

func BenchmarkDate(b *testing.B) {
	r := reader(b, "en")
	for _, s := range []string{"next friday", "3 May", "friday at half past nine"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				r.Date(s, now, future)
			}
		})
	}
}
