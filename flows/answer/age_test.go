package answer_test

import "testing"

func TestAgeReadsHowOldPeopleSayTheyAre(t *testing.T) {
	r := reader(t, "en")
	for s, want := range map[string]int{
		"41": 41, "im 41": 41, "i'm 41": 41, "I’m 41.": 41, "i am 41 years old": 41, "yes im 35": 35, "yes, 35": 35, "ok im 52": 52,
		"forty one": 41, "eighteen": 18, "41yo": 41, "aged 60": 60, "over 18": 18, "older than 18": 18, "18+": 18, "im 18 or older": 18,
		"I turned 18 in march": 18, "im like 41?": 41, "just turned 18": 18, "i turned 18 last week": 18, "turned 18 yesterday": 18, "not under 18": 18,
		"im 16": 16, "16": 16, "seventeen": 17, "yes im 16": 16, "only 15": 15, "17 and a half": 17, "no im 16": 15,
		"nearly 18": 17, "almost 18": 17, "not 18": 17, "im not 18 yet": 17, "under 18": 17, "i'll be 18 in march": 17, "18 soon": 17,
		"turning 18 next week": 17, "18 tomorrow": 17, "no im 41": 40,
	} {
		if got, ok := r.Age(s); !ok || got != want {
			t.Errorf("Age(%q) = %v, %v; want %v", s, got, ok, want)
		}
	}
}

func TestAgeLeavesAloneWhatIsNone(t *testing.T) {
	r := reader(t, "en")
	for _, s := range []string{
		"", "yes", "no", "hi", "1", "2", "0", "1983", "my son is 16", "he is 16", "married at 41", "im 41 and he is 16", "17 or 18",
		"18 in may", "im old", "i wish i was 18", "3/4", "-16", "41 messages", "im 41st", "old enough", "half past 18",
	} {
		if got, ok := r.Age(s); ok {
			t.Errorf("Age(%q) = %v, want none", s, got)
		}
	}
	if got, ok := reader(t, "de").Age("ich bin 41"); ok {
		t.Errorf("without words for it, an age of %v is read", got)
	}
}
