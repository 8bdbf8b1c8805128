package answer_test

import "testing"

func TestYesNoReadsWhatPeopleType(t *testing.T) {
	for language, cases := range map[string]map[bool][]string{
		"en": {
			true: {
				"yes", "Yes", "YES!", "y", "Y", "yep", "yup", "yeah", "yeah sure", "yes please", "Yes, please.", "yes thanks",
				"of course", "Of course!", "sure", "sure thing", "ok", "okay", "OK.", "alright", "definitely", "absolutely", "yes yes yes",
				"yes, I do", "I do", "i did", "that's right", "that’s right", "thats right", "go ahead", "let's do it", "let’s do it",
				"well yes", "oh yes", "yes 👍", "yes 🙂", "👍", "👍🏽", "👍👍", "✅", "✔️", "yes\n", "\"yes\"", "ＹＥＳ", "why not", "true", "uh huh",
			},
			false: {
				"no", "No", "NO.", "n", "nope", "nah", "no thanks", "no thank you", "No, thanks!", "not really", "not at all", "not yet",
				"not now", "not today", "no way", "of course not", "definitely not", "never", "I don't", "i don’t", "i dont", "no I didn't",
				"no, not really", "no no no", "oh no", "👎", "👎🏿", "❌", "no 👎", "I'm not", "please don't", "i haven't", "nothing like that",
			},
		},
		"de": {
			true:  {"ja", "Ja!", "ja bitte", "jo", "na klar", "klar", "natürlich", "NATÜRLICH", "auf jeden Fall", "ja gerne", "👍"},
			false: {"nein", "Nein danke", "nö", "nee", "noch nicht", "auf keinen Fall", "nicht wirklich", "👎"},
		},
	} {
		r := reader(t, language)
		for want, texts := range cases {
			for _, s := range texts {
				if yes, ok := r.YesNo(s); !ok || yes != want {
					t.Errorf("%s: YesNo(%q) = %v, %v; want %v", language, s, yes, ok, want)
				}
			}
		}
	}
}

func TestYesNoGuessesNothing(t *testing.T) {
	for language, texts := range map[string][]string{
		"en": {
			"", " ", "yes and no", "yes but no", "yes, no", "yeah no", "no yes", "maybe", "maybe yes", "probably", "I think so", "yes i think", "perhaps",
			"I don't know", "i dont know", "no idea", "not sure", "I'm not sure", "not yes", "not no", "not", "unsure", "dunno",
			"never mind", "no problem", "no one", "nobody", "no contact", "it depends", "yes or no", "yes?no", "👍👎", "👍 no", "🙂", "🤷", "please", "thanks", "the",
			"yesterday", "yes we talked about it for an hour and it was awful", "no I told him yesterday", "I said yes", "he said no", "ja", "nein", "7", "ok but later", "yesn't", "know", "sure not",
		},
		"de": {"yes", "jain", "ja und nein", "vielleicht", "ja aber", "keine Ahnung", "weiß nicht", "nicht", "nicht ja"},
	} {
		r := reader(t, language)
		for _, s := range texts {
			if yes, ok := r.YesNo(s); ok {
				t.Errorf("%s: YesNo(%q) = %v, want no answer", language, s, yes)
			}
		}
	}
}

func TestSkip(t *testing.T) {
	r := reader(t, "en")
	for s, want := range map[string]bool{
		"skip": true, "Skip.": true, "skip please": true, "skip this one": true, "can I skip this?": true, "pass": true, "I'll pass, thanks": true,
		"I'd rather not say": true, "I’d rather not say.": true, "id rather not": true, "rather not": true, "prefer not to say": true, "no comment": true,
		"": false, "next": false, "please": false, "no": false, "skip to the end": false, "I skipped dinner": false, "passport": false,
		"pass me the phone": false, "I'd rather not say it was my fault": false, "rather": false, "skipping": false, "skip or not": false,
	} {
		if got := r.Skip(s); got != want {
			t.Errorf("Skip(%q) = %v", s, got)
		}
	}
	if de := reader(t, "de"); !de.Skip("Das möchte ich nicht sagen") || de.Skip("skip") {
		t.Error("German skips with English words, or not with its own")
	}
}
