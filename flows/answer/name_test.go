package answer_test

import "testing"

func TestNameReadsWhatPeopleCallThemselves(t *testing.T) {
	for language, cases := range map[string]map[string]string{
		"en": {
			"Mara": "Mara", " mara ": "mara", "Jo.": "Jo", "my name is Anna Maria": "Anna Maria", "My name’s Sam!": "Sam",
			"call me Al": "Al", "you can call me J": "J", "I'm Priya": "Priya", "im tom": "tom", "just Kim": "Kim",
			"J.": "J", "J. R.": "J. R", "Mary-Jane O'Neil": "Mary-Jane O'Neil", "Нина": "Нина", "it's Lou, thanks": "",
			"🦊": "🦊", "name": "name", "call me": "call me",
		},
		"de": {"ich heiße Jürgen": "Jürgen", "Uwe": "Uwe"},
	} {
		r := reader(t, language)
		for s, want := range cases {
			if got, _, ok := r.Name(s); got != want || ok != (want != "") {
				t.Errorf("%s: Name(%q) = %q, %v; want %q", language, s, got, ok, want)
			}
		}
	}
}

func TestWhatIsMoreThanANameIsNone(t *testing.T) {
	r := reader(t, "en")
	for _, s := range []string{
		"", "  ", "!", "I love you and you lied", "who are you?", "why? he left", "my husband cheated on me", "Sam\nhe left",
		"Donaudampfschifffahrtsgesellschaftskapitän", "call me when he comes home",
	} {
		if got, _, ok := r.Name(s); ok {
			t.Errorf("Name(%q) = %q, want none", s, got)
		}
	}
}

func TestNameSaysWhetherItWasIntroduced(t *testing.T) {
	r := reader(t, "en")
	for s, want := range map[string]bool{"Mara": true, "I'm Mara": false, "he lied": true} {
		if _, plain, _ := r.Name(s); plain != want {
			t.Errorf("Name(%q): plain is %v", s, plain)
		}
	}
}
