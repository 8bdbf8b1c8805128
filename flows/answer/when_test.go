package answer_test

import (
	"strings"
	"testing"
	"time"

	"kintsugi/flows/answer"
)

func moments(ts []time.Time) string {
	var out []string
	for _, t := range ts {
		out = append(out, t.Format("01-02T15:04"))
	}
	return strings.Join(out, " ")
}

func TestWhen(t *testing.T) {
	r := reader(t, "en")
	for _, c := range []struct {
		s      string
		want   answer.Want
		at     string
		clock  bool
		reason answer.Reason
	}{
		{"tomorrow 9pm", future, "11-26T21:00", true, answer.OK},
		{"9pm tomorrow", future, "11-26T21:00", true, answer.OK},
		{"tomorrow at 9 in the evening", future, "11-26T21:00", true, answer.OK},
		{"tomorrow evening at 9", future, "11-26T21:00", true, answer.OK},
		{"tomorrow at 9", future, "11-26T09:00 11-26T21:00", true, answer.Ambiguous},
		{"tomorrow 9", future, "11-26T09:00 11-26T21:00", true, answer.Ambiguous},
		{"friday at half past nine", future, "11-27T09:30 11-27T21:30", true, answer.Ambiguous},
		{"at 9 on friday", future, "11-27T09:00 11-27T21:00", true, answer.Ambiguous},
		{"friday 9am", future, "11-27T09:00", true, answer.OK},
		{"friday night at 1", future, "11-27T01:00 11-28T01:00", true, answer.Ambiguous},
		{"in an hour's time", future, "11-25T16:04", true, answer.OK},
		{"in 1h", future, "11-25T16:04", true, answer.OK},
		{"friday 21:30", future, "11-27T21:30", true, answer.OK},
		{"on friday the 27th at 21:30", future, "11-27T21:30", true, answer.OK},
		{"next friday 21:30", future, "11-27T21:30 12-04T21:30", true, answer.Ambiguous},
		{"24 dec at noon", future, "12-24T12:00", true, answer.OK},
		{"24.12. 18:00", future, "12-24T18:00", true, answer.OK},
		{"24.12. at 18.30", future, "12-24T18:30", true, answer.OK},
		{"2026-12-24 18:00", future, "12-24T18:00", true, answer.OK},
		{"9:30 pm on 24 dec", future, "12-24T21:30", true, answer.OK},
		{"in two weeks at 9am", future, "12-09T09:00", true, answer.OK},
		{"tonight", future, "11-25T00:00", false, answer.OK},
		{"tonight at nine", future, "11-25T21:00", true, answer.OK},
		{"tonight at 1", future, "11-26T01:00", true, answer.OK},
		{"tonight at midnight", future, "11-26T00:00", true, answer.OK},
		{"midnight", future, "11-26T00:00", true, answer.OK},
		{"friday at midnight", future, "11-27T00:00 11-28T00:00", true, answer.Ambiguous},
		{"friday 24:00", future, "11-28T00:00", true, answer.OK},
		{"friday", future, "11-27T00:00", false, answer.OK},
		{"today", future, "11-25T00:00", false, answer.OK},
		{"friday evening", future, "11-27T00:00", false, answer.OK},
		{"21:30", future, "11-25T21:30", true, answer.OK},
		{"09:30", future, "11-26T09:30", true, answer.OK},
		{"9:30", future, "11-25T21:30 11-26T09:30", true, answer.Ambiguous},
		{"today at nine", future, "11-25T21:00", true, answer.OK},
		{"this evening at nine", future, "11-25T21:00", true, answer.OK},
		{"today 09:00", future, "11-25T09:00", true, answer.InPast},
		{"today 15:04", future, "11-25T15:04", true, answer.OK},
		{"today 15:04", past, "11-25T15:04", true, answer.OK},
		{"today 15:03", future, "11-25T15:03", true, answer.InPast},
		{"today 15:05", past, "11-25T15:05", true, answer.InFuture},
		{"this morning at 9", past, "11-25T09:00", true, answer.OK},
		{"yesterday at 9", past, "11-24T09:00 11-24T21:00", true, answer.Ambiguous},
		{"21:30", past, "11-24T21:30", true, answer.OK},
		{"09:30", past, "11-25T09:30", true, answer.OK},
		{"21:30", anything, "11-25T21:30", true, answer.OK},
		{"09:30", anything, "11-25T09:30", true, answer.OK},
		{"tomorrow 9pm", past, "11-26T21:00", true, answer.InFuture},
		{"yesterday", future, "11-24T00:00", false, answer.InPast},
		{"wednesday 21:30", past, "11-18T21:30", true, answer.OK},
		{"in two hours", future, "11-25T17:04", true, answer.OK},
		{"in 20 minutes", future, "11-25T15:24", true, answer.OK},
		{"in half an hour", future, "11-25T15:34", true, answer.OK},
		{"in an hour", future, "11-25T16:04", true, answer.OK},
		{"2 hours from now", future, "11-25T17:04", true, answer.OK},
		{"an hour ago", past, "11-25T14:04", true, answer.OK},
		{"an hour ago", future, "11-25T14:04", true, answer.InPast},
		{"12.10", future, "11-26T00:10 11-26T12:10 10-12T00:00", false, answer.Ambiguous},
		{"31 june 9pm", future, "", false, answer.NoSuchDay},
		{"friday 9", future, "", false, answer.NotUnderstood},
		{"friday 25:00", future, "", false, answer.NotUnderstood},
		{"soon", future, "", false, answer.NotUnderstood},
		{"in the evening", future, "", false, answer.NotUnderstood},
		{"every day at nine", future, "", false, answer.NotUnderstood},
		{"3 may 1850 9pm", future, "", false, answer.NotUnderstood},
		{"", future, "", false, answer.NotUnderstood},
	} {
		got := r.When(c.s, now, c.want)
		if moments(got.Moments) != c.at || got.HasClock != c.clock || got.Reason != c.reason || got.OK != (c.reason == answer.OK) {
			t.Errorf("When(%q, %d) = %s, clock %v, reason %d; want %s, clock %v, reason %d", c.s, c.want, moments(got.Moments), got.HasClock, got.Reason, c.at, c.clock, c.reason)
		}
	}
}

