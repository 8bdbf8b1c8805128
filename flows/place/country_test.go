package place_test

import (
	"slices"
	"strings"
	"testing"

	"kintsugi/flows/place"
)

func codesOf(countries []place.Country) string {
	var out []string
	for _, c := range countries {
		out = append(out, c.Code)
	}
	return strings.Join(out, " ")
}

func TestCountriesAreAllThere(t *testing.T) {
	all := place.Countries()
	if len(all) != 250 { // the 249 of ISO 3166-1, and Kosovo
		t.Errorf("%d countries", len(all))
	}
	for i, c := range all {
		if len(c.Code) != 2 || c.Code != strings.ToUpper(c.Code) || c.Name == "" {
			t.Errorf("%v", c)
		}
		if i > 0 && c.Code <= all[i-1].Code {
			t.Errorf("%s comes behind %s", c.Code, all[i-1].Code)
		}
		if slices.Contains(c.Also, "") || slices.Contains(c.Also, c.Name) {
			t.Errorf("%v", c)
		}
	}
}

func TestFindCountry(t *testing.T) {
	for query, want := range map[string]string{
		"United Kingdom": "GB", "UK": "GB", "u.k.": "GB", "uk": "GB", "England": "GB", "scotland": "GB",
		"Wales": "GB", "Great Britain": "GB", "gb": "GB", "USA": "US", "U.S.A.": "US", "us": "US",
		"America": "US", "the states": "US", "Holland": "NL", "The Netherlands": "NL", "NL": "NL",
		"Germany": "DE", "Deutschland": "DE", "Allemagne": "DE", "Германия": "DE", "フランス": "FR",
		"Germnay": "DE", "germay": "DE", "in germany": "DE", "i live in Spain": "ES", "España": "ES",
		"Espana": "ES", "Brasil": "BR", "日本": "JP", "中国": "CN", "Россия": "RU", "Türkiye": "TR",
		"Turkey": "TR", "turkiye": "TR", "Czechia": "CZ", "Czech Republic": "CZ", "Burma": "MM",
		"Ivory Coast": "CI", "Côte d’Ivoire": "CI", "Swaziland": "SZ", "Macedonia": "MK", "UAE": "AE",
		"Österreich": "AT", "Oesterreich": "AT", "Schweiz": "CH", "Suisse": "CH", "Eire": "IE",
		"Northern Ireland": "GB", "Ireland": "IE", "Niger": "NE", "Nigeria": "NG", "Guinea": "GN",
		"South Korea": "KR", "S. Korea": "KR", "Korea": "KP KR", "Congo": "CD CG", "DRC": "CD",
		"Virgin Islands": "VG VI", "Georgia": "GE", "Jordan": "JO", "Taiwan": "TW", "Kosovo": "XK",
		"Gaza": "PS", "Hong Kong": "HK", "Macau": "MO", "Cape Verde": "CV", "East Timor": "TL",
		"Vatican": "VA", "Aotearoa": "NZ", "Antarctica": "AQ",
		"": "", "xx": "", "Narnia": "", "no country": "", "\x00": "", "🙂": "", "zz": "",
		strings.Repeat("Germany", 20_000): "",
	} {
		if got := codesOf(place.FindCountry(query)); got != want {
			t.Errorf("%.40q: %s, want %s", query, got, want)
		}
	}
}

func TestCountryOfAZone(t *testing.T) {
	for zone, want := range map[string]string{
		"Europe/London": "GB", "Asia/Bangkok": "TH", "America/Toronto": "CA", "Europe/Kyiv": "UA",
		"America/Argentina/Ushuaia": "AR", "Europe/Belgrade": "RS", "Asia/Kolkata": "IN",
		"America/Ciudad_Juarez": "MX", "America/New_York": "US", "Africa/Johannesburg": "ZA",
		"US/Eastern": "", "UTC": "", "": "", "London": "", "Europe/": "", "Etc/GMT+1": "", "/": "",
	} {
		c, ok := place.CountryOf(zone)
		if c.Code != want || ok != (want != "") {
			t.Errorf("%q: %v", zone, c)
		}
	}
}

func TestACountryIsFoundByItsCode(t *testing.T) {
	if c, ok := place.CountryAt("JP"); !ok || c.Name != "Japan" {
		t.Errorf("JP is %q, %v", c.Name, ok)
	}
	for _, code := range []string{"", "J", "jp", "XX"} {
		if c, ok := place.CountryAt(code); ok {
			t.Errorf("%q is %q", code, c.Name)
		}
	}
}
