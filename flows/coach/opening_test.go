package coach

import "testing"

func TestOpenings(t *testing.T) {
	for text, want := range map[string]Opening{
		"would you ring me":             OpensQuestion,
		"ring me when you leave":        OpensVerb,
		"that you ring me":              OpensThat,
		"a text if its later than 11":   OpensThing,
		"you left at two":               OpensClause,
		"i was scared":                  OpensClause,
		"by sunday i will have told it": OpensClause,
		"scared, and then angry":        OpensOther,
		"":                              OpensOther,
	} {
		if got := whole().Opening(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
