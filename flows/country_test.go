package flows_test

import (
	"slices"
	"strings"
	"testing"

	"kintsugi/flows"
)

const whereFlow = `
id: test.where
command: where
title: Where
does: asks where
steps:
  - {id: where, ask: "Which country?", type: country, save: person.country, skip: No}
  - {id: there, end: "{{with .person.country}}So {{.}}.{{else}}So nowhere.{{end}}"}
`

// countryOf answers the question for a country and gives the code it was read as, "" if it
// was asked again.
func countryOf(t failer, book *flows.Book, language, said string) string {
	t.Helper()
	c := newChat(t, book)
	c.person.Language = language
	c.say("/where")
	c.say(said)
	return c.person.Country
}

func TestACountryIsReadFromWhatPeopleCallIt(t *testing.T) {
	book := bookOf(t, whereFlow)
	for said, want := range map[string]string{
		"UK": "GB", "uk.": "GB", "the U.K.": "GB", "england": "GB", "Northern Ireland": "GB", "I live in Scotland": "GB",
		"germany": "DE", "Deutschland": "DE", "DE": "DE", "in Germany": "DE", "Allemagne": "DE", "  GERMANY!! ": "DE",
		"US": "US", "us": "US", "the states": "US", "i'm in the united states": "US", "IN": "IN", "Österreich": "AT",
		"Türkiye": "TR", "aotearoa": "NZ", "IE": "IE", "republic of ireland": "IE", "holland": "NL",
		// Words that are codes only by chance, and what isn't one country.
		"it": "", "in": "", "be": "", "NO": "", "no idea": "", "XX": "", "Atlantis": "", "not germany": "",
		"germany or france": "", "my mother is in germany and I am not": "", "": "",
		// What is on a button can be named by its place.
		"the first one": "US", "2": "GB", "kanada": "CA", "Canda": "CA",
	} {
		if got := countryOf(t, book, "en", said); got != want {
			t.Errorf("%q was read as %q, want %q", said, got, want)
		}
	}
}

func TestTheLikeliestCountriesAreButtons(t *testing.T) {
	for tag, want := range map[string][]string{
		"":           {"United States", "United Kingdom", "Canada", "Australia", "India", "Ireland", "New Zealand", "No"},
		"en-NZ":      {"New Zealand", "United States", "United Kingdom", "Canada", "Australia", "India", "Ireland", "No"},
		"de_AT":      {"Österreich", "Deutschland", "Belgien", "Luxemburg", "Schweiz", "Liechtenstein", "No"},
		"de-Latn-CH": {"Schweiz", "Deutschland", "Österreich", "Belgien", "Luxemburg", "Liechtenstein", "No"},
		"pt-BR":      {"Brazil", "Portugal", "No"},
		"fr-XX":      {"Canada", "France", "Belgium", "Luxembourg", "Switzerland", "Haiti", "No"},
		"tlh":        {"No"},
	} {
		files := german(t)
		files["where.yaml"] = filesOf(whereFlow)
		c := newChat(t, loaded(t, files))
		c.person.Language = tag
		c.say("/where")
		var got []string
		for _, b := range c.last().Buttons {
			got = append(got, b.Label)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is offered %q, want %q", tag, got, want)
		}
	}
}

func TestACountryIsKeptAndShownByItsName(t *testing.T) {
	c := newChat(t, bookOf(t, whereFlow))
	c.say("/where")
	if got := c.say("españa"); got != "So Spain." || c.person.Country != "ES" {
		t.Errorf("said %q, kept %q", got, c.person.Country)
	}
	c.say("/where")
	if got := c.press("United Kingdom"); got != "So United Kingdom." || c.person.Country != "GB" {
		t.Errorf("said %q, kept %q", got, c.person.Country)
	}
	c.say("/where")
	if c.say("/skip"); c.person.Country != "GB" {
		t.Errorf("a question left changed it to %q", c.person.Country)
	}
}

func TestACountryThatNoListHasIsAsIfNoneWereKnown(t *testing.T) {
	c := newChat(t, bookOf(t, strings.Replace(whereFlow, "{id: where,", "{id: where, when: person.country != '',", 1)))
	c.person.Country = "XX"
	if got := c.say("/where"); got != "So nowhere." {
		t.Errorf("got %q", got)
	}
}

func FuzzCountry(f *testing.F) {
	for _, said := range []string{"UK", "in the the US", "DE", "no", "  ", "/skip", "1"} {
		f.Add(said, "de-AT")
	}
	book := bookOf(f, whereFlow)
	f.Fuzz(func(t *testing.T, said, tag string) {
		code := countryOf(t, book, tag, strings.ToValidUTF8(said, ""))
		if code != "" && (len(code) != 2 || strings.ToUpper(code) != code) {
			t.Errorf("%q was read as %q", said, code)
		}
	})
}
