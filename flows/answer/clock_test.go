package answer_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kintsugi/flows/answer"
)

func hm(h, m int) int { return h*60 + m }

func TestTime(t *testing.T) {
	for language, cases := range map[string]map[string][]int{
		"en": {
			// One reading.
			"21:30": {hm(21, 30)}, "21.30": {hm(21, 30)}, "09:30": {hm(9, 30)}, "09.30": {hm(9, 30)}, "0930": {hm(9, 30)}, "2130": {hm(21, 30)}, "1430": {hm(14, 30)}, "00:15": {hm(0, 15)}, "0:15": {hm(0, 15)}, "09": {hm(9, 0)}, "21": {hm(21, 0)}, "at 21": {hm(21, 0)},
			"24:00": {0}, "00:00": {0}, "midnight": {0}, "at midnight": {0}, "noon": {hm(12, 0)}, "midday": {hm(12, 0)}, "12 noon": {hm(12, 0)}, "12 midnight": {0},
			"9pm": {hm(21, 0)}, "9 pm": {hm(21, 0)}, "9PM": {hm(21, 0)}, "9 p.m.": {hm(21, 0)}, "9 P.M": {hm(21, 0)}, "9p": {hm(21, 0)}, "9am": {hm(9, 0)}, "9a.m.": {hm(9, 0)}, "9:30 pm": {hm(21, 30)}, "9.30pm": {hm(21, 30)}, "930pm": {hm(21, 30)}, "09:30 pm": {hm(21, 30)},
			"12pm": {hm(12, 0)}, "12am": {0}, "12:30am": {hm(0, 30)}, "12:30pm": {hm(12, 30)}, "nine pm": {hm(21, 0)}, "at nine pm": {hm(21, 0)}, "nine thirty pm": {hm(21, 30)}, "half past nine pm": {hm(21, 30)}, "half nine pm": {hm(21, 30)}, "21:30 pm": {hm(21, 30)}, "nine o'clock pm": {hm(21, 0)},
			"nine in the evening": {hm(21, 0)}, "9 in the evening": {hm(21, 0)}, "9 in the morning": {hm(9, 0)}, "3 in the afternoon": {hm(15, 0)}, "11 at night": {hm(23, 0)}, "2 at night": {hm(2, 0)}, "12 at night": {0}, "half past eight in the morning": {hm(8, 30)}, "in the evening at 8": {hm(20, 0)},
			"morning 10:30": {hm(10, 30)}, "quarter to ten in the evening": {hm(21, 45)}, "tonight at nine": {hm(21, 0)}, "9 tonight": {hm(21, 0)}, "twenty one thirty": {hm(21, 30)}, "21h30": {hm(21, 30)}, "21h": {hm(21, 0)}, "ten past nine am": {hm(9, 10)},
			"about 9pm": {hm(21, 0)}, "around 21:00 please": {hm(21, 0)}, "２１：３０": {hm(21, 30)}, "٢١:٣٠": {hm(21, 30)}, "quarter to one pm": {hm(12, 45)}, "quarter past twelve at night": {hm(0, 15)}, "half past 13": {hm(13, 30)}, "9 a.m. in the morning": {hm(9, 0)},
			// Two, the likeliest first.
			"9": {hm(9, 0), hm(21, 0)}, "nine": {hm(9, 0), hm(21, 0)}, "at nine": {hm(9, 0), hm(21, 0)}, "9:30": {hm(9, 30), hm(21, 30)}, "9.30": {hm(9, 30), hm(21, 30)}, "930": {hm(9, 30), hm(21, 30)}, "9h30": {hm(9, 30), hm(21, 30)}, "9 o'clock": {hm(9, 0), hm(21, 0)}, "nine o’clock": {hm(9, 0), hm(21, 0)},
			"half past nine": {hm(9, 30), hm(21, 30)}, "half nine": {hm(9, 30), hm(21, 30)}, "quarter past nine": {hm(9, 15), hm(21, 15)}, "quarter to ten": {hm(9, 45), hm(21, 45)}, "a quarter to ten": {hm(9, 45), hm(21, 45)}, "ten to nine": {hm(8, 50), hm(20, 50)}, "20 past 8": {hm(8, 20), hm(20, 20)}, "nine thirty": {hm(9, 30), hm(21, 30)}, "9 30": {hm(9, 30), hm(21, 30)},
			"3": {hm(15, 0), hm(3, 0)}, "5:30": {hm(17, 30), hm(5, 30)}, "12": {hm(12, 0), 0}, "12:30": {hm(12, 30), hm(0, 30)}, "half past twelve": {hm(12, 30), hm(0, 30)}, "quarter to one": {hm(12, 45), hm(0, 45)}, "quarter to seven": {hm(18, 45), hm(6, 45)}, "1130": {hm(11, 30), hm(23, 30)}, "five past twelve": {hm(12, 5), hm(0, 5)}, "five minutes to nine": {hm(8, 55), hm(20, 55)},
		},
		"de": {
			"21 Uhr": {hm(21, 0)}, "21 Uhr 30": {hm(21, 30)}, "um 21:30 Uhr": {hm(21, 30)}, "9 Uhr abends": {hm(21, 0)}, "neun Uhr morgens": {hm(9, 0)}, "Mitternacht": {0}, "mittags": {hm(12, 0)}, "halb zehn abends": {hm(21, 30)}, "heute Abend um 8": {hm(20, 0)}, "0 Uhr": {0}, "24 Uhr": {0},
			"halb neun": {hm(8, 30), hm(20, 30)}, "viertel nach neun": {hm(9, 15), hm(21, 15)}, "viertel vor zehn": {hm(9, 45), hm(21, 45)}, "dreiviertel zehn": {hm(9, 45), hm(21, 45)}, "fünf vor neun": {hm(8, 55), hm(20, 55)}, "um neun": {hm(9, 0), hm(21, 0)}, "halb eins": {hm(12, 30), hm(0, 30)}, "halb 14": {hm(13, 30)},
		},
	} {
		r := reader(t, language)
		for s, want := range cases {
			got := r.Time(s)
			reason := [...]answer.Reason{answer.OK, answer.Ambiguous}[len(want)-1]
			if !slices.Equal(got.Minutes, want) || got.Reason != reason || got.OK != (len(want) == 1) {
				t.Errorf("%s: Time(%q) = %+v, want %v", language, s, got, want)
			}
		}
	}
}