func TestWhenWordsAreData(t *testing.T) {
	r := reader(t, "de")
	for s, want := range map[string]string{
		"morgen um halb zehn": "11-26T09:30 11-26T21:30", "morgen früh um 9": "11-26T09:00", "am Freitag um 21 Uhr": "11-27T21:00", "heute Abend um acht": "11-25T20:00",
		"in einer halben Stunde": "11-25T15:34", "in zwei Stunden": "11-25T17:04", "am 3.12. um 9 Uhr morgens": "12-03T09:00", "vor neun": "",
	} {
		if got := r.When(s, now, future); moments(got.Moments) != want {
			t.Errorf("When(%q) = %s, want %s", s, moments(got.Moments), want)
		}
	}
}

func TestWhenClocksChange(t *testing.T) {
	r := reader(t, "en")
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]string{
		"2027-03-28 01:30": "2027-03-28T01:30:00+01:00",
		"2027-03-28 02:30": "2027-03-28T03:00:00+02:00", // no such time: the first instant after
		"2027-10-31 02:30": "2027-10-31T02:30:00+02:00", // twice: the first
		"2027-10-31 03:30": "2027-10-31T03:30:00+01:00",
		"2027-10-30 24:00": "2027-10-31T00:00:00+02:00",
	} {
		got := r.When(s, now.In(loc), future)
		if !got.OK || got.Moments[0].Format(time.RFC3339) != want {
			t.Errorf("When(%q) = %v, want %s", s, got.Moments, want)
		}
	}
}