func TestTimeLeavesAloneWhatIsNone(t *testing.T) {
	r := reader(t, "en")
	for _, s := range []string{
		"", " ", "25:00", "24:01", "9:60", "9:5", "21:300", "25", "24", "0", "-3", "99", "9-10", "9 or 10", "between 9 and 10", "9 to 10 pm", "9pm 10pm", "13 am", "21:30 am", "0:30 pm", "0pm", "25pm",
		"evening", "in the morning", "morning evening", "9 in the morning in the evening", "9am in the evening", "1 in the afternoon at night", "8 in the afternoon", "1 in the evening", "morning at 15:00", "late", "after work", "when I wake up", "noonish", "half", "half past", "quarter to", "past nine",
		"friday", "friday 9pm", "tomorrow at 9", "3 May", "in two hours", "9,30", "9/30", "2460", "nine nine", "nine hundred", "first", "9th", "pm", "at", "o'clock", "13 noon", "9 midnight", "sixty past nine", "zero past nine", "9:30:00", "21:30 21:30", "nine to five", "half past 9:30",
	} {
		if got := r.Time(s); got.OK || len(got.Minutes) > 0 || got.Reason != answer.NotUnderstood {
			t.Errorf("Time(%q) = %+v", s, got)
		}
	}
}

func TestTimeReadsEveryMinute(t *testing.T) {
	r := reader(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		s := fmt.Sprintf(rapid.SampledFrom([]string{"%02d:%02d", "%02d.%02d", "%02d%02d", "at %02d:%02d", "%02d:%02d o'clock"}).Draw(t, "form"), m/60, m%60)
		got := r.Time(s)
		if want := slices.Contains(got.Minutes, m); !want || len(got.Minutes) > 2 {
			t.Fatalf("%s: %+v", s, got)
		}
	})
}
